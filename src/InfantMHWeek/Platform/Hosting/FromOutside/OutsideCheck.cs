using System.Net;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Telemetry;

namespace InfantMHWeek.Platform.Hosting.FromOutside;

/// <summary>Looks at the site as a visitor meets it: first page and certificate, then everything that is answered and how.</summary>
/// <param name="accept">A certificate that is not trusted is only doubtful.</param>
/// <param name="plainPort">Where plain http is answered.</param>
sealed class OutsideCheck(OutsideVisit visit, IConfiguration settings, bool accept, int plainPort)
{
    const int FewDays = 21;

    public async Task AllAsync()
    {
        if (SiteAddress.BaseOf(settings) is { } set)
            visit.Found.Is(
                set == visit.Site,
                $"Site:BaseUrl is {set}.",
                $"Site:BaseUrl is {set}, and you asked {visit.Site}.",
                "Set it to the address that the public uses."
            );
        using (var page = await visit.AskAsync(visit.Site, ("Accept-Encoding", "br, gzip")))
            await LookAtFirstPageAsync(page);
        LookAtCertificate();
        await LookAtAddressesAsync();
        await new OutsideAnswers(visit).LookAsync();
        await new OutsideNames(visit, plainPort).LookAsync();
        await new OutsideForwarding(visit, settings).LookAsync();
        using var ready = await visit.AskAsync(visit.At("/health/ready"));
        visit.Found.Is(
            ready.IsSuccessStatusCode,
            "The site is ready.",
            $"The site is not ready: {await OutsideVisit.TextAsync(ready)}.",
            "Look at /staff/health."
        );
    }

    async Task LookAtFirstPageAsync(HttpResponseMessage page)
    {
        visit.Found.Is(
            page.StatusCode == HttpStatusCode.OK,
            "The first page is answered.",
            $"The first page is answered {(int)page.StatusCode}.",
            page.StatusCode == HttpStatusCode.MisdirectedRequest
                ? "Site:BaseUrl has another name."
                : "Look into the logs of the proxy and the site."
        );
        if (page.Version.Major >= 2)
            visit.Found.Fine("It comes over HTTP/2.");
        else
            visit.Found.Doubtful($"It comes over HTTP/{page.Version}.", "HTTP/2 loads a page in one go; nginx: listen 443 ssl http2.");
        var encoding = page.Content.Headers.ContentEncoding.FirstOrDefault();
        if (encoding == "br")
            visit.Found.Fine("Pages come compressed as the site made them.");
        else
            visit.Found.Doubtful(
                encoding is null ? "Pages come without compression." : $"Pages come compressed as {encoding}, not as the site made them.",
                "Let the proxy pass Accept-Encoding on and compress nothing itself (nginx: gzip off)."
            );
        if (page.Headers.Date is { } date)
            visit.LookAtClock("The proxy's clock", date, OutsideVisit.ClockDoubtful + TimeSpan.FromSeconds(1));
        if (page.Headers.Server.ToString() is { } server && server.Any(char.IsDigit))
            visit.Found.Doubtful($"The proxy tells its version ({server}).", "nginx: server_tokens off.");
        var first = IdOf(page);
        visit.Found.Is(
            first is not null && await visit.DiffersEachTimeAsync(visit.Site, page, answer => Task.FromResult(IdOf(answer))),
            "Every answer has a reference of its own.",
            first is null ? "Answers have no Request-Id." : "Two answers have the same Request-Id.",
            first is null
                ? "Does the proxy take headers away, or is it another site?"
                : "Something in between keeps answers and sends them again."
        );
        _ = await OutsideVisit.TextAsync(page);
    }

    static string? IdOf(HttpResponseMessage answer) => answer.Headers.TryGetValues(RequestId.Header, out var ids) ? ids.First() : null;

    void LookAtCertificate()
    {
        if (visit.Client.Certificate is not { } certificate)
            return;
        if (visit.Client.Distrust is not { } why)
            visit.Found.Fine("The certificate is trusted.");
        else if (accept)
            visit.Found.Doubtful($"The certificate is not trusted ({why}); you said to accept it.", "");
        else
            visit.Found.Wrong(
                $"The certificate is not trusted: {why}.",
                "Browsers will turn visitors away. Get one from a public authority, or name yours with --ca FILE."
            );
        var days = (int)(certificate.NotAfter.ToUniversalTime() - TimeProvider.System.GetUtcNow().UtcDateTime).TotalDays;
        if (days >= FewDays)
            visit.Found.Fine($"The certificate holds for {days} days.");
        else if (days >= 0)
            visit.Found.Doubtful($"The certificate holds for {days} more days.", "Is it renewed by itself?");
        else
            visit.Found.Wrong("The certificate has ended.", "Renew it now.");
    }

    async Task LookAtAddressesAsync()
    {
        using var robots = await visit.AskAsync(visit.At("/robots.txt"));
        var line = (await OutsideVisit.TextAsync(robots))
            .Split('\n')
            .FirstOrDefault(l => l.StartsWith("Sitemap: ", StringComparison.Ordinal));
        visit.Found.Is(
            line?.StartsWith("Sitemap: " + visit.Site.AbsoluteUri, StringComparison.Ordinal) is true,
            "The site's own links begin with this address.",
            line is null
                ? "The site tells no address of its own."
                : $"The site's own links begin otherwise ({line["Sitemap: ".Length..]}).",
            $"Set Site:BaseUrl={visit.Site.AbsoluteUri.TrimEnd('/')}"
        );
    }
}
