using InfantMHWeek.Platform.Hosting;
using InfantMHWeek.Platform.Hosting.Caching;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Services.Finding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Services;

/// <summary>The finder. What is asked for stands in the address, and in no log.</summary>
[CachedPage(keep: false)]
sealed class IndexModel(ServiceLister lister, PlaceFinder places, SiteDb db) : PageModel
{
    public ServiceListing Listing { get; private set; } = null!;
    public ServiceSearch Search => Listing.Search;
    public string Attribution { get; private set; } = "";
    public IReadOnlyList<string> Suggestions { get; private set; } = [];

    /// <summary>True where no service at all is listed yet.</summary>
    public bool NothingYet { get; private set; }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Response.AllowLocation();
        Listing = await lister.FindAsync(ServiceSearch.Read(Request.Query), cancel);
        NothingYet = Listing.Count == 0 && !await db.Set<ServicePoint>().AnyAsync(p => p.Cell != ServiceArea.OutOfLists, cancel);
        Attribution = await places.AttributionAsync(cancel);
        if (Listing.Wrong.ContainsKey("near"))
            Suggestions = PlaceFinder.Suggest(Search.Near);
        foreach (var (field, words) in Listing.Wrong)
            ModelState.AddModelError(field, words);
        ViewData["Head"] = new PageHead
        {
            Title = Search.Empty || Listing.Wrong.Count > 0 ? "Services near you" : $"Services {Listing.WhereWords}",
            Summary = "Who helps babies, parents and carers near you: what they do, what it costs and how to get in touch.",
            Path = "/services",
            Indexed = Search.Empty,
            Sensitive = true,
            IsListing = true,
        };
    }

    /// <summary>The same search with something changed, as an address.</summary>
    public string With(Func<ServiceSearch, ServiceSearch> change) => "/services" + change(Search with { Page = 1 }).ToQueryString();
}
