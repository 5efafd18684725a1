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
/// <param name="accept">A certificate that is not trusted is only doubtful.</param>
/// <param name="plainPort">Where plain http is answered.</param>
sealed class OutsideCheck(Uri site, OutsideClient client, IConfiguration settings, bool accept, int plainPort, OutsideFindings found)
{
    const string Forged = "forged.example",
        ForgedAddress = "198.51.100.77";
    const int FewDays = 21;
    static readonly TimeSpan ClockDoubtful = TimeSpan.FromSeconds(5),
        ClockWrong = TimeSpan.FromMinutes(1);

    static readonly string[] Headers =
    [
        "Content-Security-Policy",
        "X-Content-Type-Options",
        "Referrer-Policy",
        "Cross-Origin-Opener-Policy",
        "Cross-Origin-Embedder-Policy",
        "Cross-Origin-Resource-Policy",
        "Permissions-Policy",
        "Strict-Transport-Security",
        RequestId.Header,
    ];

    /// <returns>The exit code.</returns>
    public static async Task<int> Run(IConfiguration settings, TextWriter output, TextWriter errors)
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
            await new OutsideCheck(site, client, settings, settings.Flag("accept-certificate"), port, found).All();
        }
        catch (Exception problem) when (IsUnanswered(problem))
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

    static bool IsUnanswered(Exception problem) => problem is HttpRequestException or TaskCanceledException or IOException;

    Uri At(string path) => new(site, path);

    async Task All()
    {
        if (SiteAddress.BaseOf(settings) is { } set)
            found.Is(
                set == site,
                $"Site:BaseUrl is {set}.",
                $"Site:BaseUrl is {set}, and you asked {site}.",
                "Set it to the address that the public uses."
            );
        using (var page = await client.Ask(site, ("Accept-Encoding", "br, gzip")))
            await LookAtFirstPage(page);
        LookAtCertificate();
        await LookAtAddresses();
        foreach (var path in new[] { "/", "/nothing-is-here-", "/site.css", "/health/live" })
            await LookAtHeaders(path);
        await LookAtForms();
        await LookAtPlainHttp();
        await LookAtForgedHost();
        await LookAtForwarding();
        using var ready = await client.Ask(At("/health/ready"));
        found.Is(ready.IsSuccessStatusCode, "The site is ready.", $"The site is not ready: {await Text(ready)}.", "Look at /staff/health.");
    }

    async Task LookAtFirstPage(HttpResponseMessage page)
    {
        found.Is(
            page.StatusCode == HttpStatusCode.OK,
            "The first page is answered.",
            $"The first page is answered {(int)page.StatusCode}.",
            page.StatusCode == HttpStatusCode.MisdirectedRequest
                ? "Site:BaseUrl has another name."
                : "Look into the logs of the proxy and the site."
        );
        if (page.Version.Major >= 2)
            found.Fine("It comes over HTTP/2.");
        else
            found.Doubtful($"It comes over HTTP/{page.Version}.", "HTTP/2 loads a page in one go; nginx: listen 443 ssl http2.");
        var encoding = page.Content.Headers.ContentEncoding.FirstOrDefault();
        if (encoding == "br")
            found.Fine("Pages come compressed as the site made them.");
        else
            found.Doubtful(
                encoding is null ? "Pages come without compression." : $"Pages come compressed as {encoding}, not as the site made them.",
                "Let the proxy pass Accept-Encoding on and compress nothing itself (nginx: gzip off)."
            );
        if (page.Headers.Date is { } date)
            LookAtClock("The proxy's clock", date, ClockDoubtful + TimeSpan.FromSeconds(1));
        if (page.Headers.Server.ToString() is { } server && server.Any(char.IsDigit))
            found.Doubtful($"The proxy tells its version ({server}).", "nginx: server_tokens off.");
        using var again = await client.Ask(site, ("Accept-Encoding", "br, gzip"));
        var (first, second) = (IdOf(page), IdOf(again));
        found.Is(
            first is not null && second is not null && first != second,
            "Every answer has a reference of its own.",
            first is null ? "Answers have no Request-Id." : "Two answers have the same Request-Id.",
            first is null
                ? "Does the proxy take headers away, or is it another site?"
                : "Something in between keeps answers and sends them again."
        );
        _ = await Text(page);
    }

    static string? IdOf(HttpResponseMessage answer) => answer.Headers.TryGetValues(RequestId.Header, out var ids) ? ids.First() : null;

    void LookAtCertificate()
    {
        if (client.Certificate is not { } certificate)
            return;
        if (client.Distrust is not { } why)
            found.Fine("The certificate is trusted.");
        else if (accept)
            found.Doubtful($"The certificate is not trusted ({why}); you said to accept it.", "");
        else
            found.Wrong(
                $"The certificate is not trusted: {why}.",
                "Browsers will turn visitors away. Get one from a public authority, or name yours with --ca FILE."
            );
        var days = (int)(certificate.NotAfter.ToUniversalTime() - TimeProvider.System.GetUtcNow().UtcDateTime).TotalDays;
        if (days >= FewDays)
            found.Fine($"The certificate holds for {days} days.");
        else if (days >= 0)
            found.Doubtful($"The certificate holds for {days} more days.", "Is it renewed by itself?");
        else
            found.Wrong("The certificate has ended.", "Renew it now.");
    }

    async Task LookAtAddresses()
    {
        using var robots = await client.Ask(At("/robots.txt"));
        var line = (await Text(robots)).Split('\n').FirstOrDefault(l => l.StartsWith("Sitemap: ", StringComparison.Ordinal));
        found.Is(
            line?.StartsWith("Sitemap: " + site.AbsoluteUri, StringComparison.Ordinal) is true,
            "The site's own links begin with this address.",
            line is null
                ? "The site tells no address of its own."
                : $"The site's own links begin otherwise ({line["Sitemap: ".Length..]}).",
            $"Set Site:BaseUrl={site.AbsoluteUri.TrimEnd('/')}"
        );
    }

    async Task LookAtHeaders(string path)
    {
        using var answer = await client.Ask(At(path));
        var missing = Headers.Where(h => !answer.Headers.Contains(h)).ToList();
        var twice = Headers.Where(h => answer.Headers.TryGetValues(h, out var values) && values.Count() > 1).ToList();
        if (missing.Count > 0)
            found.Wrong(
                $"{path} comes without {string.Join(", ", missing)}.",
                missing is ["Strict-Transport-Security"]
                    ? "Set ASPNETCORE_ENVIRONMENT=Production."
                    : "The proxy must not take the site's headers away."
            );
        if (twice.Count > 0)
            found.Wrong(
                $"{path} comes with two of {string.Join(", ", twice)}.",
                "The proxy adds what the site says already: take it out there."
            );
        if (missing.Count + twice.Count == 0)
            found.Fine($"{path} ({(int)answer.StatusCode}) has all headers that protect visitors.");
    }

    async Task LookAtForms()
    {
        using var form = await client.Ask(At("/contact/write"), ("Accept-Encoding", "br, gzip"));
        found.Is(
            form.StatusCode == HttpStatusCode.OK,
            "A form can be opened.",
            $"A form is answered {(int)form.StatusCode}.",
            "The site's log has the cause; often the proxy sends no X-Forwarded-Proto."
        );
        found.Is(
            form.Content.Headers.ContentEncoding.Count == 0,
            "Forms come without compression.",
            "Forms come compressed, so that their secret could be guessed from the size.",
            "Let the proxy compress nothing itself (nginx: gzip off)."
        );
        // Each form has a secret of its own.
        using var another = await client.Ask(At("/contact/write"), ("Accept-Encoding", "br, gzip"));
        found.Is(
            form.StatusCode != HttpStatusCode.OK || await Text(form) != await Text(another),
            "Forms are kept by nobody.",
            "Something in between keeps forms and gives one visitor's to another.",
            "Let the proxy keep only what the site marks with s-maxage, as Deploy/nginx-site.conf does."
        );
        if (form.Headers.TryGetValues("Set-Cookie", out var cookies))
            found.Is(
                cookies.All(c => c.Contains("secure", StringComparison.OrdinalIgnoreCase)),
                "Cookies never travel openly.",
                "A cookie may travel without encryption.",
                $"Set Site:BaseUrl={site.AbsoluteUri.TrimEnd('/')}"
            );
    }

    async Task LookAtPlainHttp()
    {
        var address = new UriBuilder(site)
        {
            Scheme = Uri.UriSchemeHttp,
            Port = plainPort,
            Path = "/themes",
        }.Uri;
        try
        {
            using var answer = await client.Ask(address);
            var to = answer.Headers.Location;
            found.Is(
                answer.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.PermanentRedirect
                    && to?.Host == site.Host
                    && to.Scheme == Uri.UriSchemeHttps
                    && to.AbsolutePath == "/themes",
                $"Port {plainPort} leads to https.",
                $"Port {plainPort} answers {(int)answer.StatusCode}{(to is null ? "" : $" and leads to {to}")}.",
                $"It must lead to {new Uri(site, "/themes")} for good (301)."
            );
            using var forged = await client.Ask(address, ("Host", Forged));
            found.Is(
                forged.Headers.Location?.OriginalString.Contains(Forged, StringComparison.OrdinalIgnoreCase) is not true,
                $"Port {plainPort} leads nowhere else.",
                $"Port {plainPort} leads to whatever name a visitor's request has.",
                "nginx: return 301 https://$server_name$request_uri, and a default server that answers nothing."
            );
        }
        catch (Exception problem) when (IsUnanswered(problem))
        {
            if (problem is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError })
                found.Doubtful(
                    $"Port {plainPort} is closed.",
                    "Who types the address without https waits in vain, unless their browser knows better."
                );
            else
                found.Fine($"Port {plainPort} gives no answer under another name.");
        }
    }

    async Task LookAtForgedHost()
    {
        try
        {
            using var answer = await client.Ask(At("/"), ("Host", Forged));
            var told = await Text(answer) + answer.Headers;
            if (told.Contains(Forged, StringComparison.OrdinalIgnoreCase))
                found.Wrong(
                    "The site repeats whatever name a request has.",
                    "Set Site:BaseUrl, and let the proxy answer under your name only."
                );
            else if (answer.IsSuccessStatusCode)
                found.Doubtful("The site answers under any name.", "Set Site:BaseUrl, and let the proxy answer under your name only.");
            else
                found.Fine($"Under another name it says {(int)answer.StatusCode}.");
        }
        catch (Exception problem) when (IsUnanswered(problem))
        {
            found.Fine("Under another name there is no answer.");
        }
    }

    async Task LookAtForwarding()
    {
        if (SeenRequest.NewToken(settings) is not { } token)
        {
            found.Doubtful(
                "What the site believes of its proxy cannot be seen from here.",
                "Run this where the site's data folder is, as its own user (Deploy/as-site)."
            );
            return;
        }
        var (honest, forged) = (
            await Seen(token),
            await Seen(
                token,
                ("X-Forwarded-For", ForgedAddress),
                ("X-Forwarded-Proto", "http"),
                ("X-Forwarded-Host", Forged),
                ("Forwarded", $"for={ForgedAddress};proto=http;host={Forged}"),
                ("X-Real-IP", ForgedAddress)
            )
        );
        if (honest is null || forged is null)
        {
            found.Doubtful("The site does not know this check.", "Is it another site, an older one, or one with other keys (Data:Path)?");
            return;
        }
        found.Is(
            honest.Scheme == "https",
            "The site knows that visitors use https.",
            "The site takes its visitors for coming over http.",
            honest.PeerIsKnown
                ? "The proxy sends no X-Forwarded-Proto. nginx: proxy_set_header X-Forwarded-Proto $scheme;"
                : $"Set ReverseProxy:KnownAddresses={honest.Peer}, if that is your proxy."
        );
        if (honest.Scheme == "https")
            found.Is(
                forged.Scheme == "https",
                "No visitor can change that.",
                "A visitor can make the site believe in http.",
                "The proxy must set X-Forwarded-Proto, not pass it on."
            );
        found.Is(
            string.Equals(honest.Host, site.Authority, StringComparison.OrdinalIgnoreCase)
                || string.Equals(honest.Host, site.Host, StringComparison.OrdinalIgnoreCase),
            "The proxy passes the site's name on.",
            $"The proxy asks for {honest.Host}.",
            "nginx: proxy_set_header Host $server_name;"
        );
        if (forged.From == ForgedAddress)
            found.Wrong(
                "A visitor can say where they come from, and so pass every limit.",
                "The proxy must set X-Forwarded-For, never add to it. nginx: proxy_set_header X-Forwarded-For $remote_addr;"
            );
        else if (honest.PeerIsKnown && honest.ForwardedFor is null)
            found.Wrong(
                "To the site all visitors come from the proxy, so that the limits of one hold for all.",
                "nginx: proxy_set_header X-Forwarded-For $remote_addr;"
            );
        else if (!honest.PeerIsKnown && honest.ForwardedFor is not null)
            found.Wrong(
                "The site does not believe its proxy, so that the limits of one visitor hold for all.",
                $"Set ReverseProxy:KnownAddresses={honest.Peer}, if that is your proxy."
            );
        else
            found.Fine("The site knows visitors apart, and no visitor can pretend.");
        if (forged.ForwardedHost is not null)
            found.Doubtful(
                "The proxy passes X-Forwarded-Host on from visitors; the site takes no notice.",
                "nginx: proxy_set_header X-Forwarded-Host \"\";"
            );
        found.Is(
            !Version.TryParse(honest.Runtime, out var runtime) || runtime >= StartupCheck.SafeRuntime,
            $"The runtime is {honest.Runtime}.",
            $"The runtime is {honest.Runtime}, which has known holes.",
            $"Publish the site again with {StartupCheck.SafeRuntime} or newer."
        );
        LookAtClock("The site's clock", honest.Time, ClockDoubtful);
    }

    async Task<SeenRequest?> Seen(string token, params (string, string)[] more)
    {
        using var answer = await client.Ask(At(SeenRequest.Path), [(SeenRequest.TokenHeader, token), .. more]);
        return answer.StatusCode == HttpStatusCode.OK && answer.Content.Headers.ContentType?.MediaType == "application/json"
            ? await answer.Content.ReadFromJsonAsync<SeenRequest>()
            : null;
    }

    void LookAtClock(string whose, DateTimeOffset says, TimeSpan doubtful)
    {
        var apart = (says - TimeProvider.System.GetUtcNow()).Duration();
        var seconds = ((long)apart.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        if (apart < doubtful)
            found.Fine($"{whose} agrees with this machine's.");
        else if (apart < ClockWrong)
            found.Doubtful($"{whose} is {seconds} seconds away from this machine's.", "Does a time service run on both?");
        else
            found.Wrong(
                $"{whose} is {seconds} seconds away from this machine's.",
                "Start a time service: links and codes end by the clock."
            );
    }

    static async Task<string> Text(HttpResponseMessage answer)
    {
        const int Most = 200_000;
        var text = await answer.Content.ReadAsStringAsync();
        return text.Length > Most ? text[..Most] : text;
    }
}
