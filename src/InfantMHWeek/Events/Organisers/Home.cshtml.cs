using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Events.Organisers;

/// <summary>All that one address offers, behind its mailed link. Opening it changes nothing.</summary>
[FormPage(byToken: true)]
sealed class HomeModel(SiteDb db, OrganiserHome home, IEnumerable<IOrganiserOffers> offers) : PageModel
{
    static readonly (OfferedGroup Group, string Title)[] Titles =
    [
        (OfferedGroup.ToDo, "These need you"),
        (OfferedGroup.Waiting, "Our staff will read these"),
        (OfferedGroup.Shown, "On the website"),
        (OfferedGroup.Past, "Past"),
        (OfferedGroup.Ended, "Cancelled, closed or taken away"),
    ];

    [BindProperty]
    public string? Do { get; set; }

    /// <summary>Null for a link that has ended or never was.</summary>
    public OrganiserLink? Link { get; private set; }
    public string Token { get; private set; } = "";
    public OrganiserProfile? Profile { get; private set; }
    public IReadOnlyList<OfferedItem> Items { get; private set; } = [];
    public IReadOnlyList<IOrganiserOffers> Offers { get; } = [.. offers];
    public IEnumerable<(string Id, string Title, IReadOnlyList<OfferedItem> Items)> Groups =>
        from titled in Titles
        let items = Items.Where(i => i.Group == titled.Group).ToList()
        where items.Count > 0
        select (titled.Group.ToString().ToLowerInvariant(), titled.Title, (IReadOnlyList<OfferedItem>)items);

    public async Task<IActionResult> OnGetAsync(string token, CancellationToken cancel)
    {
        ViewData["Head"] = new PageHead
        {
            Title = "Your events and services",
            Indexed = false,
            IsListing = true,
        };
        if (HttpContext.HomeKey(token) is { } key && (Link = await db.OpenHomeAsync(key, cancel)) is { } link)
        {
            Token = token;
            Items = await home.FindAsync(db, link, key, cancel);
            Profile = await db.Set<OrganiserProfile>().AsNoTracking().ProfileOfAsync(link.Contact, cancel);
        }
        else
            Response.StatusCode = StatusCodes.Status404NotFound;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string token, CancellationToken cancel) =>
        HttpContext.HomeKey(token) is { } key && await home.BeginAsync(key, Do, cancel) is { } path
            ? Redirect(path)
            : Redirect("/organiser/" + token);
}
