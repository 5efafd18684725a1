using Microsoft.AspNetCore.Mvc;

namespace InfantMHWeek.Staff.SigningIn;

/// <summary>Where somebody wanted to go before they were asked to sign in. Only ever a page of the staff area.</summary>
static class ReturnUrl
{
    public static string Safe(this IUrlHelper url, string? to) =>
        to is not null
        && url.IsLocalUrl(to)
        && (to == "/staff" || to.StartsWith("/staff/", StringComparison.Ordinal) || to.StartsWith("/staff?", StringComparison.Ordinal))
        && !to.Contains("..", StringComparison.Ordinal)
            ? to
            : "/staff";

    /// <summary>The address of the next step, with the wish kept.</summary>
    public static string Keep(string step, string? to) => to is null ? step : $"{step}?to={Uri.EscapeDataString(to)}";
}
