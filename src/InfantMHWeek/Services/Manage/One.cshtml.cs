using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Services.Finding;
using InfantMHWeek.Services.Moderation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Services.Manage;

/// <summary>One service of an organisation: what is still to do, what staff said, and what can be done with it.</summary>
[FormPage(byToken: true)]
sealed class OneModel(SiteDb db, ServiceActions desk) : PageModel
{
    public static readonly IReadOnlyList<(string Step, string Label)> Parts =
    [
        ("what", "What it is and who runs it"),
        ("for", "What it is for, and who"),
        ("touch", "How to get in touch"),
        ("where", "Where it takes place"),
        ("cost", "Cost, languages and access"),
    ];

    [BindProperty]
    public bool Declared { get; set; }

    [BindProperty]
    public bool Sure { get; set; }

    [BindProperty]
    public string? Do { get; set; }

    [TempData]
    public string? Told { get; set; }

    public ManagedService Hand { get; private set; } = null!;
    public FamilyService Service => Hand.Service;
    public string Token { get; private set; } = "";
    public int Others { get; private set; }

    /// <summary>The token of the organiser's home, where they came from there.</summary>
    public string? Home { get; private set; }
    public IReadOnlySet<string> Missing { get; private set; } = new HashSet<string>(StringComparer.Ordinal);
    public string Here => $"/services/manage/{Token}/{Service.Id}";

    /// <summary>Of a service that staff joined to another: that other, and where whoever holds this link finds it.</summary>
    public (string Title, string Path)? Joined { get; private set; }

    public async Task<IActionResult> OnGetAsync(string token, Guid id, CancellationToken cancel) =>
        await OpenAsync(token, id, cancel) is null ? this.Unopened(token) : Page();

    public async Task<IActionResult> OnPostAsync(string token, Guid id, CancellationToken cancel)
    {
        if (await OpenAsync(token, id, cancel) is not { } key)
            return this.Unopened(token);
        if (Do == "send" && !Declared)
            ModelState.AddModelError(nameof(Declared), "Please confirm this before you send it.");
        if (Do is "withdraw" or "close" && !Sure)
            ModelState.AddModelError(nameof(Sure), "Please tick this if you are sure.");
        if (!ModelState.IsValid)
            return Page();
        if (await desk.ActAsync(key, id, Do, cancel) is not { } done)
            return this.Unopened(token);
        Told = done
            ? null
            : "Nothing has changed: this had already been done, or is no longer possible. This page shows how things stand now.";
        return Redirect(Here);
    }

    async Task<ManageLinkAccess?> OpenAsync(string token, Guid id, CancellationToken cancel)
    {
        if (
            await HttpContext.ActingKeyAsync(token, StaffRole.Events) is not { } key
            || await db.OpenServicesAsync(key, cancel) is not { } hands
            || hands.FirstOrDefault(h => h.Service.Id == id) is not { } hand
        )
            return null;
        (Hand, Token, Others, Home) = (hand, token, hands.Count - 1, key.Home);
        if (await db.JoinedAsync(hand.Service, cancel) is { } joined)
            Joined = (
                joined.Live!.Title,
                hands.Any(h => h.Service.Id == joined.Id) ? $"/services/manage/{token}/{joined.Id}" : "/services/" + joined.Slug
            );
        Missing = hand.Service.Latest.Missing().ToHashSet(StringComparer.Ordinal);
        ViewData["Head"] = new PageHead { Title = "Your service", Indexed = false };
        return key;
    }
}
