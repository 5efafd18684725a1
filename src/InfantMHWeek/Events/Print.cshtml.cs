using InfantMHWeek.Events.Finding;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Hosting.Caching;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Time;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Events;

/// <summary>One area's list for a wall: large print, and a code that leads to the list as it is then.</summary>
[CachedPage(keep: false)]
sealed class PrintModel(EventLister lister, SiteAddress address, PageClock clock) : PageModel
{
    const int MostOnPaper = 60;

    public EventListing Listing { get; private set; } = null!;
    public string Link { get; private set; } = "";
    public string PrintedOn { get; private set; } = "";

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Listing = await lister.FindAsync(EventSearch.Read(Request.Query) with { Page = 1, View = "", Sort = "" }, cancel, MostOnPaper);
        Link = address.Of("/events" + (Listing.Search with { From = "", To = "", When = "" }).ToQueryString());
        PrintedOn = clock.Today().InWords();
        ViewData["Head"] = new PageHead
        {
            Title = $"Events {(Listing.Wrong.Count == 0 ? Listing.WhereWords : "")}",
            Path = "/events/print",
            Indexed = false,
            IsListing = true,
        };
    }
}
