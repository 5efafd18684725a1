using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace InfantMHWeek.Platform.Accounts;

/// <summary>
/// Who asks to look after something that an organiser offers: whoever holds a link's token, or a member of staff who acts for the
/// organiser and names the thing.
/// </summary>
/// <param name="Hash">Of the link's token.</param>
/// <param name="Asked">What the member of staff asks for.</param>
sealed record ManageLinkAccess(string Hash, Guid Asked, ClaimsPrincipal? Staff);

static class ActingKeys
{
    const string StaffMark = "staff-";

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
        return LinkToken.TryHash(token, out var hash) ? new(hash, Guid.Empty, Staff: null) : null;
    }
}
