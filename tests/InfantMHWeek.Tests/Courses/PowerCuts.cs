using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using InfantMHWeek.Courses;
using InfantMHWeek.Platform;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;

namespace InfantMHWeek.Tests.Courses;

/// <summary>
/// Starts the program on a store of its own, lets people apply, kills it (<c>kill -9</c>) and counts what became of them; again
/// and again on the same store. The benchmarks project uses it too.
/// </summary>
public sealed partial class PowerCuts : IDisposable
{
    const int People = 24, Places = 9;
    const string Course = "infant-mental-health-introduction";
    static readonly TimeSpan ComesUpWithin = TimeSpan.FromSeconds(60);

    readonly string folder = Directory.CreateTempSubdirectory("imhw-cuts-").FullName;
    readonly WriteGate gate = new();
    readonly Random random;

    public PowerCuts(int seed)
    {
        random = new(seed);
        Directory.CreateDirectory(Data);
        CopyContent();
    }

    /// <param name="Acknowledged">How many were told that their application has arrived.</param>
    /// <param name="Lost">Of these, how many have none; and drafts that were sent without an application, and the other way round.</param>
    /// <param name="Oversold">Places given beyond those there are, or not counted.</param>
    /// <param name="WithoutMail">Applications without a mail in the outbox.</param>
    /// <param name="Ready">From the start of the program after the last cut until it was ready.</param>
    public sealed record Cut(int Acknowledged, int Lost, int Oversold, int WithoutMail, TimeSpan Ready)
    {
        public bool Whole => Lost + Oversold + WithoutMail == 0;
    }

    string Data => Path.Combine(folder, "data");
    string Content => Path.Combine(folder, "content");

    public void Dispose()
    {
        gate.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    /// <param name="late">Cuts only when everybody has been answered.</param>
    /// <param name="meanwhile">Done with the store before it is looked at.</param>
    public async Task<Cut> CutAsync(bool late = false, Func<SiteDb, Guid, Task>? meanwhile = null, CancellationToken cancel = default)
    {
        var (group, tokens) = await PrepareAsync(cancel);
        ConcurrentBag<string> acknowledged = [];
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        TimeSpan ready;
        using (var process = Start(out var address))
        {
            try
            {
                ready = await ReadyAsync(address, process, cancel);
                var applying = ApplyAsync(address, tokens, acknowledged, late ? null : (random.Next(People), enough), cancel);
                await Task.WhenAny(applying, enough.Task);
                // The moment of the cut is what is tried: so many have been answered, the others are somewhere, and a few thousandths of a second drawn by lot put them elsewhere each time.
                await Task.Delay(random.Next(0, 25), cancel);
                process.Kill(entireProcessTree: true);
                await applying;
            }
            finally
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }
        await using var db = Open();
        if (meanwhile is not null) await meanwhile(db, group);
        db.ChangeTracker.Clear();
        return await CountAsync(db, group, acknowledged, ready, cancel);
    }

    /// <summary>Few pages, so that the program is there at once: the course, the wording of its mails, and what every site has.</summary>
    void CopyContent()
    {
        var real = SiteFolders.Content(new ConfigurationBuilder().Build());
        foreach (var file in (IEnumerable<string>)["home.md", "about.md", $"courses/{Course}.md", .. Directory.EnumerateFiles(Path.Combine(real, "emails")).Select(f => Path.GetRelativePath(real, f))])
        {
            var copy = Path.Combine(Content, file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Path.Combine(real, file), copy);
        }
        // Pages of which the real site shows pictures and links would be faults here.
        foreach (var page in new[] { "home.md", "about.md", $"courses/{Course}.md" }) File.WriteAllText(Path.Combine(Content, page), "---\ntitle: A page\nsummary: What it says.\n---\n\nSome words.\n");
    }

    SiteDb Open() => new(new DbContextOptionsBuilder<SiteDb>().UseSqlite($"Data Source={Path.Combine(Data, "site.db")};Pooling=False").Options, gate);

    async Task<(Guid Group, IReadOnlyList<string> Tokens)> PrepareAsync(CancellationToken cancel)
    {
        var now = DateTime.UtcNow;
        await using var db = Open();
        await db.Database.MigrateAsync(cancel);
        var group = new Cohort { Id = Guid.CreateVersion7(), Course = Course, Title = "Course", Name = "Group", Places = Places, OfferHours = 48, OpensAt = now.AddHours(-1), CreatedAt = now };
        db.Add(group);
        var tokens = new List<string>();
        for (var n = 0; n < People; n++)
        {
            var token = LinkToken.New();
            var draft = new ApplicationDraft { Id = Guid.CreateVersion7(), Hash = LinkToken.HashOf(token), CohortId = group.Id, Reference = CourseWords.NewReference(), Early = false, StartedAt = now, TouchedAt = now };
            draft.Write(new() { Kind = "charity", Nation = "wales", WorksWith = ["fathers"], Name = "Ann", Email = $"p{n}.{group.Id:N}@charity.example", Organisation = $"Group {n}", ColleaguesSeen = true, AccessNeedsSeen = true }, now);
            db.Add(draft);
            tokens.Add(token);
        }
        await db.SaveChangesAsync(cancel);
        return (group.Id, tokens);
    }

    Process Start(out Uri address)
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            address = new($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}");
        }
        var start = new ProcessStartInfo("dotnet", [typeof(SiteDb).Assembly.Location, "--urls", address.OriginalString, "--Data:Path=" + Data, "--Content:Path=" + Content, "--Serilog:MinimumLevel:Default=Fatal"]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = folder };
        // It lives for seconds: compiling better what it does often would only delay it.
        foreach (var better in new[] { "DOTNET_TieredPGO", "DOTNET_TC_CallCounting" }) start.Environment[better] = "0";
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    static async Task<TimeSpan> ReadyAsync(Uri address, Process process, CancellationToken cancel)
    {
        using var browser = new HttpClient { BaseAddress = address };
        while (!process.HasExited && DateTime.Now - process.StartTime < ComesUpWithin)
        {
            try
            {
                using var answer = await browser.GetAsync(new Uri("/health/ready", UriKind.Relative), cancel);
                if (answer.IsSuccessStatusCode) return DateTime.Now - process.StartTime;
            }
            catch (HttpRequestException)
            {
                // Nobody listens yet. Another process tells in no other way that it is ready, as a load balancer knows too.
                await Task.Delay(10, cancel);
            }
        }
        throw new InvalidOperationException("The site did not come up.");
    }

