using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Editing.Pictures;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Pages.Editor;

/// <summary>One thing that an editor can put into a text.</summary>
/// <param name="Label">How the list shows it.</param>
/// <param name="Value">What is written into the text, or where a link leads.</param>
/// <param name="Words">What a link to it is called, unless the editor has chosen words.</param>
sealed record Pick(string Label, string Value, string Words = "");

/// <summary>What an editor can pick from: pages and their headings, pictures, sources.</summary>
sealed class EditorPickLists(SiteDb db, PageLibrary library)
{
    const int MostFound = 12;

    public IEnumerable<Pick> Links(string? question)
    {
        var (words, site) = (Words(question), library.Current);
        return site
            .Pages.Values.Where(p => Has(p.Title, words) || Has(p.Path, words))
            .OrderBy(p => p.Path.Length)
            .ThenBy(p => p.Path, StringComparer.Ordinal)
            .Take(MostFound)
            .SelectMany(p =>
                site.Render(p)
                    .Headings.Select(h => new Pick($"{p.Title}: {h.Title}", $"{p.Path}#{h.Id}", h.Title))
                    .Prepend(new($"{p.Title} ({p.Path})", p.Path, p.Label))
            );
    }

    public async Task<IEnumerable<Pick>> PicturesAsync(string? question, CancellationToken cancel)
    {
        var words = Words(question);
        var known = await db.Set<MediaPicture>().AsNoTracking().OrderByDescending(p => p.At).ToListAsync(cancel);
        return known
            .Where(p => Has(p.File, words) || Has(p.Alternative, words))
            .Take(MostFound)
            .Select(p => new Pick($"{p.File}: {(p.Decorative ? "decoration" : p.Alternative)}", p.Markdown));
    }

    public IEnumerable<Pick> Sources(string? question)
    {
        var words = Words(question);
        return library
            .Current.Registers.Sources.Values.Where(s => Has(s.Id, words) || Has(s.Title, words))
            .Take(MostFound)
            .Select(s => new Pick($"{s.Title} ({s.Id})", s.Id));
    }

    static string Words(string? question) => (question ?? "").Trim();

    static bool Has(string text, string words) => text.Contains(words, StringComparison.OrdinalIgnoreCase);
}
