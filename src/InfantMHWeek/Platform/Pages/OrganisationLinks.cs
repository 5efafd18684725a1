using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;

namespace InfantMHWeek.Platform.Pages;

/// <summary>
/// Registered by a feature that lists what organisations offer: other features' pages about the same organisation lead there. The same
/// is it where a mailed link was used at the same address and the name that everybody reads is the same: so a link tells nobody anything
/// new.
/// </summary>
/// <param name="Title">Over the links.</param>
/// <param name="Feature">Whose links these are; a feature leaves its own out.</param>
sealed record OrganisationLinks(
    string Title,
    string Feature,
    Func<SiteDb, EmailAddress, DateTime, CancellationToken, Task<IReadOnlyList<(string Organisation, PageLink Link)>>> FindAsync
);

/// <summary>What is offered elsewhere on the site by one organisation.</summary>
sealed record OfferedElsewhere(string Title, IReadOnlyList<PageLink> Links);

static class OrganisationLinksOf
{
    const int MostLinks = 8;

    /// <param name="contact">Whose address is known to be right; null gives nothing.</param>
    public static async Task<IReadOnlyList<OfferedElsewhere>> ElsewhereAsync(
        this IEnumerable<OrganisationLinks> sources,
        string feature,
        SiteDb db,
        EmailAddress? contact,
        string organisation,
        DateTime now,
        CancellationToken cancel
    )
    {
        var (found, key) = (new List<OfferedElsewhere>(), KeyOf(organisation));
        if (contact is null || key.Length == 0)
            return found;
        foreach (var source in sources.Where(s => s.Feature != feature))
            if (
                (await source.FindAsync(db, contact, now, cancel))
                    .Where(l => KeyOf(l.Organisation) == key)
                    .Select(l => l.Link)
                    .Take(MostLinks)
                    .ToList() is
                { Count: > 0 } links
            )
                found.Add(new(source.Title, links));
        return found;
    }

    static string KeyOf(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
