using InfantMHWeek.Events;
using InfantMHWeek.Platform;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Events;

/// <summary>One event before a person who decides: what it says, what is new in it, what was decided before.</summary>
[FormPage]
public sealed class ReviewModel(SiteDb db, EventPost post, TimeProvider clock) : PageModel
{
    /// <summary>Replies that are often right; each can be changed before it is sent.</summary>
    public static readonly IReadOnlyList<(string Name, string Words)> Replies =
    [
        ("Who runs it?", "Please tell us more about who runs the event, with a website or a public page of your organisation."),
        ("Where is it?", "Please check the place: we could not find it by the postcode."),
        ("Is it for families?", "Please say more clearly how the event is for babies, pregnancy, parents or carers."),
    ];

    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty] public int Revision { get; set; }
    [BindProperty] public string? Do { get; set; }
    [BindProperty] public string? Words { get; set; }

    public Event Event { get; private set; } = null!;
    public IReadOnlyList<(string What, string Before, string After)> Changes { get; private set; } = [];
    public IReadOnlyList<string> Risks { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await OpenAsync(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await using var write = await db.BeginWriteAsync(cancel);
        if (!await OpenAsync(cancel)) return NotFound();
        var (who, now, words) = (User.StaffName(), clock.GetUtcNow(), (Words ?? "").Trim());
        if (words.Length > Event.MaxWords) ModelState.AddModelError(nameof(Words), $"Please use at most {Event.MaxWords} characters.");
        if (Do is "ask" or "decline" && words.Length == 0) ModelState.AddModelError(nameof(Words), "Write what the organiser should read.");
        if (!ModelState.IsValid) return Page();
        var done = Do switch
        {
            "approve" => Event.Approve(who, Revision, now),
            "ask" => Event.Ask(who, Revision, words, now),
            "decline" => Event.Decline(who, Revision, words, now),
            "cancel" => Event.Cancel(who, words, now) ? Decision.Done : Decision.NothingWaits,
            "withdraw" => Event.Withdraw(who, words, now) ? Decision.Done : Decision.NothingWaits,
            _ => Decision.NothingWaits,
        };
        if (done != Decision.Done)
        {
            ModelState.AddModelError("", done switch
            {
                Decision.ChangedMeanwhile => "It was changed after you opened it. Nothing was decided: please read it again.",
                Decision.Incomplete => "Something is missing in it, so it cannot be shown.",
                _ => "Nothing waits here for a decision.",
            });
            ModelState.Remove(nameof(Revision));
            Revision = Event.Revision;
            return Page();
        }
        if (Do == "approve") post.Approved(Event);
        else if (Do == "ask") post.Asked(Event, words);
        else if (Do == "decline") post.Declined(Event, words);
        db.Record(clock, User, Do + " event", Event.Id.ToString());
        await db.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        return Redirect("/staff/events");
    }

    async Task<bool> OpenAsync(CancellationToken cancel)
    {
        if (await db.Set<Event>().Include(e => e.Dates).Include(e => e.Steps).AsSplitQuery().SingleOrDefaultAsync(e => e.Id == Id, cancel) is not { } e) return false;
        Event = e;
        if (HttpMethods.IsGet(Request.Method)) Revision = e.Revision;
        Changes = e.Live is { } live && e.Proposed is { } proposed ? [.. EventDifference.Between(live, proposed)] : [];
        Risks = [.. EventRisks.Of(e, clock.Today())];
        return true;
    }
}
