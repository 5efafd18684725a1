using System.Net;

namespace InfantMHWeek.Platform.Hosting.FromOutside;

/// <summary>Whether the site is there under its own name and over https only.</summary>
sealed class OutsideNames(OutsideVisit visit, int plainPort)
{
    public async Task LookAsync()
    {
        await LookAtPlainHttpAsync();
        await LookAtForgedHostAsync();
    }

    async Task LookAtPlainHttpAsync()
    {
        var address = new UriBuilder(visit.Site)
        {
            Scheme = Uri.UriSchemeHttp,
            Port = plainPort,
            Path = "/themes",
        }.Uri;
        try
        {
            using var answer = await visit.AskAsync(address);
            var to = answer.Headers.Location;
            visit.Found.Is(
                answer.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.PermanentRedirect
                    && to?.Host == visit.Site.Host
                    && to.Scheme == Uri.UriSchemeHttps
                    && to.AbsolutePath == "/themes",
                $"Port {plainPort} leads to https.",
                $"Port {plainPort} answers {(int)answer.StatusCode}{(to is null ? "" : $" and leads to {to}")}.",
                $"It must lead to {new Uri(visit.Site, "/themes")} for good (301)."
            );
            using var forged = await visit.AskAsync(address, ("Host", OutsideVisit.Forged));
            visit.Found.Is(
                forged.Headers.Location?.OriginalString.Contains(OutsideVisit.Forged, StringComparison.OrdinalIgnoreCase) is not true,
                $"Port {plainPort} leads nowhere else.",
                $"Port {plainPort} leads to whatever name a visitor's request has.",
                "nginx: return 301 https://$server_name$request_uri, and a default server that answers nothing."
            );
        }
        catch (Exception problem) when (OutsideVisit.IsUnanswered(problem))
        {
            if (problem is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError })
                visit.Found.Doubtful(
                    $"Port {plainPort} is closed.",
                    "Who types the address without https waits in vain, unless their browser knows better."
                );
            else
                visit.Found.Fine($"Port {plainPort} gives no answer under another name.");
        }
    }

    async Task LookAtForgedHostAsync()
    {
        try
        {
            using var answer = await visit.AskAsync(visit.At("/"), ("Host", OutsideVisit.Forged));
            var told = await OutsideVisit.TextAsync(answer) + answer.Headers;
            if (told.Contains(OutsideVisit.Forged, StringComparison.OrdinalIgnoreCase))
                visit.Found.Wrong(
                    "The site repeats whatever name a request has.",
                    "Set Site:BaseUrl, and let the proxy answer under your name only."
                );
            else if (answer.IsSuccessStatusCode)
                visit.Found.Doubtful(
                    "The site answers under any name.",
                    "Set Site:BaseUrl, and let the proxy answer under your name only."
                );
            else
                visit.Found.Fine($"Under another name it says {(int)answer.StatusCode}.");
        }
        catch (Exception problem) when (OutsideVisit.IsUnanswered(problem))
        {
            visit.Found.Fine("Under another name there is no answer.");
        }
    }
}
