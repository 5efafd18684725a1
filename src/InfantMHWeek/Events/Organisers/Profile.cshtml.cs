using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Events.Organisers;

/// <summary>What an organiser says of themselves on their events' pages.</summary>
[FormPage(byToken: true)]
sealed class ProfileModel(SiteDb db, ProfileModeration desk) : PageModel
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? About { get; set; }

    [BindProperty]
    public string? Link { get; set; }

    [BindProperty]
    public string? Do { get; set; }

    public string Home { get; private set; } = "";
    public OrganiserProfile? Held { get; private set; }

    public async Task<IActionResult> OnGetAsync(string token, CancellationToken cancel)
    {
        if (await OpenAsync(token, cancel) is not { } home)
            return Redirect("/organiser/" + Uri.EscapeDataString(token));
        (Name, About, Link) = Held is { } held
            ? (held.Latest.Name, held.Latest.About, held.Latest.Link)
            : await SaidInEventsAsync(home, cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string token, CancellationToken cancel)
    {
        var back = Redirect("/organiser/" + Uri.EscapeDataString(token));
        if (HttpContext.HomeKey(token) is not { } key || await OpenAsync(token, cancel) is null)
            return back;
        if (Do == "remove")
        {
            await desk.RemoveAsync(key, cancel);
            return back;
        }
        var details = new ProfileDetails
        {
            Name = ModelState.ShownLine(nameof(Name), Name, ProfileDetails.MaxName, "Enter who you are."),
            About = ModelState.ShownText(nameof(About), About, ProfileDetails.MaxAbout, "Tell families in a few words who you are."),
            Link = ModelState.ShownLink(nameof(Link), Link),
        };
        if (!ModelState.IsValid)
            return Page();
        await desk.ProposeAsync(key, details, cancel);
        return back;
    }

    async Task<OrganiserLink?> OpenAsync(string token, CancellationToken cancel)
    {
        if (HttpContext.HomeKey(token) is not { } key || await db.OpenHomeAsync(key, cancel) is not { } home)
            return null;
        Home = "/organiser/" + token;
        Held = await db.Set<OrganiserProfile>().AsNoTracking().ProfileOfAsync(home.Contact, cancel);
        ViewData["Head"] = new PageHead
        {
            Title = "Who you are",
            Indexed = false,
            IsListing = true,
        };
        return home;
    }

    /// <summary>For a first profile: what the newest of their events that names them says.</summary>
    async Task<(string Name, string About, string Link)> SaidInEventsAsync(OrganiserLink home, CancellationToken cancel)
    {
        var own = await db.Set<Event>()
            .AsNoTracking()
            .Where(e => e.Contact == home.Contact && e.ConfirmedAt != null && e.ImportedAt == null)
            .OrderByDescending(e => e.Id)
            .ToListAsync(cancel);
        var newest = own.Find(e => e.Latest.Organiser.Length > 0);
        return (newest?.Latest.Organiser ?? "", "", newest?.Latest.OrganiserLink ?? "");
    }
}
