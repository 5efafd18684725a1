using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Hosting;

namespace InfantMHWeek.Tests.Platform.Hosting;

/// <summary>The shipped proxy file keeps what it promises, and the check from outside sees when one does not.</summary>
public sealed class FromOutsideTests(ServedBehindProxy shared) : IClassFixture<ServedBehindProxy>
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    async Task<(int Code, string Output)> Check(
        Func<string, string>? change = null,
        IEnumerable<string>? settings = null,
        IEnumerable<string>? options = null,
        int days = 60,
        Func<Nginx, ServedSite, Task>? then = null
    )
    {
        await using var other = settings is null ? null : await ServedSite.Start([ServedBehindProxy.Setting, .. settings]);
        var site = other ?? await shared.StartedAsync();
        await using var proxy = await Nginx.Start(site.Port, change, days);
        if (then is not null)
            await then(proxy, site);
        var (code, output, errors) = await SiteProgram.Run([
            "check",
            "--environment=Production",
            "--Data:Path=" + site.Data,
            $"--from-outside=https://week.example:{proxy.Https}",
            "--at=127.0.0.1",
            $"--http-port={proxy.Http}",
            "--ca=" + proxy.Authority,
            .. options ?? [],
        ]);
        Assert.Empty(errors);
        return (code, output);
    }

    static IEnumerable<string> Wrongs(string output) => output.Split('\n').Where(l => l.StartsWith("Wrong:", StringComparison.Ordinal));

    /// <summary>Here the public port is not 443, so that the site's own links begin otherwise; everything else is as it ships.</summary>
    static readonly string[] ByThePort = ["The site's own links begin otherwise", "leads to https://week.example/themes", "Port "];

    static List<string> Real(string output) =>
        [
            .. Wrongs(output)
                .Where(w =>
                    !ByThePort.Any(p => w.Contains(p, StringComparison.Ordinal))
                    && !(w.Contains("The runtime is", StringComparison.Ordinal) && Environment.Version < SafeRuntime.Oldest)
                ),
        ];

    [Fact]
    public async Task As_it_ships_nothing_is_wrong_and_no_reader_is_logged()
    {
        var logs = "";
        var (_, output) = await Check(
            then: async (proxy, _) =>
            {
                // Readers, and those who send nonsense, on every port.
                foreach (
                    var (port, bytes) in new[]
                    {
                        (proxy.Http, "GET /my-secret-path HTTP/1.1\r\nHost: week.example\r\nConnection: close\r\n\r\n"),
                        (proxy.Http, "GET /my-secret-path HTTP/1.1\r\nHost: forged.example\r\n\r\n"),
                        (proxy.Http, "my-secret nonsense\r\n\r\n"),
                        (proxy.Https, "GET /my-secret-path HTTP/1.1\r\nHost: week.example\r\n\r\n"),
                        (proxy.Https, "\u0016my-secret"),
                    }
                )
                    Assert.DoesNotContain("forged.example", await Raw(port, bytes), StringComparison.Ordinal);
                logs = proxy.Logs;
            }
        );
        Assert.Empty(Real(output));
        foreach (
            var line in new[]
            {
                "The certificate is trusted.",
                "It comes over HTTP/2.",
                "Pages come compressed as the site made them.",
                "Every answer has a reference of its own.",
                "Forms come without compression.",
                "Under another name there is no answer.",
                "The site knows that visitors use https.",
                "No visitor can change that.",
                "The site knows visitors apart, and no visitor can pretend.",
                "The site is ready.",
                "The site's clock agrees",
            }
        )
            Assert.Contains("Fine:     " + line, output, StringComparison.Ordinal);
        Assert.DoesNotContain("my-secret", logs, StringComparison.Ordinal);
        Assert.DoesNotContain("client: 127", logs, StringComparison.Ordinal);
    }

    static async Task<string> Raw(int port, string bytes)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 2000 };
        await socket.ConnectAsync(System.Net.IPAddress.Loopback, port, Cancel);
        await socket.SendAsync(Encoding.Latin1.GetBytes(bytes), Cancel);
        socket.Shutdown(SocketShutdown.Send);
        var (answer, buffer) = (new StringBuilder(), new byte[4096]);
        try
        {
            for (int read; (read = await socket.ReceiveAsync(buffer, Cancel)) > 0; )
                answer.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }
        catch (SocketException)
        {
            // It hung up: no answer is an answer.
        }
        return answer.ToString();
    }

    /// <summary>Each fault of a proxy is seen, and said with what to do.</summary>
    const string KeepsAll = "proxy_cache pages; proxy_ignore_headers Cache-Control Expires Set-Cookie; proxy_cache_valid any 1m;";

    [Theory]
    [InlineData("proxy_set_header X-Forwarded-Proto $scheme;", "", "The proxy sends no X-Forwarded-Proto.")]
    [InlineData(
        "proxy_set_header X-Forwarded-For $remote_addr;",
        "proxy_set_header X-Forwarded-For \"$http_x_forwarded_for\";",
        "A visitor can say where they come from"
    )]
    [InlineData(
        "proxy_set_header X-Forwarded-Proto $scheme;",
        "proxy_set_header X-Forwarded-Proto $http_x_forwarded_proto;",
        "The site takes its visitors for coming over http."
    )]
    [InlineData("proxy_set_header X-Forwarded-For $remote_addr;", "", "A visitor can say where they come from")]
    [InlineData(
        "proxy_set_header X-Forwarded-For $remote_addr;",
        "proxy_set_header X-Forwarded-For \"\";",
        "To the site all visitors come from the proxy"
    )]
    [InlineData("gzip off;", "gzip on; gzip_proxied any; proxy_set_header Accept-Encoding \"\";", "Forms come compressed")]
    [InlineData("add_header Request-Id $reference always;", "proxy_hide_header Strict-Transport-Security;", "Answers have no Request-Id.")]
    [InlineData(
        "add_header Request-Id $reference always;",
        "add_header Request-Id $upstream_http_request_id;",
        "have the same Request-Id."
    )]
    [InlineData("proxy_cache $keeper;", KeepsAll, "Something in between keeps forms")]
    [InlineData("proxy_read_timeout 30s;", "add_header X-Content-Type-Options nosniff;", "comes with two of X-Content-Type-Options")]
    [InlineData("return 301 https://$server_name$request_uri;", "return 301 https://$host$request_uri;", "leads to whatever name")]
    [InlineData("return 301 https://$server_name$request_uri;", "return 200 hello;", "answers 200")]
    public async Task What_a_wrong_proxy_does_is_said(string shipped, string instead, string sentence)
    {
        var (code, output) = await Check(file =>
        {
            Assert.Contains(shipped, file, StringComparison.Ordinal);
            file = file.Replace(shipped, instead, StringComparison.Ordinal);
            if (instead == KeepsAll)
                file = Regex.Replace(file, "proxy_no_cache .*;|\\$time_iso8601", "", RegexOptions.NonBacktracking);
            // Without the default servers whoever asks for another name reaches the site's own.
            return instead.Contains("$host", StringComparison.Ordinal)
                ? file.Replace(" default_server", "", StringComparison.Ordinal)
                    .Replace("return 444;", "return 301 https://$host/;", StringComparison.Ordinal)
                : file;
        });
        Assert.Equal(1, code);
        Assert.Contains(sentence, string.Join('\n', Wrongs(output)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--ReverseProxy:KnownAddresses=203.0.113.9", "Set ReverseProxy:KnownAddresses=127.0.0.1")]
    [InlineData("--Site:BaseUrl=https://other.example", "Site:BaseUrl has another name.")]
    public async Task What_wrong_settings_do_is_said(string setting, string sentence)
    {
        var (code, output) = await Check(settings: [setting]);
        Assert.Equal(1, code);
        Assert.Contains(sentence, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_ends_soon_or_is_not_trusted_is_said()
    {
        var (code, output) = await Check(days: 5, options: ["--ca=/etc/ssl/certs/ca-certificates.crt"]);
        Assert.Equal(1, code);
        Assert.Contains("Doubtful: The certificate holds for 5 more days.", output, StringComparison.Ordinal);
        Assert.Contains("Wrong:    The certificate is not trusted", output, StringComparison.Ordinal);
        Assert.Contains(
            "Doubtful: The certificate is not trusted",
            (await Check(options: ["--ca=/etc/ssl/certs/ca-certificates.crt", "--accept-certificate=true"])).Output,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(2, "check", "--from-outside=week.example")]
    [InlineData(2, "check", "--from-outside=http://week.example")]
    [InlineData(2, "check", "everything")]
    [InlineData(1, "check", "--from-outside=https://week.example", "--at=here")]
    [InlineData(1, "check", "--from-outside=https://week.example", "--at=127.0.0.1", "--http-port=x")]
    [InlineData(1, "check", "--from-outside=https://week.example", "--ca=/nowhere")]
    [InlineData(1, "check", "--from-outside=https://week.example:1", "--at=127.0.0.1")]
    public async Task Wrong_usage_and_no_answer_are_said(int expected, params string[] words)
    {
        using var data = new TestDataFolder();
        var (code, output, errors) = await SiteProgram.Run([.. words, "--Data:Path=" + data.Path]);
        Assert.Equal(expected, code);
        Assert.DoesNotContain("   at ", output + errors, StringComparison.Ordinal);
    }

    /// <summary>Who has no keys of the site sees nothing of it.</summary>
    [Fact]
    public async Task How_the_site_sees_a_request_is_told_to_nobody_else()
    {
        var site = await shared.StartedAsync();
        foreach (var token in new[] { "", "seen", new string('x', 5000), "CfDJ8AAAA" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/health/seen");
            request.Headers.TryAddWithoutValidation("X-Site-Check", token);
            using var answer = await site.Browser.SendAsync(request, Cancel);
            Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public void The_shipped_files_name_no_reader_and_take_no_name_from_a_visitor()
    {
        var nginx = File.ReadAllText(Path.Combine(SiteFolders.Home, "Deploy", "nginx-site.conf"));
        var servers = Regex.Count(nginx, @"^server \{", RegexOptions.Multiline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        Assert.Equal(4, servers);
        Assert.Equal(
            servers,
            Regex.Count(nginx, @"^    access_log off;", RegexOptions.Multiline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
        );
        Assert.Equal(
            servers,
            Regex.Count(nginx, @"^    error_log \S+ emerg;", RegexOptions.Multiline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
        );
        Assert.DoesNotContain("$host", nginx, StringComparison.Ordinal);
        // What a visitor sends decides whether and in which form an answer is kept, and nothing else.
        var sent = Regex.Matches(nginx, @"\$http_\w+", RegexOptions.NonBacktracking).Select(m => m.Value).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(["$http_accept_encoding", "$http_authorization", "$http_cookie"], sent.Order(StringComparer.Ordinal));
        var caddy = File.ReadAllText(Path.Combine(SiteFolders.Home, "Deploy", "Caddyfile"));
        Assert.DoesNotContain("{host}", caddy, StringComparison.Ordinal);
        Assert.Contains("abort", caddy, StringComparison.Ordinal);
    }

    /// <summary>Packages that belong to the runtime are of its patch level: one train, one set of mended holes.</summary>
    [Fact]
    public void Packages_and_the_runtime_that_is_published_are_of_one_patch_level()
    {
        var published = XDocument
            .Load(Path.Combine(SiteFolders.Home, "InfantMHWeek.csproj"))
            .Descendants("PublishedRuntimeVersion")
            .Single()
            .Value;
        var packages = XDocument
            .Load(Path.Combine(SiteFolders.Home, "..", "..", "Directory.Packages.props"))
            .Descendants("PackageVersion")
            .Select(p => (Name: p.Attribute("Include")!.Value, Version: p.Attribute("Version")!.Value))
            .Where(p =>
                p.Name.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal)
                || p.Name.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal)
                || p.Name.StartsWith("System.", StringComparison.Ordinal)
            )
            .ToList();
        Assert.InRange(packages.Count, 5, 50);
        Assert.All(packages, p => Assert.Equal($"{p.Name} {published}", $"{p.Name} {p.Version}"));
        Assert.Contains(
            $"its runtime ({published})",
            File.ReadAllText(Path.Combine(SiteFolders.Home, "Deploy", "README.md")),
            StringComparison.Ordinal
        );
        Assert.True(Version.Parse(published) >= SafeRuntime.Oldest);
    }
}
