using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace InfantMHWeek.Staff.Audit;

/// <summary>The audit log, newest first. Nobody can change or delete a line here.</summary>
sealed class IndexModel(SiteDb db, IOptions<AuditSettings> settings) : PageModel
{
    const int Shown = 100;

    public int KeptMonths => settings.Value.KeepMonths;

    public IReadOnlyList<AuditEntry> Entries { get; private set; } = [];

    /// <summary>The last line shown, if there are older ones.</summary>
    public Guid? Older { get; private set; }

    public async Task OnGetAsync(Guid? before, CancellationToken cancel)
    {
        var entries = db.Set<AuditEntry>().AsNoTracking();
        if (before is { } last && await entries.Where(e => e.Id == last).Select(e => (DateTime?)e.At).FirstOrDefaultAsync(cancel) is { } at)
            entries = entries.Where(e => e.At < at || (e.At == at && e.Id.CompareTo(last) < 0));
        var found = await entries.OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(Shown + 1).ToListAsync(cancel);
        Older = found.Count > Shown ? found[Shown - 1].Id : null;
        Entries = [.. found.Take(Shown)];
    }
}
