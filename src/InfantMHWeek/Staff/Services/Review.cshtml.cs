using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Moderation;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using InfantMHWeek.Services;
using InfantMHWeek.Services.Moderation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace InfantMHWeek.Staff.Services;

/// <summary>One service before a person who decides: what it says, what is new in it, what was decided before.</summary>
[FormPage]
sealed class ReviewModel(SiteDb db, ServiceModeration desk, IOptions<ServiceSettings> settings, TimeProvider clock)
    : DecisionPage<ServiceVerdict>
{
    static readonly Dictionary<string, (ServiceVerdict Verdict, string Done)> Buttons = new(StringComparer.Ordinal)
    {
        ["approve"] = (ServiceVerdict.Approve, "approved. Its organisation is told."),
        ["ask"] = (ServiceVerdict.Ask, "your question is on its way."),
        ["decline"] = (ServiceVerdict.Decline, "declined. Its organisation is told."),
        ["checked"] = (ServiceVerdict.Checked, "checked today by our staff."),
        ["close"] = (ServiceVerdict.Close, "shown as closed."),
        ["reopen"] = (ServiceVerdict.Reopen, "shown as open."),
        ["withdraw"] = (ServiceVerdict.Withdraw, "taken off the website."),
    };

    protected override IReadOnlyDictionary<string, (ServiceVerdict Verdict, string Done)> Acts => Buttons;
    protected override string Queue => "/staff/services";
    protected override int MostWords => FamilyService.MaxWords;
    protected override (string Title, int Revision, string Last) Opened =>
        (Service.Latest.Title, Service.Revision, Last(Service.Steps.Select(s => (s.At, s.Id, s.Who, s.What))));

    public FamilyService Service { get; private set; } = null!;
    public IReadOnlyList<(string What, string Before, string After)> Changes { get; private set; } = [];
    public IReadOnlyList<string> Risks { get; private set; } = [];
    public DateTime? LateFrom { get; private set; }
    public bool Late => LateFrom < clock.GetUtcNow().UtcDateTime;

    public string Checked =>
        Service.CheckedOn is not { } day
            ? "never"
            : $"{day.InWords()}, by "
                + Service.CheckedBy switch
                {
                    CheckedBy.Service => "the service itself",
                    CheckedBy.Staff => "our staff",
                    _ => Service.Source ?? "its source",
                };

    /// <summary>When the words of staff are mailed; <see cref="ServiceMails.EndedAsync"/> says to whom not.</summary>
    public string WhenSent =>
        "Sent with a question or a refusal"
        + (Service.ByOthers ? "" : ", and when you show the service as closed or take it off the website")
        + ". Only the organisation reads these words. Not needed to approve.";

    protected override string? WithoutWords(ServiceVerdict verdict) =>
        verdict is ServiceVerdict.Ask or ServiceVerdict.Decline ? "Write what the organisation should read." : null;

    protected override Task<Decision?> DecideAsync(ServiceVerdict verdict, string words, CancellationToken cancel) =>
        desk.DecideAsync(Id, Revision, verdict, User, words, cancel);

    protected override async Task<bool> OpenAsync(CancellationToken cancel)
    {
        if (
            await db.Set<FamilyService>().Include(s => s.Steps).AsNoTracking().SingleOrDefaultAsync(s => s.Id == Id, cancel)
            is not { } service
        )
            return false;
        Service = service;
        Changes = service.Live is { } live && service.Proposed is { } proposed ? [.. ServiceDifference.Between(live, proposed)] : [];
        Risks = [.. ServiceRisks.Of(service)];
        LateFrom = service.WaitingSince is { } since ? settings.Value.LateFrom(since) : null;
        return true;
    }
}
