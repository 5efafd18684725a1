using System.Net;

namespace InfantMHWeek.Platform.Hosting.FromOutside;

/// <summary>Whether the site believes its proxy, and nobody else, about who its visitors are.</summary>
sealed class OutsideForwarding(OutsideVisit visit, IConfiguration settings)
{
    public async Task LookAsync()
    {
        if (SeenRequest.NewToken(settings) is not { } token)
        {
            visit.Found.Doubtful(
                "What the site believes of its proxy cannot be seen from here.",
                "Run this where the site's data folder is, as its own user (Deploy/as-site)."
            );
            return;
        }
        var (honest, forged) = (
            await SeenAsync(token),
            await SeenAsync(
                token,
                ("X-Forwarded-For", OutsideVisit.ForgedAddress),
                ("X-Forwarded-Proto", "http"),
                ("X-Forwarded-Host", OutsideVisit.Forged),
                ("Forwarded", $"for={OutsideVisit.ForgedAddress};proto=http;host={OutsideVisit.Forged}"),
                ("X-Real-IP", OutsideVisit.ForgedAddress)
            )
        );
        if (honest is null || forged is null)
        {
            visit.Found.Doubtful(
                "The site does not know this check.",
                "Is it another site, an older one, or one with other keys (Data:Path)?"
            );
            return;
        }
        LookAtScheme(honest, forged);
        LookAtOrigin(honest, forged);
        visit.Found.Is(
            !Version.TryParse(honest.Runtime, out var runtime) || runtime >= SafeRuntime.Oldest,
            $"The runtime is {honest.Runtime}.",
            $"The runtime is {honest.Runtime}, which has known holes.",
            $"Publish the site again with {SafeRuntime.Oldest} or newer."
        );
        visit.LookAtClock("The site's clock", honest.Time, OutsideVisit.ClockDoubtful);
    }

    void LookAtScheme(SeenRequest honest, SeenRequest forged)
    {
        visit.Found.Is(
            honest.Scheme == "https",
            "The site knows that visitors use https.",
            "The site takes its visitors for coming over http.",
            honest.PeerIsKnown
                ? "The proxy sends no X-Forwarded-Proto. nginx: proxy_set_header X-Forwarded-Proto $scheme;"
                : $"Set ReverseProxy:KnownAddresses={honest.Peer}, if that is your proxy."
        );
        if (honest.Scheme == "https")
            visit.Found.Is(
                forged.Scheme == "https",
                "No visitor can change that.",
                "A visitor can make the site believe in http.",
                "The proxy must set X-Forwarded-Proto, not pass it on."
            );
        visit.Found.Is(
            string.Equals(honest.Host, visit.Site.Authority, StringComparison.OrdinalIgnoreCase)
                || string.Equals(honest.Host, visit.Site.Host, StringComparison.OrdinalIgnoreCase),
            "The proxy passes the site's name on.",
            $"The proxy asks for {honest.Host}.",
            "nginx: proxy_set_header Host $server_name;"
        );
    }

    void LookAtOrigin(SeenRequest honest, SeenRequest forged)
    {
        if (forged.From == OutsideVisit.ForgedAddress)
            visit.Found.Wrong(
                "A visitor can say where they come from, and so pass every limit.",
                "The proxy must set X-Forwarded-For, never add to it. nginx: proxy_set_header X-Forwarded-For $remote_addr;"
            );
        else if (honest.PeerIsKnown && honest.ForwardedFor is null)
            visit.Found.Wrong(
                "To the site all visitors come from the proxy, so that the limits of one hold for all.",
                "nginx: proxy_set_header X-Forwarded-For $remote_addr;"
            );
        else if (!honest.PeerIsKnown && honest.ForwardedFor is not null)
            visit.Found.Wrong(
                "The site does not believe its proxy, so that the limits of one visitor hold for all.",
                $"Set ReverseProxy:KnownAddresses={honest.Peer}, if that is your proxy."
            );
        else
            visit.Found.Fine("The site knows visitors apart, and no visitor can pretend.");
        if (forged.ForwardedHost is not null)
            visit.Found.Doubtful(
                "The proxy passes X-Forwarded-Host on from visitors; the site takes no notice.",
                "nginx: proxy_set_header X-Forwarded-Host \"\";"
            );
    }

    async Task<SeenRequest?> SeenAsync(string token, params (string, string)[] more)
    {
        using var answer = await visit.AskAsync(visit.At(SeenRequest.Path), [(SeenRequest.TokenHeader, token), .. more]);
        return answer.StatusCode == HttpStatusCode.OK && answer.Content.Headers.ContentType?.MediaType == "application/json"
            ? await answer.Content.ReadFromJsonAsync<SeenRequest>()
            : null;
    }
}
