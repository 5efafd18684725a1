using InfantMHWeek.Campaign;
using InfantMHWeek.Contact;
using InfantMHWeek.Courses;
using InfantMHWeek.Events;
using InfantMHWeek.Platform;
using InfantMHWeek.Platform.Hosting;
using InfantMHWeek.Platform.Hosting.FromOutside;
using InfantMHWeek.Services;
using InfantMHWeek.Staff;

namespace InfantMHWeek;

/// <summary>Which features the site has.</summary>
static class SiteFeatures
{
    public static void AddFeatures(this WebApplicationBuilder builder)
    {
        builder.AddPlatform();
        builder.AddCampaign();
        builder.AddEvents();
        builder.AddFamilyServices();
        builder.AddCourses();
        builder.AddContact();
        builder.AddStaff();
    }

    /// <summary>What is needed to write a mail, and nothing else.</summary>
    public static void AddMailWordings(this WebApplicationBuilder builder)
    {
        builder.AddPlatform();
        builder.AddCampaign();
    }

    public static void MapFeatures(this WebApplication app)
    {
        app.MapStaticAssets();
        app.MapSeenRequest();
        app.MapHealth();
        app.MapCampaign();
        app.MapEvents();
        app.MapFamilyServices();
        app.MapCourses();
        app.MapRazorPages().WithStaticAssets();
    }
}
