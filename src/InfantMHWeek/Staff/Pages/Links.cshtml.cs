using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Editing.Publishing;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Staff.Pages;

/// <summary>The addresses of other sites, to be opened by hand.</summary>
sealed class LinksModel(PageLibrary library) : PageModel
{
    const int Most = 1000;

    public IReadOnlyList<IGrouping<string, string>> Links { get; } = [.. OutboundLinks.In(library.Contents).Take(Most)];
}
