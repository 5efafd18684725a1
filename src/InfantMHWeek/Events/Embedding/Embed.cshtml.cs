using InfantMHWeek.Events.Finding;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Hosting;
using InfantMHWeek.Platform.Hosting.Caching;
using InfantMHWeek.Platform.Pages;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Events.Embedding;

/// <summary>The list for partner sites' frames: no menu, no form, and every link opens outside the frame.</summary>
[CachedPage(keep: false)]
sealed class EmbedModel(EventLister lister) : PageModel
{
    public EventListing Listing { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Response.AllowFramesAnywhere();
        Listing = await lister.FindAsync(EventSearch.Read(Request.Query) with { Page = 1, View = "", Sort = "" }, cancel);
    }
}

/// <summary>How a partner shows the list on its own site.</summary>
[CachedPage(keep: false)]
sealed class EmbedHowModel(SiteAddress address) : PageModel
{
    public string Snippet { get; private set; } = "";

    public void OnGet()
    {
        var search = EventSearch.Read(Request.Query) with { Page = 1, View = "", Sort = "" };
        Snippet = EmbedCode.Of(address.Of("/events/embed" + search.ToQueryString()), "Events near you");
        ViewData["Head"] = new PageHead
        {
            Title = "Show events on your own website",
            Path = "/events/embed/how",
            Indexed = false,
            IsListing = true,
        };
    }
}
