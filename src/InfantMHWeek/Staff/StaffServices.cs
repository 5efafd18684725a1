namespace InfantMHWeek.Staff;

public static class StaffServices
{
    public static void AddStaff(this WebApplicationBuilder builder)
    {
    }

    public static void MapStaff(this IEndpointRouteBuilder routes)
    {
    }
}
