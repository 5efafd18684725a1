using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

namespace InfantMHWeek.Platform.Accounts;

public enum StaffStep
{
    /// <summary>The password was right; the second proof is missing.</summary>
    Code,
    /// <summary>There is no second proof yet; it must be made.</summary>
    SetUp,
    /// <summary>Somebody who is signed in is making a new code app.</summary>
    NewApp,
    /// <summary>All is proven; the recovery codes are to be shown once.</summary>
    Codes,
}

/// <summary>Somebody on their way in, between two pages. Remembered in an encrypted cookie that opens nothing but the next page.</summary>
/// <param name="Note">The key for a new code app, or the recovery codes to be shown.</param>
public sealed record PersonAtTheDoor(Guid StaffId, StaffStep Step, string Note)
{
    public const string Scheme = "Staff.Step";

    public static async Task<PersonAtTheDoor?> Find(HttpContext http, params StaffStep[] steps)
    {
        var known = await http.AuthenticateAsync(Scheme);
        return known.Succeeded && Guid.TryParse(known.Principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
            && Enum.TryParse<StaffStep>(known.Principal.FindFirstValue("step"), out var step) && steps.Contains(step)
            ? new(id, step, known.Principal.FindFirstValue("note") ?? "") : null;
    }

    public Task Remember(HttpContext http) => http.SignInAsync(Scheme, new ClaimsPrincipal(new ClaimsIdentity(
        [new(ClaimTypes.NameIdentifier, StaffId.ToString()), new("step", Step.ToString()), new("note", Note)], Scheme)));

    public static Task Forget(HttpContext http) => http.SignOutAsync(Scheme);
}

/// <summary>A browser in which somebody has signed in before.</summary>
public static class KnownDevice
{
    public const string Scheme = "Staff.Device";
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(180);

    /// <returns>The device's own id, or null if it is not known as this person's.</returns>
    public static async Task<string?> Find(HttpContext http, Guid? staff)
    {
        var known = await http.AuthenticateAsync(Scheme);
        return known.Succeeded && staff is not null && known.Principal.FindFirstValue(ClaimTypes.NameIdentifier) == staff.ToString() ? known.Principal.FindFirstValue("device") : null;
    }

    public static async Task Remember(HttpContext http, Guid staff) => await http.SignInAsync(Scheme, new ClaimsPrincipal(new ClaimsIdentity(
        [new(ClaimTypes.NameIdentifier, staff.ToString()), new("device", await Find(http, staff) ?? Guid.NewGuid().ToString("N"))], Scheme)), new() { IsPersistent = true });
}
