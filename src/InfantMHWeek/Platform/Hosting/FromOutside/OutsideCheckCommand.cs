using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using InfantMHWeek.Platform.Configuration;

namespace InfantMHWeek.Platform.Hosting.FromOutside;

/// <summary>
/// <c>check --from-outside https://…</c>: asks the running site through its proxy, as a visitor would, and says for each thing whether
/// it is fine, doubtful or wrong, and what to do. It asks the address that is named and no other.
/// </summary>
static class OutsideCheckCommand
{
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IConfiguration settings, TextWriter output, TextWriter errors)
    {
        if (
            !Uri.TryCreate(settings.Option("from-outside"), UriKind.Absolute, out var site)
            || site.Scheme != Uri.UriSchemeHttps
            || site.PathAndQuery != "/"
            || site.UserInfo.Length > 0
        )
        {
            await errors.WriteLineAsync(
                "Write it like this: check --from-outside https://www.example.org [--at IP] [--ca FILE] [--accept-certificate true] "
                    + "[--http-port 80]"
            );
            return 2;
        }
        IPAddress? at = null;
        if (settings.Option("at") is { } place && !IPAddress.TryParse(place, out at))
            throw new SettingsException($"--at is \"{place}\"; write an IP address.");
        var port = 80;
        if (
            settings.Option("http-port") is { } typed
            && !(int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= ushort.MaxValue)
        )
            throw new SettingsException($"--http-port is \"{typed}\"; write a port, such as 80.");
        X509Certificate2Collection? roots = null;
        if (settings.Option("ca") is { } file)
            roots = RootsIn(file);
        var found = new OutsideFindings(output);
        using var client = new OutsideClient(site, at, roots);
        try
        {
            await new OutsideCheck(new(site, client, found), settings, settings.Flag("accept-certificate"), port).AllAsync();
        }
        catch (Exception problem) when (OutsideVisit.IsUnanswered(problem))
        {
            found.Wrong(
                $"{site} does not answer: {problem.GetBaseException().Message}.",
                "Does the name lead to this machine, does the proxy run, does it listen on this port?"
            );
        }
        await output.WriteLineAsync(
            found.Wrongs > 0 ? $"{found.Wrongs} wrong, {found.Doubts} doubtful."
            : found.Doubts > 0 ? $"Nothing is wrong; {found.Doubts} doubtful."
            : "All is fine."
        );
        return found.Wrongs > 0 ? 1 : 0;
    }

    static X509Certificate2Collection RootsIn(string file)
    {
        try
        {
            var roots = new X509Certificate2Collection();
            roots.ImportFromPemFile(file);
            return roots;
        }
        catch (Exception problem) when (problem is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"--ca names {file}, which cannot be read as a certificate: {problem.Message}");
        }
    }
}
