using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.Extensions.DependencyInjection;

namespace InfantMHWeek.Tests;

/// <summary>
/// What the framework works out about the program's types, and compiles for each view, is the same for every site of a run.
/// Only such caches are shared, nothing that has a setting, a key or a row in it: they are a third of a start.
/// </summary>
static class FrameworkParts
{
    static IModelMetadataProvider? metadata;
    static IRazorPageActivator? activator;

    public static void ShareIn(IServiceCollection services)
    {
        services.AddSingleton(site => Once(ref metadata, () => ActivatorUtilities.CreateInstance<DefaultModelMetadataProvider>(site)));
        services.AddSingleton(site => Once(ref activator, () => ActivatorUtilities.CreateInstance<RazorPageActivator>(site)));
    }

    // Without a lock: whoever asks holds one of the site's own already, and the second of two makes the same.
    static T Once<T>(ref T? made, Func<T> make)
        where T : class => Volatile.Read(ref made) ?? Interlocked.CompareExchange(ref made, make(), null) ?? made;
}
