using System.Linq.Expressions;
using InfantMHWeek.Contact;
using InfantMHWeek.Events;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Services;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff;

/// <summary>Where staff arrive: what waits for them comes first.</summary>
sealed class IndexModel(SiteDb db) : PageModel
{
    /// <summary>What waits for whoever looks, where it is, and since when the oldest of it does; nothing that they may not open.</summary>
    public IReadOnlyList<(string What, string Path, DateTime? Oldest)> Waiting { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var waiting = new List<(string, string, DateTime?)>();
        if (User.May(StaffRole.Events))
        {
            waiting.Add(
                await CountAsync(
                    db.Set<Event>().Where(e => e.WithdrawnAt == null && e.WaitingSince != null),
                    e => e.WaitingSince,
                    ("event", "/staff/events"),
                    cancel
                )
            );
            waiting.Add(
                await CountAsync(
                    db.Set<FamilyService>().Where(s => s.WithdrawnAt == null && s.WaitingSince != null),
                    s => s.WaitingSince,
                    ("service", "/staff/services"),
                    cancel
                )
            );
        }
        if (User.May(StaffRole.Administrator))
            waiting.Add(
                await CountAsync(
                    db.Set<ContactMessage>().Where(m => m.AnsweredAt == null),
                    m => (DateTime?)m.At,
                    ("message", "/staff/contact"),
                    cancel
                )
            );
        Waiting = waiting;
    }

    static async Task<(string, string, DateTime?)> CountAsync<T>(
        IQueryable<T> all,
        Expression<Func<T, DateTime?>> since,
        (string Name, string Path) of,
        CancellationToken cancel
    )
    {
        var count = await all.CountAsync(cancel);
        var words = count switch
        {
            0 => $"No {of.Name}s",
            1 => "1 " + of.Name,
            _ => $"{count} {of.Name}s",
        };
        return (words, of.Path, await all.MinAsync(since, cancel));
    }
}
