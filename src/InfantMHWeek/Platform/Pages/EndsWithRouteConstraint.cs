namespace InfantMHWeek.Platform.Pages;

/// <summary>A route's last part with a given ending, and something before it: <c>{**file:ending(.csv)}</c>.</summary>
sealed class EndsWithRouteConstraint(string ending) : IRouteConstraint
{
    public bool Match(
        HttpContext? httpContext,
        IRouter? route,
        string routeKey,
        RouteValueDictionary values,
        RouteDirection routeDirection
    ) => values[routeKey] is string text && text.Length > ending.Length && text.EndsWith(ending, StringComparison.Ordinal);
}
