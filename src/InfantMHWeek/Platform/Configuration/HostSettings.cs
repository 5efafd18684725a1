namespace InfantMHWeek.Platform.Configuration;

/// <summary>The framework's own settings, which it would answer with a stack trace or, worse, take as they are.</summary>
static class HostSettings
{
    static readonly string[] Names = [Environments.Production, Environments.Staging, Environments.Development];

    /// <exception cref="SettingsException">One of them cannot work.</exception>
    public static void Check(WebApplicationBuilder builder)
    {
        var (site, settings) = (builder.Environment, builder.Configuration);
        if (!Names.Contains(site.EnvironmentName, StringComparer.OrdinalIgnoreCase))
            throw new SettingsException($"ASPNETCORE_ENVIRONMENT is \"{site.EnvironmentName}\"; write {string.Join(" or ", Names)}.");
        if (string.Equals(settings["ForwardedHeaders_Enabled"], "true", StringComparison.OrdinalIgnoreCase))
            throw new SettingsException(
                "ASPNETCORE_FORWARDEDHEADERS_ENABLED is true, so that any visitor could say where they come from; take it away and name "
                    + "your proxy in ReverseProxy:KnownAddresses."
            );
        foreach (var address in Written(settings["urls"], ';'))
            if (!IsAddress(address))
                throw new SettingsException($"urls holds \"{address}\"; write where to listen, such as http://127.0.0.1:5080.");
        foreach (var name in (ReadOnlySpan<string>)["http_ports", "https_ports"])
        foreach (var port in Written(settings[name], ';'))
            if (!ushort.TryParse(port, out _))
                throw new SettingsException($"{name} holds \"{port}\"; write a port, such as 5080.");
    }

    static string[] Written(string? value, char between) =>
        (value ?? "").Split(between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    static bool IsAddress(string text)
    {
        try
        {
            var address = BindingAddress.Parse(text);
            return address.Scheme is "http" or "https"
                && (address.IsUnixPipe || (address.Host.Length > 0 && address.Port is >= 0 and <= ushort.MaxValue))
                && address.PathBase.Length == 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
