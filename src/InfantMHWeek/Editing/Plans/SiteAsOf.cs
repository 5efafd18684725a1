using System.Globalization;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Editing.Drafts;
using InfantMHWeek.Editing.History;
using InfantMHWeek.Editing.Merging;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Editing.Plans;

/// <summary>
/// The site at another moment: later ones with the changes that are planned by then, earlier ones with the texts that
/// the history holds. Drafts can be included.
/// </summary>
sealed class SiteAsOf(SiteDb db, PageLibrary library, TimeProvider clock)
{
    const string WithDrafts = "-drafts";

    /// <summary>
    /// Reads a moment as it stands in the address: UK time, <c>2026-06-08T0900</c>, with <c>-drafts</c> behind it or not.
    /// </summary>
    public static (DateTime Moment, bool Drafts)? Read(string written)
    {
        var drafts = written.EndsWith(WithDrafts, StringComparison.Ordinal);
        var time = drafts ? written[..^WithDrafts.Length] : written;
        if (!DateTime.TryParseExact(time, "yyyy-MM-dd'T'HHmm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var wall))
            return null;
        return (UkTime.ToUtc(wall).Utc, drafts);
    }

    public static string Write(DateTime wallClock, bool drafts) =>
        wallClock.ToString("yyyy-MM-dd'T'HHmm", CultureInfo.InvariantCulture) + (drafts ? WithDrafts : "");

    public async Task<Snapshot> SnapshotAsync(DateTime moment, bool drafts, CancellationToken cancel)
    {
        var (contents, otherwise) = (library.Contents, new Dictionary<string, string?>(StringComparer.Ordinal));
        if (moment < clock.GetUtcNow().UtcDateTime)
            await GoBackAsync(moment, otherwise, cancel);
        else
            foreach (
                var plan in await db.Set<PlannedChange>()
                    .AsNoTracking()
                    .Where(p => p.State == PlanState.Waiting && p.At <= moment)
                    .OrderBy(p => p.At)
                    .ToListAsync(cancel)
            )
                Put(plan.File, plan.BaseText, plan.Text);
        if (drafts)
            foreach (
                var draft in await db.Set<PageDraft>()
                    .AsNoTracking()
                    .Where(d => d.SetAsideAt == null)
                    .OrderBy(d => d.SavedAt)
                    .ToListAsync(cancel)
            )
                Put(draft.File, draft.BaseText, draft.Text);
        return contents.At(moment, otherwise);

        // As at its own moment: with what others changed meanwhile, where the two go together.
        void Put(string file, string? from, string text)
        {
            var now = otherwise.TryGetValue(file, out var changed) ? changed : contents.Files.GetValueOrDefault(file)?.Text;
            otherwise[file] = from is not null && now is not null && PageMerge.Merge(from, text, now) is { } merged ? merged : text;
        }
    }

    async Task GoBackAsync(DateTime moment, Dictionary<string, string?> otherwise, CancellationToken cancel)
    {
        var published = db.Set<PageRevision>().AsNoTracking().Where(r => r.State == RevisionState.Published);
        foreach (var file in await published.Where(r => r.At > moment).Select(r => r.File).Distinct().ToListAsync(cancel))
        {
            var then = await published
                .Where(r => r.File == file && r.At <= moment)
                .OrderByDescending(r => r.At)
                .FirstOrDefaultAsync(cancel);
            // What was there when the history began was there before.
            then ??= await published.Where(r => r.File == file && r.At > moment).OrderBy(r => r.At).FirstOrDefaultAsync(cancel)
                is { Origin: RevisionOrigin.Outside } first
                ? first
                : null;
            otherwise[file] = then?.Text;
        }
    }
}
