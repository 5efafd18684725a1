using InfantMHWeek.Campaign.Content;

namespace InfantMHWeek.Campaign;

/// <summary>
/// A part of an address that is one of the names of a list: <c>{topic:topic}</c>, <c>{nation:nation?}</c>. Others are not found.
/// </summary>
abstract class OneOfRouteConstraint(Func<string, bool> isOne) : IRouteConstraint
{
    public bool Match(
        HttpContext? httpContext,
        IRouter? route,
        string routeKey,
        RouteValueDictionary values,
        RouteDirection routeDirection
    ) => values[routeKey] is string name && isOne(name);
}

sealed class TopicRouteConstraint() : OneOfRouteConstraint(name => SupportTopics.Find(name) is not null);

sealed class NationRouteConstraint() : OneOfRouteConstraint(name => Nations.LabelOf(name) is not null);
