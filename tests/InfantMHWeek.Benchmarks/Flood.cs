using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using InfantMHWeek.Events;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Tests.Courses;
using InfantMHWeek.Tests.Platform.Mail;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Benchmarks;

/// <summary>
/// Floods one public form of the published program after another, from many networks at once, with the addresses of a few
/// victims; prints how many mails reached any one address, what became of honest visitors beside it, and how soon an urgent
/// mail arrived.
/// </summary>
sealed class Flood : IAsyncDisposable
{
    static readonly string[] Names = ["contact", "concern", "interest", "apply", "offer", "sign-in help"];
    static readonly TimeSpan HonestEvery = TimeSpan.FromSeconds(2),
        UrgentWithin = TimeSpan.FromSeconds(5);
    readonly SmtpCatcher mails = new();
    readonly string data = Directory.CreateTempSubdirectory("imhw-flood-").FullName;
    readonly int port = FreePort();
    readonly Dictionary<string, (string Path, Dictionary<string, string> Fields)> forms = new(StringComparer.Ordinal);
    readonly HttpClient client;
    Process? process;

    Flood() =>
        client = new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                MaxConnectionsPerServer = 300,
            }
        )
        {
            BaseAddress = new Uri($"http://127.0.0.1:{port}"),
            Timeout = TimeSpan.FromSeconds(20),
        };

    /// <param name="site">The folder of a published program.</param>
    /// <param name="perSecond">Posts to each form.</param>
    /// <param name="seconds">For each form.</param>
    public static async Task<int> Run(string site, string perSecond, string seconds)
    {
        await using var flood = new Flood();
        await flood.StartAsync(site);
        var well = true;
        foreach (var form in flood.forms.Keys)
            well &= await flood.OnAsync(
                form,
                int.Parse(perSecond, CultureInfo.InvariantCulture),
                int.Parse(seconds, CultureInfo.InvariantCulture)
            );
        return well ? 0 : 1;
    }

    async Task StartAsync(string site)
    {
        var program = Path.Combine(site, "InfantMHWeek");
        using (var migrate = Process.Start(program, ["db", "migrate", "--Data:Path=" + data]))
            await migrate.WaitForExitAsync();
        await FillAsync();
        var start = new ProcessStartInfo(
            program,
            [
                "--urls",
                client.BaseAddress!.ToString(),
                "--Data:Path=" + data,
                "--Site:BaseUrl=https://week.example",
                "--ReverseProxy:KnownAddresses=127.0.0.1",
                "--Mail:Host=127.0.0.1",
                "--Mail:Port=" + mails.Port.ToString(CultureInfo.InvariantCulture),
                "--Mail:From=week@week.example",
            ]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is not null)
                Console.Error.WriteLine(line.Data);
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        for (var tries = 0; tries < 200; tries++)
        {
            try
            {
                using var ready = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
                if (ready.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not there yet.
            }
            await Task.Delay(100);
        }
        throw new InvalidOperationException("The site did not become ready.");
    }

    /// <summary>A member of staff, a course that is open, and a public event.</summary>
    async Task FillAsync()
    {
        await using var db = StoreServices.Open(StoreServices.ConnectionOf(Path.Combine(data, "site.db")));
        var now = DateTime.UtcNow;
        // One for each form: their own address has a budget too.
        foreach (var email in Names.Select(MemberOf))
        {
            var normal = email.ToUpperInvariant();
            db.Add(
                new StaffMember
                {
                    Id = Guid.CreateVersion7(),
                    UserName = email,
                    Email = email,
                    NormalizedEmail = normal,
                    NormalizedUserName = normal,
                    Name = "Member",
                    InvitedAt = now,
                    JoinedAt = now,
                }
            );
        }
        var e = Event.Start(InfantMHWeek.Platform.Text.EmailAddress.Parse("organiser@example.org", null), DateTimeOffset.UtcNow, Details());
        e.Confirm(DateTimeOffset.UtcNow);
        e.Send(DateTimeOffset.UtcNow);
        e.Approve("A colleague", e.Revision, DateTimeOffset.UtcNow);
        db.Add(e);
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();
        var (cohort, _) = await Applicants.PrepareAsync(db, 1, 20, default);
        forms["contact"] = (
            "/contact/write",
            new(StringComparer.Ordinal)
            {
                ["About"] = "message",
                ["Text"] = "Buy now at https://spam.example",
                ["Name"] = "Sam",
                ["Email"] = "{address}",
            }
        );
        forms["concern"] = ("/events/concern/" + e.Slug, new(StringComparer.Ordinal) { ["Words"] = "Something worries me." });
        forms["interest"] = (
            $"/courses/{Applicants.Course}/interest",
            new(StringComparer.Ordinal)
            {
                ["Name"] = "Sam",
                ["Email"] = "{address}",
                ["Seen"] = "{address}",
            }
        );
        forms["apply"] = ($"/courses/{Applicants.Course}/apply", new(StringComparer.Ordinal) { ["Cohort"] = cohort.ToString() });
        forms["offer"] = ("/events/offer", new(StringComparer.Ordinal) { ["Email"] = "{address}" });
        forms["sign-in help"] = ("/staff/forgot", new(StringComparer.Ordinal) { ["Email"] = "{address}" });
    }

    static string MemberOf(string form) => $"member-{form.Replace(' ', '-')}@charity.example";

    static int FreePort()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }

    static EventDetails Details()
    {
        var day = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(30);
        return new()
        {
            Title = "Songs for babies",
            Summary = "For babies and their families.",
            Schedule = Schedule.Once(new(day, new(10, 0), day, new(11, 0))),
            Attendance = InfantMHWeek.Events.Attendance.InPerson,
            Venue = "Village hall",
            Town = "Leeds",
            Point = new(53.80, -1.55),
            Region = Region.Yorkshire,
            Audience = (Audience)1,
            Cost = Cost.Free,
            Booking = Booking.NotNeeded,
            Organiser = "Families together",
        };
    }

    sealed record Opened(string Cookie, IReadOnlyDictionary<string, string> Hidden);

    async Task<bool> OnAsync(string name, int perSecond, int seconds)
    {
        mails.Letters.Clear();
        var form = forms[name];
        var opened = await OpenAsync(form.Path, "203.0.113.1");
        // A form that is open for two seconds, so that nobody is too quick.
        await Task.Delay(TimeSpan.FromSeconds(2));
        var statuses = new ConcurrentDictionary<int, int>();
        var posts = new List<Task>();
        using var honest = new CancellationTokenSource();
        var visitors = HonestAsync(form, name, honest.Token);
        var urgent = name == "sign-in help" ? Task.FromResult(new List<double>()) : UrgentAsync(MemberOf(name), honest.Token);
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < perSecond * seconds; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / perSecond);
            if (due - clock.Elapsed is { Ticks: > 0 } wait)
                await Task.Delay(wait);
            posts.Add(PostAsync(form, opened, $"203.0.{i % 4}.{i % 250}", $"victim{i % 5}@example.org", statuses));
        }
        await Task.WhenAll(posts);
        await honest.CancelAsync();
        var (taken, refused, times) = await visitors;
        var waits = await urgent;
        await Task.Delay(TimeSpan.FromSeconds(6));
        var byReader = mails
            .Letters.SelectMany(l => l.Readers)
            .Where(r => r.StartsWith("victim", StringComparison.Ordinal))
            .GroupBy(r => r)
            .Select(g => g.Count())
            .DefaultIfEmpty(0)
            .Max();
        times.Sort();
        waits.Sort();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name, -13} {posts.Count} posts in {clock.Elapsed.TotalSeconds:0} s: "
                    + $"{string.Join(", ", statuses.OrderBy(s => s.Key).Select(s => $"{s.Value} x {s.Key}"))}; at most {byReader} mails "
                    + $"to one address; "
                    + $"honest visitors {taken} taken, {refused} refused, p50 {At(times, .5):0} ms, longest {At(times, 1):0} ms; urgent "
                    + $"mail {waits.Count}, longest {At(waits, 1):0} ms"
            )
        );
        return byReader <= 3
            && refused == 0
            && waits.TrueForAll(w => w <= UrgentWithin.TotalMilliseconds)
            && !statuses.Keys.Any(s => s >= 500);
    }

    static double At(List<double> sorted, double share) =>
        sorted.Count == 0 ? 0 : sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];

    async Task<Opened> OpenAsync(string path, string from)
    {
        using var request = Asked(HttpMethod.Get, path, from);
        using var answer = await client.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        var page = await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());
        var form = (IHtmlFormElement)page.QuerySelector("main form[method=post]")!;
        var hidden = form.QuerySelectorAll("input[type=hidden]")
            .OfType<IHtmlInputElement>()
            .Where(i => i.Name is { Length: > 0 })
            .ToDictionary(i => i.Name!, i => i.Value, StringComparer.Ordinal);
        var cookie = answer.Headers.TryGetValues("Set-Cookie", out var set) ? string.Join("; ", set.Select(c => c.Split(';')[0])) : "";
        return new(cookie, hidden);
    }

    static HttpRequestMessage Asked(HttpMethod method, string path, string from)
    {
        var request = new HttpRequestMessage(method, path) { Headers = { Host = "week.example" } };
        request.Headers.Add("X-Forwarded-For", from);
        request.Headers.Add("X-Forwarded-Proto", "https");
        return request;
    }

    async Task PostAsync(
        (string Path, Dictionary<string, string> Fields) form,
        Opened opened,
        string from,
        string address,
        ConcurrentDictionary<int, int> statuses
    )
    {
        try
        {
            statuses.AddOrUpdate(await SendAsync(form, opened, from, address), 1, (_, n) => n + 1);
        }
        catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException)
        {
            statuses.AddOrUpdate(999, 1, (_, n) => n + 1);
        }
    }

    async Task<int> SendAsync((string Path, Dictionary<string, string> Fields) form, Opened opened, string from, string address)
    {
        using var request = Asked(HttpMethod.Post, form.Path, from);
        request.Content = new FormUrlEncodedContent(
            opened
                .Hidden.Where(h => !form.Fields.ContainsKey(h.Key))
                .Concat(
                    form.Fields.Select(f => KeyValuePair.Create(f.Key, f.Value.Replace("{address}", address, StringComparison.Ordinal)))
                )
        );
        request.Headers.Add("Cookie", opened.Cookie);
        using var answer = await client.SendAsync(request);
        return (int)answer.StatusCode;
    }

    /// <summary>Every two seconds somebody else, from their own network and browser, with their own address.</summary>
    async Task<(int Taken, int Refused, List<double> Times)> HonestAsync(
        (string Path, Dictionary<string, string> Fields) form,
        string name,
        CancellationToken until
    )
    {
        var (taken, refused, times) = (0, 0, new List<double>());
        for (var number = 0; !until.IsCancellationRequested; number++)
        {
            var from = $"198.51.{100 + number / 250}.{number % 250}";
            var clock = Stopwatch.StartNew();
            var opened = await OpenAsync(form.Path, from);
            var open = clock.Elapsed;
            await Task.Delay(HonestEvery, CancellationToken.None);
            clock.Restart();
            var status = await SendAsync(form, opened, from, $"honest{number}.{name.Replace(' ', '-')}@example.com");
            times.Add((open + clock.Elapsed).TotalMilliseconds);
            if (status == (int)HttpStatusCode.Found)
                taken++;
            else
                refused++;
        }
        return (taken, refused, times);
    }

    /// <summary>A member of staff asks for a new password; how long until the mail is there.</summary>
    async Task<List<double>> UrgentAsync(string member, CancellationToken until)
    {
        var before = mails.Letters.Count(l => l.Readers.Contains(member));
        var help = forms["sign-in help"];
        var opened = await OpenAsync(help.Path, "192.0.2.7");
        // In the middle of it.
        await Task.WhenAny(Task.Delay(TimeSpan.FromSeconds(10), until));
        var clock = Stopwatch.StartNew();
        await SendAsync(help, opened, "192.0.2.7", member);
        while (mails.Letters.Count(l => l.Readers.Contains(member)) == before && clock.Elapsed < TimeSpan.FromSeconds(30))
            await Task.Delay(20, CancellationToken.None);
        return [clock.Elapsed.TotalMilliseconds];
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        if (process is { HasExited: false })
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
        process?.Dispose();
        await mails.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }
}
