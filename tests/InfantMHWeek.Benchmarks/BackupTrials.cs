using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace InfantMHWeek.Benchmarks;

/// <summary>The published program's backup and restore: beside people who post, and killed in the middle.</summary>
static partial class BackupTrials
{
    const string Host = "week.example";
    const int PerSecond = 5,
        FirstPort = 5390;
    static readonly TimeSpan LongestPost = TimeSpan.FromSeconds(1),
        Before = TimeSpan.FromSeconds(6),
        After = TimeSpan.FromSeconds(3),
        ComesUpWithin = TimeSpan.FromSeconds(60);

    sealed record Post(TimeSpan At, TimeSpan Took, HttpStatusCode Status);

    /// <summary>Takes a backup of so many megabytes of pictures while five people a second write to the charity.</summary>
    public static async Task<int> BesidePostsAsync(string site, string megabytes, params string[] settings)
    {
        using var folder = new Folder();
        Fill(site, folder, "A", int.Parse(megabytes, CultureInfo.InvariantCulture));
        string[] here = ["--Data:Path=" + folder["data"], "--Content:Path=" + folder["content"], .. settings];
        using var running = await StartAsync(site, here);
        using var browser = Browser();
        using var stop = new CancellationTokenSource();
        var (posts, clock) = (new ConcurrentQueue<Post>(), Stopwatch.StartNew());
        var posting = PostAsync(browser, posts, clock, stop.Token);
        await Task.Delay(Before);
        var (began, acknowledged) = (clock.Elapsed, posts.Count(p => p.Status == HttpStatusCode.Found));
        var code = await RunAsync(site, ["db", "backup", folder["site.tar.gz"], .. here]);
        var ended = clock.Elapsed;
        await Task.Delay(After);
        await stop.CancelAsync();
        await posting;
        running.Kill();
        await running.WaitForExitAsync();

        var restored = await RunAsync(
            site,
            ["db", "restore", folder["site.tar.gz"], "--Data:Path=" + folder["data2"], "--Content:Path=" + folder["content2"]]
        );
        var kept = Ask(folder["data2/site.db"], "SELECT count(*) FROM ContactMessages");
        var during = posts.Where(p => p.At + p.Took >= began && p.At <= ended).ToList();
        var all = string.Join(", ", posts.CountBy(p => (int)p.Status).Select(s => $"{s.Value} × {s.Key}"));
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"backup of {megabytes} MB: {(ended - began).TotalSeconds:0.0} s, {new FileInfo(folder["site.tar.gz"]).Length >> 20} "
                    + $"MB; posts: {all}; during it {during.Count}, longest {Longest(during):0} ms; otherwise longest "
                    + $"{Longest([.. posts.Except(during)]):0} ms; {acknowledged} acknowledged before it, {kept} in it"
            )
        );
        return
            code == 0
            && restored == 0
            && kept >= acknowledged
            && during.Count > 0
            && posts.All(p => p.Status == HttpStatusCode.Found)
            && during.TrueForAll(p => p.Took < LongestPost)
            ? 0
            : 1;
    }

    static double Longest(List<Post> posts) => posts.Count == 0 ? 0 : posts.Max(p => p.Took.TotalMilliseconds);

    static async Task PostAsync(HttpClient browser, ConcurrentQueue<Post> posts, Stopwatch clock, CancellationToken stop)
    {
        var (under, number) = (new List<Task>(), 0);
        using var beat = new PeriodicTimer(TimeSpan.FromSeconds(1d / PerSecond));
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await beat.WaitForNextTickAsync(stop);
            }
            catch (OperationCanceledException)
            {
                break;
            }
            under.Add(OneAsync(number++));
        }
        await Task.WhenAll(under);

        // Everybody comes from a network of their own, and takes some seconds to write.
        async Task OneAsync(int person)
        {
            var from = string.Create(CultureInfo.InvariantCulture, $"203.{person / 250 % 250}.{person % 250}.7");
            using var open = new HttpRequestMessage(HttpMethod.Get, "/contact/write")
            {
                Headers =
                {
                    { "Host", Host },
                    { "X-Forwarded-For", from },
                    { "X-Forwarded-Proto", "https" },
                },
            };
            using var page = await browser.SendAsync(open, CancellationToken.None);
            var html = await page.Content.ReadAsStringAsync(CancellationToken.None);
            var fields = HiddenField()
                .Matches(html)
                .Select(f => f.Value)
                .Select(tag =>
                    KeyValuePair.Create(
                        NameIn().Match(tag).Groups["is"].Value,
                        WebUtility.HtmlDecode(ValueIn().Match(tag).Groups["is"].Value)
                    )
                )
                .Where(f => f.Key.Length > 0)
                .DistinctBy(f => f.Key, StringComparer.Ordinal)
                .ToDictionary(StringComparer.Ordinal);
            fields["About"] = "message";
            fields["Text"] = $"A message of some words, number {person}.";
            fields["Name"] = "Ann";
            fields["Email"] = $"person{person}@home{person}.example";
            await Task.Delay(TimeSpan.FromSeconds(4), CancellationToken.None);
            using var send = new HttpRequestMessage(HttpMethod.Post, "/contact/write")
            {
                Content = new FormUrlEncodedContent(fields),
                Headers =
                {
                    { "Host", Host },
                    { "X-Forwarded-For", from },
                    { "X-Forwarded-Proto", "https" },
                },
            };
            if (page.Headers.TryGetValues("Set-Cookie", out var cookies))
                send.Headers.Add("Cookie", string.Join("; ", cookies.Select(c => c.Split(';')[0])));
            var began = clock.Elapsed;
            using var answer = await browser.SendAsync(send, CancellationToken.None);
            posts.Enqueue(new(began, clock.Elapsed - began, answer.StatusCode));
        }
    }

    /// <summary>Kills a backup and a restore, each so many times, at any moment, and looks what is there afterwards.</summary>
    public static async Task<int> KillAsync(string site, string times)
    {
        using var folder = new Folder();
        string[] b = ["--Data:Path=" + folder["dataB"], "--Content:Path=" + folder["contentB"]],
            a = ["--Data:Path=" + folder["data"], "--Content:Path=" + folder["content"]];
        Fill(site, folder, "B", 40, "dataB", "contentB");
        if (await RunAsync(site, ["db", "backup", folder["B.tar.gz"], .. b]) != 0)
            return 1;
        var (random, count, bad, killed, olds, news) = (new Random(7), int.Parse(times, CultureInfo.InvariantCulture), 0, 0, 0, 0);
        var usual = Stopwatch.StartNew();
        if (await RunAsync(site, ["db", "backup", folder["usual.tar.gz"], .. b]) != 0)
            return 1;
        var longest = (int)usual.ElapsedMilliseconds;
        for (var number = 0; number < count; number++)
        {
            var target = folder[$"k{number}.tar.gz"];
            if (!await KillAfterAsync(site, ["db", "backup", target, .. b], random.Next(longest / 4, longest)))
                killed++;
            // Whatever there is under its name is whole, and the next backup is not hindered.
            File.Delete(target + ".whole");
            if (File.Exists(target))
                File.Move(target, target + ".whole");
            var again = await RunAsync(site, ["db", "backup", target, .. b]);
            var left = Directory.GetFiles(folder[""], "*.part*").Length;
            if (again != 0 || left > 0)
                bad++;
            File.Delete(target);
            File.Delete(target + ".whole");
        }
        Console.WriteLine($"{killed} of {count} backups killed in the middle: {bad} left something or hindered the next");
        for (var number = 0; number < count; number++)
        {
            foreach (var old in (string[])["data", "content"])
                if (Directory.Exists(folder[old]))
                    Directory.Delete(folder[old], recursive: true);
            Fill(site, folder, "A", 5);
            await KillAfterAsync(site, ["db", "restore", folder["B.tar.gz"], "--replace", "true", .. a], random.Next(longest / 4, longest));
            using (var running = await StartAsync(site, a))
            {
                running.Kill();
                await running.WaitForExitAsync();
            }
            var state = StateOf(folder);
            if (state == "AAA")
                olds++;
            else if (state == "BBB")
                news++;
            else
                bad++;
            if (state is not ("AAA" or "BBB"))
                Console.WriteLine("After a killed restore: " + state);
            if (Directory.GetDirectories(folder["data"], "restore-*").Length > 0)
                bad++;
        }
        Console.WriteLine($"{count} restores killed: {olds} as before, {news} restored, {bad} half or with leftovers");
        return bad == 0 ? 0 : 1;
    }

    /// <summary>Whose database, keys and content there are.</summary>
    static string StateOf(Folder folder) =>
        (Ask(folder["data/site.db"], "SELECT count(*) FROM AuditEntries WHERE What = 'A'") > 0 ? "A" : "")
        + (Ask(folder["data/site.db"], "SELECT count(*) FROM AuditEntries WHERE What = 'B'") > 0 ? "B" : "")
        + string.Concat(Directory.GetFiles(folder["data/keys"], "mark-*").Select(f => Path.GetFileName(f)[^1]))
        + string.Concat(Directory.GetFiles(folder["content"], "mark-*").Select(f => Path.GetFileNameWithoutExtension(f)[^1]));

    static void Fill(string site, Folder folder, string mark, int megabytes, string data = "data", string content = "content")
    {
        Copy(Path.Combine(site, "content"), folder[content]);
        Directory.CreateDirectory(folder[content + "/media"]);
        for (var number = 0; number < megabytes; number++)
            File.WriteAllBytes(folder[$"{content}/media/picture-{number}.webp"], RandomNumberGenerator.GetBytes(1 << 20));
        File.WriteAllText(folder[$"{content}/mark-{mark}.md"], "---\ntitle: Mark\nsummary: A mark.\n---\n\nA mark.\n");
        Directory.CreateDirectory(folder[data + "/keys"]);
        File.WriteAllText(folder[$"{data}/keys/mark-{mark}"], mark);
        if (RunAsync(site, ["db", "migrate", "--Data:Path=" + folder[data]]).GetAwaiter().GetResult() != 0)
            throw new InvalidOperationException("No database could be made.");
        Ask(
            folder[data + "/site.db"],
            $"INSERT INTO AuditEntries (Id, At, Who, What) VALUES ('{Guid.CreateVersion7()}', '2026-06-08', 'Test', '{mark}'); SELECT 1"
        );
    }

    static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var there = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(there)!);
            File.Copy(file, there);
        }
    }

    static long Ask(string database, string question)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = question;
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    static Process Begin(string site, IEnumerable<string> words)
    {
        var start = new ProcessStartInfo(Path.Combine(site, "InfantMHWeek"), words)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, line) =>
        {
            if (line.Data is { Length: > 0 })
                Console.Error.WriteLine(line.Data);
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    static async Task<int> RunAsync(string site, IEnumerable<string> words)
    {
        using var process = Begin(site, words);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <returns>Whether it had ended before.</returns>
    static async Task<bool> KillAfterAsync(string site, IEnumerable<string> words, int milliseconds)
    {
        using var process = Begin(site, words);
        using var patience = new CancellationTokenSource(milliseconds);
        try
        {
            await process.WaitForExitAsync(patience.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            return false;
        }
    }

    static HttpClient Browser() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{FirstPort}"),
        };

    static async Task<Process> StartAsync(string site, IEnumerable<string> settings)
    {
        var process = Begin(
            site,
            [
                "--urls",
                $"http://127.0.0.1:{FirstPort}",
                "--Site:BaseUrl=https://" + Host,
                "--ReverseProxy:KnownAddresses=127.0.0.1",
                "--Serilog:MinimumLevel:Default=Error",
                .. settings,
            ]
        );
        using var browser = Browser();
        var clock = Stopwatch.StartNew();
        while (!process.HasExited && clock.Elapsed < ComesUpWithin)
        {
            try
            {
                using var ask = new HttpRequestMessage(HttpMethod.Get, "/health/live")
                {
                    Headers = { { "Host", Host }, { "X-Forwarded-Proto", "https" } },
                };
                using var answer = await browser.SendAsync(ask);
                return process;
            }
            catch (HttpRequestException)
            {
                // Nobody listens yet.
            }
            await Task.Delay(20);
        }
        throw new InvalidOperationException("The site did not come up.");
    }

    sealed class Folder : IDisposable
    {
        readonly string top = Directory.CreateTempSubdirectory("backup-trials-").FullName;
        public string this[string name] => Path.Combine(top, name);

        public void Dispose() => Directory.Delete(top, recursive: true);
    }

    [GeneratedRegex("<input[^>]*>")]
    private static partial Regex HiddenField();

    [GeneratedRegex("name=\"(?<is>[^\"]*)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex NameIn();

    [GeneratedRegex("value=\"(?<is>[^\"]*)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex ValueIn();
}
