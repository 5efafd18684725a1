using System.Diagnostics;
using System.Globalization;
using System.Net;
using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Editing.History;
using InfantMHWeek.Editing.Plans;
using InfantMHWeek.Platform.Jobs;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Tests.Courses;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Benchmarks;

/// <summary>
/// Kills the published program in the middle of its jobs, with work for each of them: offers that ended, planned changes, a backup,
/// and what is to be forgotten.
/// </summary>
sealed class JobKills : IDisposable
{
    const int Port = 5340,
        People = 8,
        Places = 2;

    static readonly string[] Struck =
    [
        "end offers that nobody answered",
        "offer places that are free",
        PlannedChanges.Job,
        "take the nightly backup",
        "forget old mails",
    ];
    static readonly TimeSpan Ends = TimeSpan.FromSeconds(120),
        AllDone = TimeSpan.FromMinutes(10);
    readonly string site,
        folder = Directory.CreateTempSubdirectory("job-kills-").FullName,
        store;
    readonly Random random = new(7);
    int plans,
        inTheMiddle;

    JobKills(string site)
    {
        this.site = site;
        store = $"Data Source={Path.Combine(folder, "data", "site.db")};Pooling=False";
        foreach (var file in Directory.GetFiles(Path.Combine(site, "content"), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, "content", Path.GetRelativePath(Path.Combine(site, "content"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public static async Task<int> Run(string site, string times)
    {
        using var kills = new JobKills(site);
        return await kills.RunAsync(int.Parse(times, CultureInfo.InvariantCulture));
    }

    async Task<int> RunAsync(int times)
    {
        using (var first = await StartAsync())
            await EndAsync(first, "-TERM");
        for (var n = 1; n <= times; n++)
        {
            using var process = await StartAsync();
            await PrepareAsync(n);
            await using var db = StoreServices.Open(store);
            await UntilAtWorkAsync(db, Struck[n % Struck.Length]);
            await Task.Delay(random.Next(40));
            await EndAsync(process, "-KILL");
            if (await db.Set<JobState>().AnyAsync(j => j.LeasedBy != null))
                inTheMiddle++;
            // As if the minute had passed for which a dead process is believed to be alive.
            var past = DateTime.UtcNow.AddMinutes(-2);
            await db.Set<JobState>().Where(j => j.LeasedUntil != null).ExecuteUpdateAsync(set => set.SetProperty(j => j.LeasedUntil, past));
            if (n % 10 == 0)
                await Console.Error.WriteLineAsync($"{n} kills, {inTheMiddle} in the middle of a job");
        }
        return await FinishAsync(times);
    }

    /// <summary>Waits until the job is under way.</summary>
    static async Task UntilAtWorkAsync(SiteDb db, string job)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < Ends && !await db.Set<JobState>().AnyAsync(j => j.Name == job && j.LeasedBy != null))
            await Task.Delay(2);
    }

    /// <summary>Work for every job, due at once.</summary>
    async Task PrepareAsync(int number)
    {
        await using var db = StoreServices.Open(store);
        var (_, tokens) = await Applicants.PrepareAsync(db, People, Places, default);
        using var browser = Browser();
        var form = await Applicants.OpenFormAsync(browser, tokens[0], default);
        foreach (var token in tokens)
            await Applicants.SendAsync(browser, form, token, default);
        // Offers of this round and of those before it end.
        var past = DateTime.UtcNow.AddMinutes(-1);
        await db.Set<Application>()
            .Where(a => a.State == ApplicationState.Held || a.State == ApplicationState.Offered)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.State, ApplicationState.Offered).SetProperty(a => a.KeptUntil, past));
        plans++;
        db.Add(
            new PlannedChange
            {
                Id = Guid.CreateVersion7(),
                File = FileOf(plans),
                Text = TextOf(plans),
                At = past,
                StaffId = Guid.NewGuid(),
                Who = "Ann",
                State = PlanState.Waiting,
            }
        );
        var (old, then) = (InfantMHWeek.Platform.Text.EmailAddress.Parse("old@charity.example", null), past.AddYears(-2));
        db.Add(
            new OutboxMail
            {
                Id = Guid.CreateVersion7(),
                Kind = "old",
                About = $"old {number}",
                To = old,
                Subject = "Old",
                Text = "",
                Html = "",
                QueuedAt = then,
                NextAttemptAt = then,
                SentAt = then,
            }
        );
        await db.SaveChangesAsync();
        await db.Set<JobState>().ExecuteUpdateAsync(set => set.SetProperty(j => j.DueAt, past));
    }

    static string FileOf(int plan) => $"planned-{plan}.md";

    static string TextOf(int plan) => $"---\ntitle: Planned {plan}\nsummary: A page that was planned.\n---\n\nThis is page {plan}.\n";

    async Task<int> FinishAsync(int times)
    {
        using var process = await StartAsync();
        var (since, clock) = (DateTime.UtcNow, Stopwatch.StartNew());
        await using var db = StoreServices.Open(store);
        await db.Set<JobState>().ExecuteUpdateAsync(set => set.SetProperty(j => j.DueAt, since.AddMinutes(-1)));
        while (clock.Elapsed < AllDone && await db.Set<JobState>().AnyAsync(j => j.DoneAt == null || j.DoneAt < since))
            await Task.Delay(500);
        await EndAsync(process, "-TERM");

        var undone = await db.Set<JobState>()
            .AsNoTracking()
            .Where(j => j.DoneAt == null || j.DoneAt < since)
            .Select(j => j.Name + " " + j.Problem)
            .ToListAsync();
        var now = DateTime.UtcNow;
        var late = await db.Set<Application>().CountAsync(a => a.State == ApplicationState.Offered && a.KeptUntil < now);
        var offers = await db.Set<OutboxMail>().Where(m => m.Kind == "course-place-offered").Select(m => m.To).ToListAsync();
        var twice = offers.Count - offers.Distinct().Count();
        var cohorts = await db.Set<Cohort>().AsNoTracking().ToListAsync();
        var applications = await db.Set<Application>().AsNoTracking().ToListAsync();
        var oversold = cohorts.Sum(c =>
            Math.Abs(c.PlacesTaken - applications.Count(a => a.CohortId == c.Id && a.TakesPlace)) + Math.Max(0, c.PlacesTaken - c.Places)
        );
        var planned = Enumerable
            .Range(1, plans)
            .Count(n =>
                File.Exists(Path.Combine(folder, "content", FileOf(n)))
                && File.ReadAllText(Path.Combine(folder, "content", FileOf(n))) == TextOf(n)
            );
        var open = await db.Set<PlannedChange>().CountAsync(p => p.State != PlanState.Done);
        var revisions = await db.Set<PageRevision>()
            .Where(r => r.File.StartsWith("planned-"))
            .GroupBy(r => r.File)
            .CountAsync(g => g.Count() != 1);
        var old = await db.Set<OutboxMail>().CountAsync(m => m.Kind == "old");
        var (backups, half) = await BackupsAsync();
        Console.WriteLine($"{times} kills, {inTheMiddle} in the middle of a job; afterwards {undone.Count} jobs not done");
        Console.WriteLine(
            $"{offers.Count} offers: {twice} twice, {late} not ended, {oversold} places wrong; {plans} planned changes: "
                + $"{plans - planned} not there, {open} not done, {revisions} not exactly once in the history"
        );
        Console.WriteLine($"{backups} backups: {half} not whole; {old} old mails left");
        undone.ForEach(Console.WriteLine);
        return
            inTheMiddle > 0
            && undone.Count + twice + late + oversold + (plans - planned) + open + revisions + half + old == 0
            && offers.Count > 0
            && backups > 0
            ? 0
            : 1;
    }

    /// <summary>Each is put back beside the site.</summary>
    async Task<(int All, int Half)> BackupsAsync()
    {
        var all = Directory.GetFiles(Path.Combine(folder, "data", "backups"));
        var half = 0;
        foreach (var file in all)
        {
            var place = Path.Combine(folder, "restored");
            using var restore = Process.Start(
                new ProcessStartInfo(
                    Path.Combine(site, "InfantMHWeek"),
                    [
                        "db",
                        "restore",
                        file,
                        "--Data:Path=" + Path.Combine(place, "data"),
                        "--Content:Path=" + Path.Combine(place, "content"),
                    ]
                )
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                    UseShellExecute = false,
                }
            )!;
            await restore.WaitForExitAsync();
            if (restore.ExitCode != 0)
                half++;
            if (Directory.Exists(place))
                Directory.Delete(place, recursive: true);
        }
        return (all.Length, half);
    }

