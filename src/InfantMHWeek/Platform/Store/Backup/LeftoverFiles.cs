using InfantMHWeek.Platform.Configuration;

namespace InfantMHWeek.Platform.Store.Backup;

/// <summary>What killed processes and old restores had left when the site was started, for its log.</summary>
sealed record LeftoverFiles(IReadOnlyList<string> Sentences)
{
    /// <summary>
    /// Takes away what can be taken away, and finishes a restore that was interrupted. Before the content is read, because it may
    /// still have to be moved.
    /// </summary>
    /// <exception cref="SettingsException">The site must not be started on what lies there.</exception>
    public static void Clear(WebApplicationBuilder builder)
    {
        var sentences = SiteRestore.ClearLeftovers(builder.Configuration);
        SiteBackup.ClearLeftovers(new NightlyBackup(builder.Configuration, TimeProvider.System).Folder, builder.Configuration);
        builder.Services.AddSingleton(new LeftoverFiles(sentences));
    }
}
