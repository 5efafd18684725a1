namespace InfantMHWeek.Events;

public static class EventServices
{
    public static void AddEvents(this WebApplicationBuilder builder)
    {
    }

    public static void MapEvents(this IEndpointRouteBuilder routes)
    {
    }
}
