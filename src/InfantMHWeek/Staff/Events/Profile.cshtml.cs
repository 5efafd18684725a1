using InfantMHWeek.Events;
using InfantMHWeek.Events.Finding;
using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Moderation;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Events;

/// <summary>What an organiser says of themselves, before a person who decides: shown now, and new.</summary>
[FormPage]
sealed class ProfileModel(SiteDb db, ProfileModeration desk) : DecisionPage<Verdict>
{
    const int MostShown = 50;

    static readonly Dictionary<string, (Verdict Verdict, string Done)> Buttons = new(StringComparer.Ordinal)
    {
        ["approve"] = (Verdict.Approve, "the profile is approved. Its organiser is told."),
        ["decline"] = (Verdict.Decline, "the profile is declined. Its organiser is told."),
        ["withdraw"] = (Verdict.Withdraw, "the profile is taken off the website. Its organiser is told."),
    };

    protected override IReadOnlyDictionary<string, (Verdict Verdict, string Done)> Acts => Buttons;
    protected override string Queue => "/staff/events";
    protected override int MostWords => Event.MaxWords;
    protected override (string Title, int Revision, string Last) Opened => (Profile.Latest.Name, Profile.Revision, "");

    public OrganiserProfile Profile { get; private set; } = null!;
    public IReadOnlyList<PublicEvent> Events { get; private set; } = [];
    public IReadOnlyList<string> Risks => [.. TextRisks.Of(Profile.Latest.About, [])];
    public IEnumerable<(string What, string Before, string After)> Lines =>
        ProfileDetails.Between(Profile.IsPublic ? Profile.Live! : new(), Profile.Latest);

    protected override string? WithoutWords(Verdict verdict) =>
        verdict is Verdict.Decline or Verdict.Withdraw ? "Write what the organiser should read." : null;

    protected override Task<Decision?> DecideAsync(Verdict verdict, string words, CancellationToken cancel) =>
        desk.DecideAsync(Id, Revision, verdict, User, words, cancel);

    protected override async Task<bool> OpenAsync(CancellationToken cancel)
    {
        if (await db.Set<OrganiserProfile>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == Id, cancel) is not { } profile)
            return false;
        Profile = profile;
        Events = await db.Set<Event>()
            .AsNoTracking()
            .Where(e => e.Contact == profile.Contact && e.ConfirmedAt != null && e.ImportedAt == null && !e.Sample)
            .OrderByDescending(e => e.Id)
            .AsPublic()
            .Take(MostShown)
            .ToListAsync(cancel);
        return true;
    }
}
