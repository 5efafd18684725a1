using Microsoft.Extensions.Options;

namespace InfantMHWeek.Platform.Configuration;

static class SettingsServices
{
    /// <summary>
    /// Reads an options class once, at the start, and gives it to whoever asks for it or for its <see cref="IOptions{T}"/>.
    /// </summary>
    /// <exception cref="SettingsException">A value cannot work.</exception>
    public static T AddSettings<T>(this WebApplicationBuilder builder)
        where T : class, new()
    {
        var settings = SettingsReader.Read<T>(builder.Configuration);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(Options.Create(settings));
        builder.Services.AddSingleton(new SettingsSection(typeof(T)));
        return settings;
    }

    /// <summary>The sections that the features added so far read.</summary>
    public static IEnumerable<SettingsSection> SettingsSections(this IServiceCollection services) =>
        services.Select(s => s.IsKeyedService ? null : s.ImplementationInstance).OfType<SettingsSection>();
}
