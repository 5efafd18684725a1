using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace InfantMHWeek.Tests.Platform.Hosting;

/// <summary>Whatever is sent to whichever address, the answer comes in words, soon, and is never a fault of ours.</summary>
[OneStore("requests that never get as far")]
public sealed partial class OddRequestTests(RealSite real, ServedBehindProxy served) : IClassFixture<ServedBehindProxy>
{
    const string Form = "application/x-www-form-urlencoded",
        Boundary = "multipart/form-data; boundary=b";

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>What is sent, by what is odd about it: the type, the body, and a header more.</summary>
    static readonly (string Type, string Body, string? Header, string? Value)[] Odd =
    [
        (Form + "; charset=utf-7", "a=b", null, null),
        (Form + "; charset=utf-16", "a=b", null, null),
        (Form + "; charset=nonsense", "a=b", null, null),
        (Form + "; charset=\"\"", "a=b", null, null),
        (Form + ";;;=", "a=b", null, null),
        (Form, "a=%ZZ&%=%&b=%00&%ff%fe=%ed%a0%80", null, null),
        (Form, string.Join('&', Enumerable.Range(0, 5000).Select(n => $"f{n}=x")), null, null),
        (Form, new string('n', 5000) + "=x", null, null),
        (Form, "x=" + new string('x', 60_000), null, null),
        (Form, string.Concat(Enumerable.Repeat("a[b].", 300)) + "c=x", null, null),
        (Form, "Form=not-a-guid&Id=also-not&__RequestVerificationToken=%00", null, null),
        (Form, "__RequestVerificationToken=a&__RequestVerificationToken=b", null, null),
        (Form, "a=b", "Cookie", "__Host-form=garbage; __Host-staff=%%%; __Host-step=; __Host-device=\"; ;=;;; __Host-told=AAAA"),
        (Form, "a=b", "Cookie", string.Join("; ", Enumerable.Range(0, 300).Select(n => $"c{n}=x"))),
        (Form, "a=b", "Content-Encoding", "gzip"),
        (Form, "a=b", "Accept-Language", new string('z', 3000)),
        (Form, "a=b", "If-None-Match", "nonsense, \"\", W/"),
        ("multipart/form-data", "a=b", null, null),
        ("multipart/form-data; boundary=" + new string('b', 300), "a=b", null, null),
        (Boundary, "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nno end", null, null),
        (
            Boundary,
            "--b\r\nContent-Type: text/plain; charset=utf-7\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--b--\r\n",
            null,
            null
        ),
        (Boundary, "--b\r\nContent-Disposition: nonsense\r\n\r\nx\r\n--b--\r\n", null, null),
        (Boundary, "--b\r\n" + new string('h', 20_000) + ": x\r\n\r\nx\r\n--b--\r\n", null, null),
        (
            Boundary,
            string.Concat(Enumerable.Range(0, 1100).Select(n => $"--b\r\nContent-Disposition: form-data; name=\"f{n}\"\r\n\r\n\r\n"))
                + "--b--\r\n",
            null,
            null
        ),
        ("application/json", "{\"a\":", null, null),
        ("text/plain; charset=utf-7", "a", null, null),
        ("nonsense", "a", null, null),
    ];

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.NonBacktracking)]
    private static partial Regex Parameter();

    List<string> PathsThatTakePosts() =>
        [
            .. real
                .Services.GetServices<EndpointDataSource>()
                .SelectMany(s => s.Endpoints)
                .OfType<RouteEndpoint>()
                .Where(e =>
                    e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is not { Count: > 0 } methods || methods.Contains("POST")
                )
                .Select(e => "/" + Parameter().Replace(e.RoutePattern.RawText!.TrimStart('/'), "x"))
                .Distinct(StringComparer.Ordinal),
        ];

    static async Task<string> Body(HttpResponseMessage answer) => await answer.Content.ReadAsStringAsync(Cancel);

    [Fact]
    public async Task Odd_forms_at_every_address_that_takes_one()
    {
        var site = await served.StartedAsync();
        var (paths, sent, slowest) = (PathsThatTakePosts(), 0, TimeSpan.Zero);
        Assert.InRange(paths.Count, 30, 500);
        foreach (var path in paths)
        foreach (var (type, body, header, value) in Odd)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path)
            {
                Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)),
            };
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            request.Headers.TryAddWithoutValidation("X-Forwarded-Proto", "https");
            if (header is not null && !request.Headers.TryAddWithoutValidation(header, value))
                request.Content.Headers.TryAddWithoutValidation(header, value);
            var watch = Stopwatch.StartNew();
            using var answer = await site.Browser.SendAsync(request, Cancel);
            var text = await Body(answer);
            slowest = watch.Elapsed > slowest && sent > 30 ? watch.Elapsed : slowest;
            Assert.True((int)answer.StatusCode < 500, $"{path} with {type} {body[..Math.Min(60, body.Length)]}: {answer.StatusCode}");
            if ((int)answer.StatusCode >= 400)
                Assert.Contains("<h1>", text, StringComparison.Ordinal);
            Assert.True(answer.Headers.Contains("Request-Id"), path);
            sent++;
        }
        // Some would have it look for minutes.
        Assert.True(slowest < TimeSpan.FromSeconds(30), $"{slowest}");
        Assert.DoesNotContain(site.Lines, line => line.Contains("unhandled", StringComparison.OrdinalIgnoreCase));
    }

    static readonly string[] OddPaths =
    [
        "/%E0%A4%A",
        "/%C0%AF",
        "/%ZZ",
        "/events/%ff%fe",
        "/events?q=%",
        "/events?near=%00",
        "/search?q=%ed%a0%80",
        "/search?q=" + new string('x', 3000),
        "/courses/%2e%2e/apply",
        "/%5c%5cx",
        "/..;/x",
        "/media/%00.png",
        "/share/%2F.png",
        "/events?day=2026-99-99&page=-1&within=abc&page=99999999999999",
        "/api/events?page=abc&from=31/02/2026&size=-5",
        "/events/calendar.ics?region=%F0%9F%98%80",
        "/staff?to=//x",
        "/staff/sign-in?to=%0d%0aX: y",
        "/search?q=%ef%bf%be%00",
        "/events?q=%ef%bf%be%00&near=%ef%bf%be",
        "/api/events?q=%ef%bf%be%00&near=%ef%bf%be",
        "/events/calendar.ics?q=%ef%bf%be%00",
        "/contact/write?about=%00%ef%bf%be",
        "/events?a=b&a=c&",
    ];

    [Fact]
    public async Task Odd_addresses()
    {
        var site = await served.StartedAsync();
        foreach (var path in OddPaths)
        {
            // As it is written, without what a client would mend.
            var (status, head, body) = await Raw(
                site.Port,
                $"GET {path} HTTP/1.1\r\nHost: week.example\r\nX-Forwarded-Proto: https\r\nConnection: close\r\n\r\n"
            );
            Assert.True(status is > 0 and (< 500 or 503), $"{path}: {status} {head}");
            Assert.DoesNotContain("X: y", head, StringComparison.Ordinal);
            if (
                status >= 400
                && head.Contains("Request-Id", StringComparison.Ordinal)
                && !path.StartsWith("/api", StringComparison.Ordinal)
            )
                Assert.Contains("<h1", body, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/contact/write", "Content-Length: 1000\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\na=b")]
    [InlineData("/contact/write", "Content-Length: 1000\r\nContent-Type: multipart/form-data; boundary=b\r\n\r\n--b\r\n")]
    [InlineData("/contact/write", "Transfer-Encoding: chunked\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\nZZZ\r\n")]
    [InlineData("/contact/write", "Transfer-Encoding: chunked\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n5\r\na=b")]
    [InlineData("/courses/x/interest/x/leave", "Content-Length: 1000\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\nList-Un")]
    [InlineData("/staff/sign-in", "Content-Length: 1000\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n")]
    [InlineData("/contact/write", "Content-Length: 70000\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\na=b")]
    [InlineData("/contact/write", "Content-Length: -1\r\n\r\n")]
    [InlineData("/contact/write", "Content-Length: 99999999999999999999\r\n\r\n")]
    public async Task Bodies_that_break_off(string path, string rest)
    {
        var site = await served.StartedAsync();
        var watch = Stopwatch.StartNew();
        var (status, _, _) = await Raw(
            site.Port,
            $"POST {path} HTTP/1.1\r\nHost: week.example\r\nX-Forwarded-Proto: https\r\nConnection: close\r\n" + rest,
            hangsUp: true
        );
        // Who hangs up in the middle is owed no answer.
        Assert.True(status is 0 or (>= 400 and < 500), $"{status}");
        // The site does not wait for the rest either: that would end with 408.
        Assert.NotEqual(408, status);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"{watch.Elapsed}");
        Assert.Equal(HttpStatusCode.OK, (await site.Get("/")).Status);
        Assert.DoesNotContain(site.Lines, line => line.Contains("\"@l\":\"Error\"", StringComparison.Ordinal));
    }

    /// <summary>Sends bytes as they are, and reads the answer.</summary>
    static async Task<(int Status, string Head, string Body)> Raw(int port, string bytes, bool hangsUp = false)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port, Cancel);
        await socket.SendAsync(Encoding.Latin1.GetBytes(bytes), Cancel);
        if (hangsUp)
            socket.Shutdown(SocketShutdown.Send);
        using var answer = new MemoryStream();
        var buffer = new byte[16384];
        try
        {
            for (int read; (read = await socket.ReceiveAsync(buffer, Cancel)) > 0; )
                answer.Write(buffer, 0, read);
        }
        catch (SocketException broken) when (hangsUp && broken.SocketErrorCode == SocketError.ConnectionReset)
        {
            // A server that leaves bytes unread may end the connection by a reset, before or after its answer.
        }
        var text = Encoding.UTF8.GetString(answer.ToArray());
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return text.Length > 12 && end > 0
            ? (int.Parse(text.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture), text[..end], text[end..])
            : (0, text, "");
    }

    /// <summary>What a person, or a program, may paste into any field of a form that anybody can open; the token is right.</summary>
    [Fact]
    public async Task Odd_letters_in_every_field_of_the_public_forms()
    {
        await using var site = new TestSite();
        foreach (
            var path in new[]
            {
                "/contact/write",
                "/events/offer",
                "/staff/sign-in",
                "/staff/forgot",
                "/contact/write?about=data-protection",
            }
        )
        foreach (
            var odd in new[]
            {
                "\0",
                "a\0b",
                "\uFFFD\uFFFE",
                "\uD800",
                "\u202E\u2066",
                new string('x', 20_000),
                "😀",
                "\r\n.\r\n",
                "<%= 7*7 %>",
                "' OR 1=1 --",
                "{0}",
                "{name}",
            }
        )
        {
            using var browser = site.Browser();
            using var opened = await browser.GetAsync(new Uri(path, UriKind.Relative), Cancel);
            var form = (AngleSharp.Html.Dom.IHtmlFormElement)(await TestSite.Read(opened)).QuerySelector("main form[method=post]")!;
            var fields = form.QuerySelectorAll("input:not([type=hidden]):not([type=radio]), textarea")
                .Select(f => f.GetAttribute("name"))
                .OfType<string>()
                .Where(n => n != "Website")
                .Distinct(StringComparer.Ordinal)
                .ToDictionary(n => n, _ => (string?)odd, StringComparer.Ordinal);
            foreach (var withAddress in new[] { false, true })
            {
                if (withAddress && fields.ContainsKey("Email"))
                    fields["Email"] = $"a{Guid.NewGuid():N}@home.example";
                using var answer = await browser.Send(form, path, fields);
                Assert.True((int)answer.StatusCode < 500, $"{path}: {answer.StatusCode}");
            }
        }
    }
}
