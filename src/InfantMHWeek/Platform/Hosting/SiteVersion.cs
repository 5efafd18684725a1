namespace InfantMHWeek.Platform.Hosting;

/// <summary>The version of the program (<c>Directory.Build.props</c>), for logs, reports and whoever watches several instances.</summary>
static class SiteVersion
{
    /// <summary>The header in which <c>/health/live</c> tells it.</summary>
    public const string Header = "Site-Version";

    /// <summary><c>1.1.0</c></summary>
    public static readonly string Current = typeof(SiteVersion).Assembly.GetName().Version!.ToString(3);
}
