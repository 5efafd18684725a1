using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Platform.Accounts;

/// <summary>
/// Who asks to look after something that an organiser offers: whoever holds a link's token, or a member of staff who acts for the
/// organiser and names the thing.
/// </summary>
/// <param name="Hash">Of the link's token.</param>
/// <param name="Asked">What the member of staff asks for, or whoever comes from an organiser's home.</param>
sealed record ManageLinkAccess(string Hash, Guid Asked, ClaimsPrincipal? Staff)
{
    /// <summary>The token of the organiser's home from which the thing is opened; null where it has a link of its own.</summary>
    public string? Home { get; init; }

    /// <summary>A home opens whose link ends after this moment (UTC).</summary>
    public DateTime OpenAt { get; init; }

    /// <summary>What stands in the place of a token where a thing is opened from the same home.</summary>
    public string For(Guid id) => Home + id.ToString("N");
}

static class ActingKeys
{
    const string StaffMark = "staff-";
    const int IdLength = 32;

    /// <summary>Stands in the place of a token where staff act for an organiser: no secret, but they must be signed in.</summary>
    public static string StaffName(Guid id) => StaffMark + id.ToString("N");

    /// <summary>What a request shows of who asks, before anything of the thing itself is read.</summary>
    /// <param name="role">Which members of staff may act for organisers of its kind.</param>
    /// <returns>Null for what opens nothing.</returns>
    public static async Task<ManageLinkAccess?> ActingKeyAsync(this HttpContext http, string? token, string role)
    {
        if (
            token is not null
            && token.StartsWith(StaffMark, StringComparison.Ordinal)
            && Guid.TryParseExact(token.AsSpan(StaffMark.Length), "N", out var id)
        )
            return (await http.AuthenticateAsync(IdentityConstants.ApplicationScheme)).Principal is { } staff && staff.May(role)
                ? new("", id, staff)
                : null;
        if (HomeOf(token) is { } home)
            return
                http.HomeKey(home) is { } key
                && Guid.TryParseExact(token![LinkToken.Length..], "N", out var asked)
                // Exactly one text opens it: another case is another key.
                && key.For(asked) == token
                ? key with
                {
                    Asked = asked,
                }
                : null;
        return LinkToken.TryHash(token, out var hash) ? new(hash, Guid.Empty, Staff: null) : null;
    }

    /// <summary>
    /// What a request shows of who opens an organiser's home. A form that was opened in time may be sent for a while after.
    /// </summary>
    public static ManageLinkAccess? HomeKey(this HttpContext http, string? token)
    {
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        return LinkToken.TryHash(token, out var hash)
            ? new(hash, Guid.Empty, Staff: null)
            {
                Home = token,
                OpenAt = HttpMethods.IsPost(http.Request.Method) ? now - OrganiserLink.StillTaken : now,
            }
            : null;
    }

    /// <summary>
    /// The answer to a key that opens nothing: behind an organiser's home that is the home itself, which says whether its link has ended.
    /// </summary>
    public static IActionResult Unopened(this PageModel _, string? token) =>
        HomeOf(token) is { } home ? new RedirectResult("/organiser/" + Uri.EscapeDataString(home)) : new NotFoundResult();

    /// <summary>Whoever was typing when the thing was taken away is told so, and loses no word.</summary>
    /// <param name="what">What it is, in a word.</param>
    public static void RefuseTooLate(this PageModel page, string what) =>
        page.ModelState.AddModelError(
            "",
            $"Nothing was changed: this {what} has since been taken down, or joined to another. What you typed is still here."
        );

    /// <summary>The token of the home in a key that names one thing of it.</summary>
    static string? HomeOf(string? token) => token is { Length: LinkToken.Length + IdLength } ? token[..LinkToken.Length] : null;
}
