using System.Net;
using System.Text;
using System.Text.Json;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace InfantMHWeek.Tests.Platform.Telemetry;

/// <summary>Whoever watches the real program sees how it is doing and nobody's business.</summary>
public sealed class TelemetryTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Off_it_is_not_even_loaded_and_log_lines_join_on_a_trace_id_all_the_same()
    {
        await using var site = await ServedSite.Start();
        Assert.Equal(HttpStatusCode.OK, (await site.Get("/")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await site.Get("/metrics")).Status);
        await site.Get("/search?q=sleep");
        // Asks the store, which looks through all types of the program when it is opened.
        Assert.Equal(HttpStatusCode.OK, (await site.Get("/events")).Status);

        Assert.DoesNotContain(LibrariesIn(site), l => l.Contains("OpenTelemetry", StringComparison.Ordinal));
        await site.StopAsync();
        var answered = site
            .Lines.Where(l => l.Contains("\"Route\":\"/search\"", StringComparison.Ordinal))
            .Select(l => JsonDocument.Parse(l).RootElement)
            .ToList();
        Assert.All(answered, line => Assert.Matches("^[0-9a-f]{32}\\z", line.GetProperty("@tr").GetString()));
        Assert.NotEmpty(answered);
    }

    [Fact]
    public async Task The_measures_stand_on_their_own_port_and_the_site_on_its_own()
    {
        var port = ServedSite.FreePort();
        await using var site = await ServedSite.Start($"--Telemetry:Prometheus=127.0.0.1:{port}");
        await site.Get("/");
        await site.Get("/");
        using var inside = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };

        var measures = await inside.GetStringAsync(new Uri("/metrics", UriKind.Relative), Cancel);
        foreach (
            var name in new[]
            {
                "infantmhweek_content_faults",
                "infantmhweek_content_version",
                "infantmhweek_pages_from_memory",
                "infantmhweek_outbox_age_seconds",
                "infantmhweek_outbox_dead",
                "infantmhweek_disk_free_bytes",
                "http_server_request_duration_seconds_count",
            }
        )
            Assert.Contains(name, measures, StringComparison.Ordinal);
        Assert.Contains("OpenTelemetry", string.Join('\n', LibrariesIn(site)), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.NotFound, (await site.Get("/metrics")).Status);
        using var page = await inside.GetAsync(new Uri("/", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        // Whoever names the inner address in a header still stands at the public door.
        using var forged = new HttpRequestMessage(HttpMethod.Get, "/metrics") { Headers = { Host = $"127.0.0.1:{port}" } };
        using var refused = await site.Browser.SendAsync(forged, Cancel);
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
    }

    /// <summary>
    /// The control: the name of a course group is public and stands in the measures, so what is looked through is what was handed on.
    /// </summary>
    [Fact]
    public async Task Nothing_of_a_visitor_or_a_participant_is_handed_on()
    {
        const string Marker = "mrkr7f3a";
        using var data = new TestDataFolder();
        await FillAsync(data.Path, Marker, "control-group");
        await using var collector = await Collector.Start();
        var port = ServedSite.FreePort();
        await using var site = await ServedSite.On(
            data.Path,
            $"--Telemetry:Prometheus=127.0.0.1:{port}",
            $"--Telemetry:Otlp={collector.Address}",
            "--Telemetry:OtlpProtocol=http",
            "--OTEL_METRIC_EXPORT_INTERVAL=300",
            "--ReverseProxy:KnownAddresses=127.0.0.1"
        );
        await VisitAsync(site, Marker);
        using var inside = new HttpClient();
        var page = await inside.GetStringAsync(new Uri($"http://127.0.0.1:{port}/metrics"), Cancel);
        await site.StopAsync();

        var handedOn = page + collector.Everything();
        Assert.DoesNotContain(Marker, handedOn, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("203.0.113.", handedOn, StringComparison.Ordinal);
        Assert.Contains("control-group", page, StringComparison.Ordinal);
        Assert.Contains("control-group", collector.Text("/v1/metrics"), StringComparison.Ordinal);
        Assert.Contains("events/manage/{token}", collector.Text("/v1/traces"), StringComparison.Ordinal);
        Assert.Contains("events/manage/{token}", page, StringComparison.Ordinal);
        Assert.DoesNotContain(site.Lines, l => l.Contains(Marker, StringComparison.OrdinalIgnoreCase));
    }

    static async Task FillAsync(string data, string marker, string group)
    {
        await using var db = StoreServices.Open($"Data Source={System.IO.Path.Combine(data, "site.db")};Pooling=False");
        var now = DateTime.UtcNow;
        db.Add(
            new Cohort
            {
                Id = Guid.CreateVersion7(),
                Course = "course",
                Title = "Course",
                Name = group,
                Places = 3,
                OfferHours = 48,
                OpensAt = now.AddHours(-1),
                CreatedAt = now,
            }
        );
        db.Add(
            new OutboxMail
            {
                Id = Guid.CreateVersion7(),
                Kind = "test",
                About = marker,
                To = EmailAddress.Parse($"{marker}@charity.example", null),
                Subject = marker,
                Text = marker,
                Html = marker,
                QueuedAt = now,
                NextAttemptAt = now,
                LeasedUntil = now.AddDays(1),
            }
        );
        await db.SaveChangesAsync(Cancel);
    }

    static async Task VisitAsync(ServedSite site, string marker)
    {
        var token = (marker + new string('A', LinkToken.Length))[..LinkToken.Length];
        foreach (
            var path in new[]
            {
                $"/{marker}",
                $"/search?q={marker}",
                $"/events?near={marker}&words={marker}",
                $"/events/{marker}",
                $"/events/manage/{token}",
                $"/courses/places/{token}",
                $"/courses/places/{token}.ics",
                $"/courses/{marker}/interest/{token}",
                $"/staff/join/{token}",
                $"/staff/reset/{token}",
                $"/staff/{marker}",
                $"/media/{marker}.png",
                $"/{marker}.csv",
                $"/api/events?near={marker}",
            }
        )
        foreach (
            var (method, host) in new[]
            {
                ("GET", "week.example"),
                ("POST", "week.example"),
                (marker.ToUpperInvariant(), "week.example"),
                ("GET", marker + ".example"),
            }
        )
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            if (method == "POST")
                request.Content = new FormUrlEncodedContent([new("Name", marker), new("Email", marker + "@home.example")]);
            foreach (
                var (header, value) in new[]
                {
                    ("User-Agent", marker),
                    ("Referer", $"https://{marker}.example/"),
                    ("Cookie", $"{marker}={marker}"),
                    ("X-Forwarded-For", "203.0.113.77"),
                    ("X-Forwarded-Host", marker),
                    ("Accept-Language", marker),
                    ("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
                    ("tracestate", $"{marker}={marker}"),
                    ("baggage", $"{marker}={marker}"),
                    ("Request-Id", marker),
                    ("Host", host),
                    ("X-Forwarded-Proto", "https"),
                }
            )
                request.Headers.TryAddWithoutValidation(header, value);
            using var answer = await site.Browser.SendAsync(request, Cancel);
        }
    }

    static IEnumerable<string> LibrariesIn(ServedSite site) =>
        File.ReadLines($"/proc/{site.Id}/maps")
            .Where(l => l.EndsWith(".dll", StringComparison.Ordinal))
            .Select(l => l[(l.LastIndexOf('/') + 1)..])
            .Distinct(StringComparer.Ordinal);

    /// <summary>Takes everything that is handed to it, as a collector would.</summary>
    sealed class Collector : IAsyncDisposable
    {
        readonly WebApplication server;
        readonly System.Collections.Concurrent.ConcurrentQueue<(string Path, byte[] Body)> received = new();

        public string Address { get; }

        Collector()
        {
            Address = $"http://127.0.0.1:{ServedSite.FreePort()}";
            var builder = WebApplication.CreateEmptyBuilder(new());
            builder.WebHost.UseKestrelCore().UseUrls(Address);
            server = builder.Build();
            server.Run(async context =>
            {
                using var body = new MemoryStream();
                await context.Request.Body.CopyToAsync(body, Cancel);
                received.Enqueue((context.Request.Path, body.ToArray()));
            });
        }

        public static async Task<Collector> Start()
        {
            var collector = new Collector();
            await collector.server.StartAsync(Cancel);
            return collector;
        }

        public string Text(string path) =>
            string.Concat(received.Where(r => r.Path == path).Select(r => Encoding.Latin1.GetString(r.Body)));

        public string Everything() => string.Concat(received.Select(r => Encoding.Latin1.GetString(r.Body)));

        public ValueTask DisposeAsync() => server.DisposeAsync();
    }
}
