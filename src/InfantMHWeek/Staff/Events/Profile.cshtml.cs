using InfantMHWeek.Events;
using InfantMHWeek.Events.Finding;
using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Moderation;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Events;

/// <summary>What an organiser says of themselves, before a person who decides: shown now, and new.</summary>
[FormPage]
sealed class ProfileModel(SiteDb db, ProfileModeration desk) : PageModel
{
    const int MostShown = 50;

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public int Revision { get; set; }

    [BindProperty]
    public string? Do { get; set; }

    [BindProperty]
    public string? Words { get; set; }

    [TempData]
    public string? StatusMessage { get; set; }

    public OrganiserProfile Profile { get; private set; } = null!;
    public IReadOnlyList<PublicEvent> Events { get; private set; } = [];
    public IReadOnlyList<string> Risks => [.. TextRisks.Of(Profile.Latest.About, [])];
    public IEnumerable<(string What, string Before, string After)> Lines =>
        ProfileDetails.Between(Profile.IsPublic ? Profile.Live! : new(), Profile.Latest);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await OpenAsync(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await OpenAsync(cancel))
            return NotFound();
        var words = ModelState.Lines(
            nameof(Words),
            Words,
            Event.MaxWords,
            Do is "decline" or "withdraw" ? "Write what the organiser should read." : null
        ) ?? "";
        if (!ModelState.IsValid)
            return Page();
        var answer = Do switch
        {
            "approve" => await desk.DecideAsync(Id, Revision, Verdict.Approve, User, words, cancel),
            "decline" => await desk.DecideAsync(Id, Revision, Verdict.Decline, User, words, cancel),
            "withdraw" => await desk.DecideAsync(Id, Revision, Verdict.Withdraw, User, words, cancel),
            _ => Decision.NothingWaits,
        };
        if (answer == Decision.Done)
        {
            var done = Do switch
            {
                "approve" => "approved",
                "decline" => "declined",
                _ => "taken off the website",
            };
            StatusMessage = $"The profile of {Profile.Latest.Name} is {done}. Its organiser is told.";
            return Redirect("/staff/events");
        }
        if (answer is null || !await OpenAsync(cancel))
            return NotFound();
        ModelState.AddModelError("", answer.Value.InWords());
        ModelState.Remove(nameof(Revision));
        Revision = Profile.Revision;
        return Page();
    }

    async Task<bool> OpenAsync(CancellationToken cancel)
    {
        if (await db.Set<OrganiserProfile>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == Id, cancel) is not { } profile)
            return false;
        Profile = profile;
        if (HttpMethods.IsGet(Request.Method))
            Revision = profile.Revision;
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
