using InfantMHWeek.Contact;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Contact;

/// <summary>What people wrote: what must be answered by a day comes first, then what is not answered.</summary>
[FormPage]
sealed class IndexModel(SiteDb db, SiteStore store, TimeProvider clock) : PageModel
{
    const int MostShown = 200;

    public IReadOnlyList<ContactMessage> Messages { get; private set; } = [];

    [TempData]
    public string? StatusMessage { get; set; }
    public DateOnly Today => clock.Today();

    public async Task OnGetAsync(CancellationToken cancel) =>
        Messages = await db.Set<ContactMessage>()
            .AsNoTracking()
            .OrderBy(m => m.AnsweredAt != null)
            .ThenBy(m => m.DueOn == null)
            .ThenBy(m => m.DueOn)
            .ThenByDescending(m => m.At)
            .Take(MostShown)
            .ToListAsync(cancel);

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancel)
    {
        StatusMessage = await store.WriteAsync(
            async db =>
            {
                if (await db.Set<ContactMessage>().FirstOrDefaultAsync(m => m.Id == id, cancel) is not { } message)
                    return "This message is no longer kept.";
                if (!message.Answered(User.StaffName(), clock.GetUtcNow().UtcDateTime))
                    return $"{message.AnsweredBy} has noted already that {message.Reference} is answered.";
                db.Record(clock, User, "answered a message", id.ToString());
                return $"We have noted that you answered {message.Reference}.";
            },
            cancel
        );
        return Redirect("/staff/contact");
    }
}
