using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using InfantMHWeek.Courses;
using InfantMHWeek.Platform;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Tests.Courses;

/// <summary>
/// The program is killed at random moments while people apply (<c>kill -9</c>), and started again: whoever was told that the
/// application has arrived has one, with its mail, and no place is given twice. <c>COURSE_CUTS=1000</c> cuts as often as that.
/// </summary>
public sealed class PowerCutTests : IDisposable
{
    const int People = 24, Places = 9;
    static readonly int Cuts = int.Parse(Environment.GetEnvironmentVariable("COURSE_CUTS") ?? "3", CultureInfo.InvariantCulture);
    static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(3);
    readonly string data = Directory.CreateTempSubdirectory("imhw-cuts-").FullName;
    readonly WriteGate gate = new();

    public void Dispose()
    {
        gate.Dispose();
        Directory.Delete(data, recursive: true);
    }

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_that_was_acknowledged_is_lost_and_nothing_is_given_twice()
    {
        TestStore.CopyTo(data);
        var random = new Random(20260608);
        var slowest = TimeSpan.Zero;
        for (var cut = 0; cut < Cuts; cut++)
        {
            var (cohort, tokens) = await Prepare();
            ConcurrentBag<string> acknowledged = [];
            using (var process = Start(out var address))
            {
                slowest = Max(slowest, await Ready(address, process));
                var applying = Apply(address, tokens, acknowledged);
                await Task.Delay(random.Next(20, 600), Cancel);
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(Cancel);
                await applying;
            }
            await Check(cohort, acknowledged);
        }
        TestContext.Current.SendDiagnosticMessage("{0} cuts, ready again within {1:0} ms at most", Cuts, slowest.TotalMilliseconds);
        Assert.True(slowest < ReadyWithin * (Cuts > 10 ? 1 : 5), $"ready after {slowest}");
    }

    SiteDb Open() => new(new DbContextOptionsBuilder<SiteDb>().UseSqlite($"Data Source={Path.Combine(data, "site.db")};Pooling=False").Options, gate);

    async Task<(Guid Cohort, IReadOnlyList<string> Tokens)> Prepare()
    {
        var now = DateTime.UtcNow;
        await using var db = Open();
        var cohort = new Cohort { Id = Guid.CreateVersion7(), Course = CourseDesk.Slug, Title = "Course", Name = "Group", Places = Places, OfferHours = 48, OpensAt = now.AddHours(-1), CreatedAt = now };
        db.Add(cohort);
        var tokens = new List<string>();
        for (var n = 0; n < People; n++)
        {
            var token = LinkToken.New();
            var draft = new ApplicationDraft { Id = Guid.CreateVersion7(), Hash = LinkToken.HashOf(token), CohortId = cohort.Id, Reference = CourseWords.NewReference(), Early = false, StartedAt = now, TouchedAt = now };
            draft.Write(new() { Kind = "charity", Nation = "wales", WorksWith = ["fathers"], Name = "Ann", Email = $"p{n}.{cohort.Id:N}@charity.example", Organisation = $"Group {n}", ColleaguesSeen = true, AccessNeedsSeen = true }, now);
            db.Add(draft);
            tokens.Add(token);
        }
        await db.SaveChangesAsync(Cancel);
        return (cohort.Id, tokens);
    }

    Process Start(out Uri address)
    {
        using var free = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        free.Start();
        address = new($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}");
        free.Stop();
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, "--urls", address.OriginalString, "--Data:Path=" + data, "--Serilog:MinimumLevel:Default=Error"]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = Path.GetTempPath() };
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    static async Task<TimeSpan> Ready(Uri address, Process process)
    {
        using var browser = new HttpClient { BaseAddress = address };
        var watch = Stopwatch.StartNew();
        while (!process.HasExited && watch.Elapsed < TimeSpan.FromSeconds(60))
        {
            try
            {
                using var answer = await browser.GetAsync(new Uri("/health/ready", UriKind.Relative), Cancel);
                if (answer.IsSuccessStatusCode) return watch.Elapsed;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(20, Cancel);
            }
        }
        throw new InvalidOperationException("The site did not come up.");
    }

    static async Task Apply(Uri address, IReadOnlyList<string> tokens, ConcurrentBag<string> acknowledged)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        using var browser = new HttpClient(handler) { BaseAddress = address };
        try
        {
            using var opened = await browser.GetAsync(new Uri($"/courses/{CourseDesk.Slug}/apply/{tokens[0]}/check", UriKind.Relative), Cancel);
            var cookie = opened.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
            var form = (await TestSite.Read(opened)).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
            await Parallel.ForEachAsync(tokens, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Cancel }, async (token, stop) =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, $"/courses/{CourseDesk.Slug}/apply/{token}/check") { Content = new FormUrlEncodedContent([new("Agreed", "true"), new("__RequestVerificationToken", form)]) };
                request.Headers.Add("Cookie", cookie);
                using var answer = await browser.SendAsync(request, stop);
                if (answer.StatusCode == HttpStatusCode.Found && answer.Headers.Location!.OriginalString.EndsWith("/sent", StringComparison.Ordinal)) acknowledged.Add(LinkToken.HashOf(token));
            });
        }
        catch (HttpRequestException)
        {
            // The cut.
        }
    }

    async Task Check(Guid cohort, IReadOnlyCollection<string> acknowledged)
    {
        await using var db = Open();
        var run = await db.Set<Cohort>().SingleAsync(c => c.Id == cohort, Cancel);
        var applications = await db.Set<Application>().Where(a => a.CohortId == cohort).ToListAsync(Cancel);
        var sent = await db.Set<ApplicationDraft>().Where(d => d.CohortId == cohort && d.SentAt != null).ToListAsync(Cancel);
        var mails = (await db.Set<OutboxMail>().Select(m => m.About).ToListAsync(Cancel)).Select(about => about[..32]).ToHashSet(StringComparer.Ordinal);

        Assert.Empty(acknowledged.Except(sent.Select(d => d.Hash), StringComparer.Ordinal));
        Assert.Equal(sent.Select(d => d.Reference).Order(StringComparer.Ordinal), applications.Select(a => a.Reference).Order(StringComparer.Ordinal));
        Assert.Equal(Math.Min(Places, applications.Count), applications.Count(a => a.TakesPlace));
        Assert.Equal(run.PlacesTaken, applications.Count(a => a.TakesPlace));
        Assert.All(applications, a => Assert.Contains(a.Id.ToString("N"), mails));
    }

    static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
