using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Moderation;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using InfantMHWeek.Services;
using InfantMHWeek.Services.Moderation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace InfantMHWeek.Staff.Services;

/// <summary>One service before a person who decides: what it says, what is new in it, what was decided before.</summary>
[FormPage]
sealed class ReviewModel(SiteDb db, ServiceModeration desk, IOptions<ServiceSettings> settings, TimeProvider clock) : PageModel
{
    static readonly Dictionary<string, (ServiceVerdict Verdict, string Done)> Acts = new(StringComparer.Ordinal)
    {
        ["approve"] = (ServiceVerdict.Approve, "approved. Its organisation is told."),
        ["ask"] = (ServiceVerdict.Ask, "your question is on its way."),
        ["decline"] = (ServiceVerdict.Decline, "declined. Its organisation is told."),
        ["checked"] = (ServiceVerdict.Checked, "checked today by our staff."),
        ["close"] = (ServiceVerdict.Close, "shown as closed."),
        ["reopen"] = (ServiceVerdict.Reopen, "shown as open."),
        ["withdraw"] = (ServiceVerdict.Withdraw, "taken off the website."),
    };

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public int Revision { get; set; }

    [BindProperty]
    public string? Do { get; set; }

    [BindProperty]
    public string? Words { get; set; }

    [TempData]
    public string? Told { get; set; }

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

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await OpenAsync(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await OpenAsync(cancel) || !Acts.TryGetValue(Do ?? "", out var act))
            return NotFound();
        var words = ModelState.Lines(
            nameof(Words),
            Words,
            FamilyService.MaxWords,
            Do is "ask" or "decline" ? "Write what the organisation should read." : null
        ) ?? "";
        if (!ModelState.IsValid)
            return Page();
        var answer = await desk.DecideAsync(Id, Revision, act.Verdict, User, words, cancel);
        if (answer == Decision.Done)
        {
            Told = $"{Service.Latest.Title}: {act.Done}";
            return Redirect("/staff/services");
        }
        // What the page shows now is what a colleague or the organisation has made of it meanwhile.
        if (answer is null || !await OpenAsync(cancel))
            return NotFound();
        var last = Service.Steps.OrderBy(t => t.At).ThenBy(t => t.Id).Last();
        ModelState.AddModelError(
            "",
            $"{answer.Value.InWords()} The last thing that happened to it, at {last.At.InUk()}: {last.Who} {last.What}."
        );
        ModelState.Remove(nameof(Revision));
        Revision = Service.Revision;
        return Page();
    }

    async Task<bool> OpenAsync(CancellationToken cancel)
    {
        if (
            await db.Set<FamilyService>().Include(s => s.Steps).AsNoTracking().SingleOrDefaultAsync(s => s.Id == Id, cancel)
            is not { } service
        )
            return false;
        Service = service;
        if (HttpMethods.IsGet(Request.Method))
            Revision = service.Revision;
        Changes = service.Live is { } live && service.Proposed is { } proposed ? [.. ServiceDifference.Between(live, proposed)] : [];
        Risks = [.. ServiceRisks.Of(service)];
        LateFrom = service.WaitingSince is { } since ? settings.Value.LateFrom(since) : null;
        return true;
    }
}
