using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace InfantMHWeek.Platform.Pages;

static class PageServices
{
    /// <summary>Razor Pages, without what looks at every class and property of the program at each start: it has no controllers.</summary>
    public static void AddPages(this WebApplicationBuilder builder)
    {
        builder
            .Services.AddRazorPages(pages => pages.RootDirectory = "/")
            .ConfigureApplicationPartManager(parts =>
            {
                foreach (var controllers in parts.FeatureProviders.OfType<ControllerFeatureProvider>().ToList())
                    parts.FeatureProviders.Remove(controllers);
            });
        var parts = builder.Services.Single(s => s.ServiceType == typeof(IPageApplicationModelPartsProvider));
        builder.Services.Replace(
            ServiceDescriptor.Singleton<IPageApplicationModelPartsProvider>(made => new BoundPropertiesOnly(
                (IPageApplicationModelPartsProvider)ActivatorUtilities.CreateInstance(made, parts.ImplementationType!)
            ))
        );
    }
}