    static HttpClient Browser()
    {
        var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{Port}"),
            Timeout = TimeSpan.FromSeconds(20),
        };
        browser.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        return browser;
    }

    async Task<Process> StartAsync()
    {
        var start = new ProcessStartInfo(
            Path.Combine(site, "InfantMHWeek"),
            [
                "--urls",
                $"http://127.0.0.1:{Port}",
                "--Site:BaseUrl=https://week.example",
                "--ReverseProxy:KnownAddresses=127.0.0.1",
                "--Data:Path=" + Path.Combine(folder, "data"),
                "--Content:Path=" + Path.Combine(folder, "content"),
                "--Backup:Keep=100",
                "--Serilog:MinimumLevel:Default=Error",
            ]
        )
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        using var browser = Browser();
        for (var tries = 0; tries < 600 && !process.HasExited; tries++)
        {
            try
            {
                using var answer = await browser.GetAsync(new Uri("/health/ready", UriKind.Relative));
                if (answer.StatusCode == HttpStatusCode.OK)
                    return process;
            }
            catch (HttpRequestException)
            {
                // Nobody listens yet.
            }
            await Task.Delay(50);
        }
        throw new InvalidOperationException("The site did not come up.");
    }

    static async Task EndAsync(Process process, string signal)
    {
        using (var kill = Process.Start("kill", [signal, process.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();
        await process.WaitForExitAsync();
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
