using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Hosting;
using InfantMHWeek.Platform.Hosting.Caching;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Services.Finding;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Services.Embedding;

/// <summary>The list for partner sites' frames: no menu, no form, and every link opens outside the frame.</summary>
[CachedPage(keep: false)]
sealed class EmbedModel(ServiceLister lister) : PageModel
{
    public ServiceListing Listing { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Response.AllowFramesAnywhere();
        Listing = await lister.FindAsync(ServiceSearch.Read(Request.Query) with { Page = 1 }, cancel);
    }
}

/// <summary>How a partner shows the list on its own site.</summary>
[CachedPage(keep: false)]
sealed class EmbedHowModel(SiteAddress address) : PageModel
{
    public string Snippet { get; private set; } = "";

    public void OnGet()
    {
        var search = ServiceSearch.Read(Request.Query) with { Page = 1 };
        Snippet = EmbedCode.Of(address.Of("/services/embed" + search.ToQueryString()), "Services for babies and their families");
        ViewData["Head"] = new PageHead
        {
            Title = "Show services on your own website",
            Path = "/services/embed/how",
            Indexed = false,
            IsListing = true,
        };
    }
}