    static async Task ApplyAsync(Uri address, IReadOnlyList<string> tokens, ConcurrentBag<string> acknowledged, (int Answers, TaskCompletionSource Told)? cut, CancellationToken cancel)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        using var browser = new HttpClient(handler) { BaseAddress = address };
        try
        {
            using var opened = await browser.GetAsync(new Uri($"/courses/{Course}/apply/{tokens[0]}/check", UriKind.Relative), cancel);
            var cookie = opened.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
            var form = FormToken().Match(await opened.Content.ReadAsStringAsync(cancel)).Groups["token"].Value;
            if (cut is { Answers: 0 } none) none.Told.TrySetResult();
            await Parallel.ForEachAsync(tokens, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancel }, async (token, stop) =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, $"/courses/{Course}/apply/{token}/check") { Content = new FormUrlEncodedContent([new("Agreed", "true"), new("__RequestVerificationToken", form)]) };
                request.Headers.Add("Cookie", cookie);
                using var answer = await browser.SendAsync(request, stop);
                if (answer.StatusCode == HttpStatusCode.Found && answer.Headers.Location!.OriginalString.EndsWith("/sent", StringComparison.Ordinal)) acknowledged.Add(LinkToken.HashOf(token));
                if (cut is { } due && acknowledged.Count >= due.Answers) due.Told.TrySetResult();
            });
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            // The cut.
        }
    }

    static async Task<Cut> CountAsync(SiteDb db, Guid group, ConcurrentBag<string> acknowledged, TimeSpan ready, CancellationToken cancel)
    {
        var run = await db.Set<Cohort>().AsNoTracking().SingleAsync(c => c.Id == group, cancel);
        var applications = await db.Set<Application>().AsNoTracking().Where(a => a.CohortId == group).ToListAsync(cancel);
        var sent = await db.Set<ApplicationDraft>().AsNoTracking().Where(d => d.CohortId == group && d.SentAt != null).ToListAsync(cancel);
        var mails = (await db.Set<OutboxMail>().Where(m => m.QueuedAt >= run.CreatedAt).Select(m => m.About).ToListAsync(cancel)).Select(about => about[..32]).ToHashSet(StringComparer.Ordinal);
        var (references, applied) = (sent.Select(d => d.Reference).ToHashSet(StringComparer.Ordinal), applications.Select(a => a.Reference).ToHashSet(StringComparer.Ordinal));
        var taken = applications.Count(a => a.TakesPlace);
        references.SymmetricExceptWith(applied);
        return new(
            acknowledged.Count,
            acknowledged.Except(sent.Select(d => d.Hash), StringComparer.Ordinal).Count() + references.Count,
            Math.Abs(taken - Math.Min(Places, applications.Count)) + Math.Abs(run.PlacesTaken - taken),
            applications.Count(a => !mails.Contains(a.Id.ToString("N"))),
            ready);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]* value=\"(?<token>[^\"]+)\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex FormToken();
}
