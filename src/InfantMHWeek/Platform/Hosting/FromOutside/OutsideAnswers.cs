using System.Net;
using InfantMHWeek.Platform.Telemetry;

namespace InfantMHWeek.Platform.Hosting.FromOutside;

/// <summary>Whether the proxy lets pages, files and forms through as the site made them.</summary>
sealed class OutsideAnswers(OutsideVisit visit)
{
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

    public async Task LookAsync()
    {
        foreach (var path in new[] { "/", "/nothing-is-here-", "/site.css", "/health/live" })
            await LookAtHeadersAsync(path);
        await LookAtFormsAsync();
    }

    async Task LookAtHeadersAsync(string path)
    {
        using var answer = await visit.AskAsync(visit.At(path));
        var missing = Headers.Where(h => !answer.Headers.Contains(h)).ToList();
        var twice = Headers.Where(h => answer.Headers.TryGetValues(h, out var values) && values.Count() > 1).ToList();
        if (missing.Count > 0)
            visit.Found.Wrong(
                $"{path} comes without {string.Join(", ", missing)}.",
                missing is ["Strict-Transport-Security"]
                    ? "Set ASPNETCORE_ENVIRONMENT=Production."
                    : "The proxy must not take the site's headers away."
            );
        if (twice.Count > 0)
            visit.Found.Wrong(
                $"{path} comes with two of {string.Join(", ", twice)}.",
                "The proxy adds what the site says already: take it out there."
            );
        if (missing.Count + twice.Count == 0)
            visit.Found.Fine($"{path} ({(int)answer.StatusCode}) has all headers that protect visitors.");
    }

    async Task LookAtFormsAsync()
    {
        using var form = await visit.AskAsync(visit.At("/contact/write"), ("Accept-Encoding", "br, gzip"));
        visit.Found.Is(
            form.StatusCode == HttpStatusCode.OK,
            "A form can be opened.",
            $"A form is answered {(int)form.StatusCode}.",
            "The site's log has the cause; often the proxy sends no X-Forwarded-Proto."
        );
        visit.Found.Is(
            form.Content.Headers.ContentEncoding.Count == 0,
            "Forms come without compression.",
            "Forms come compressed, so that their secret could be guessed from the size.",
            "Let the proxy compress nothing itself (nginx: gzip off)."
        );
        visit.Found.Is(
            // Each form has a secret of its own.
            form.StatusCode != HttpStatusCode.OK
                || await visit.DiffersEachTimeAsync(visit.At("/contact/write"), form, async answer => await OutsideVisit.TextAsync(answer)),
            "Forms are kept by nobody.",
            "Something in between keeps forms and gives one visitor's to another.",
            "Let the proxy keep only what the site marks with s-maxage, as Deploy/nginx-site.conf does."
        );
        if (form.Headers.TryGetValues("Set-Cookie", out var cookies))
            visit.Found.Is(
                cookies.All(c => c.Contains("secure", StringComparison.OrdinalIgnoreCase)),
                "Cookies never travel openly.",
                "A cookie may travel without encryption.",
                $"Set Site:BaseUrl={visit.Site.AbsoluteUri.TrimEnd('/')}"
            );
    }
}
