using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Hosting.Caching;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Time;
using InfantMHWeek.Services.Finding;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Services;

/// <summary>One area's list for a clinic's wall: large print, and a code that leads to the list as it is then.</summary>
[CachedPage(keep: false)]
sealed class PrintModel(ServiceLister lister, SiteAddress address, PageClock clock) : PageModel
{
    const int MostOnPaper = 60;

    public ServiceListing Listing { get; private set; } = null!;

    /// <summary>For people anywhere, where it does not stand in the list itself.</summary>
    public IReadOnlyList<ServiceRow> Everywhere => [.. Listing.Everywhere.Where(e => Listing.Rows.All(r => r.Service.Id != e.Service.Id))];
    public string Link { get; private set; } = "";
    public string PrintedOn { get; private set; } = "";

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Listing = await lister.FindAsync(ServiceSearch.Read(Request.Query) with { Page = 1 }, cancel, MostOnPaper);
        Link = address.Of("/services" + Listing.Search.ToQueryString());
        PrintedOn = clock.Today().InWords();
        ViewData["Head"] = new PageHead
        {
            Title = $"Services {(Listing.Wrong.Count == 0 ? Listing.WhereWords : "")}",
            Path = "/services/print",
            Indexed = false,
            Sensitive = true,
            IsListing = true,
        };
    }
}
