using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Services.Moderation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Services.Manage;

/// <summary>
/// One part of the organisation's form: shows what is held, and keeps what was typed as the proposed version. All parts do the same
/// round it, so that none can forget to ask for the token.
/// </summary>
abstract class ServicePart(SiteDb db, ServiceActions desk, string title) : PageModel
{
    /// <summary>As it was when the page was asked for: to be shown, never to decide on.</summary>
    public FamilyService Service { get; private set; } = null!;
    public string Token { get; private set; } = "";
    public string Back => $"/services/manage/{Token}/{Service.Id}";

    protected abstract void Show(ServiceDetails held);

    /// <summary>
    /// What was typed, as a change to the version that is held when it is written; what is wrong goes to the model state.
    /// </summary>
    /// <param name="shown">The version that is held now.</param>
    protected abstract Task<Func<ServiceDetails, ServiceDetails>> ReadAsync(ServiceDetails shown, CancellationToken cancel);

    /// <summary>Parts that also hold something that is never public.</summary>
    protected virtual void Keep(FamilyService service) { }

    /// <summary>Where it goes on.</summary>
    protected virtual string Next => Back;

    public async Task<IActionResult> OnGetAsync(string token, Guid id, CancellationToken cancel)
    {
        if (await OpenAsync(token, id, cancel) is null)
            return this.Unopened(token);
        Show(Service.Latest);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string token, Guid id, CancellationToken cancel)
    {
        if (await OpenAsync(token, id, cancel) is not { } key)
            return this.Unopened(token);
        var change = await ReadAsync(Service.Latest, cancel);
        if (ModelState.IsValid && !await desk.ChangeAsync(key, id, change, Keep, cancel))
            this.RefuseTooLate("service");
        return ModelState.IsValid ? Redirect(Next) : Page();
    }

    async Task<ManageLinkAccess?> OpenAsync(string token, Guid id, CancellationToken cancel)
    {
        if (
            await HttpContext.ActingKeyAsync(token, StaffRole.Events) is not { } key
            || await db.OpenServiceAsync(key, id, cancel) is not { Service: var service }
            // Whoever was typing when it was taken away loses no word.
            || (service.WithdrawnAt is not null && HttpMethods.IsGet(Request.Method))
        )
            return null;
        (Service, Token) = (service, token);
        ViewData["Head"] = new PageHead { Title = title, Indexed = false };
        return key;
    }

    protected string Text(string field, string? typed, int most, string? needed = null) => ModelState.ShownText(field, typed, most, needed);

    protected string Line(string field, string? typed, int most, string? needed = null) => ModelState.ShownLine(field, typed, most, needed);

    protected string Link(string field, string? typed) => ModelState.ShownLink(field, typed);

    /// <summary>The ticks of a group as one value.</summary>
    protected static T Ticked<T>(IReadOnlyList<string> chosen, IEnumerable<(T Value, string Slug, string Name)> known, Func<T, T, T> with)
        where T : struct =>
        known.Where(k => chosen.Contains(k.Slug, StringComparer.Ordinal)).Aggregate(default(T), (sum, k) => with(sum, k.Value));

    protected static IReadOnlyList<string> Slugs<T>(IEnumerable<(T Value, string Slug, string Name)> known, T held)
        where T : struct, Enum => [.. known.Where(k => held.HasFlag(k.Value)).Select(k => k.Slug)];
}
