using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using InfantMHWeek.Contact;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Tests.Courses;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace InfantMHWeek.Benchmarks;

/// <summary>
/// PostgreSQL goes away in four ways, again and again, while pages are read, people apply and write; and what becomes of it all.
/// </summary>
sealed partial class PostgresOutages : IAsyncDisposable
{
    const int ReadsPerSecond = 20,
        PeopleEach = 6;
    static readonly TimeSpan WorksAgainWithin = TimeSpan.FromSeconds(10),
        Away = TimeSpan.FromSeconds(3);
    static readonly string[] Kinds = ["stop", "restart", "sessions", "connections"];
    readonly string store,
        control,
        role;
    readonly Instances site;
    readonly HttpClient browser = Instances.Browser(Instances.Address(0));
    readonly ConcurrentBag<string> wrong = [],
        written = [],
        applied = [];
    int sender;

    PostgresOutages(string folder, string store, string control)
    {
        (this.store, this.control) = (store, control);
        role = new NpgsqlConnectionStringBuilder(store).Username!;
        site = new(folder, store, 1);
    }

    /// <param name="folder">The folder of the published program.</param>
    /// <param name="store">A connection string of a role that is no superuser; the database is used up.</param>
    /// <param name="control">
    /// A program that stops and starts the server (<c>stop</c>, <c>start</c>, <c>restart</c>), or asks it something as its owner
    /// (<c>sql TEXT</c>).
    /// </param>
    public static async Task<int> Run(string folder, string store, string control, string times)
    {
        await using var outages = new PostgresOutages(folder, store, control);
        return await outages.RunAsync(int.Parse(times, CultureInfo.InvariantCulture));
    }

    async Task<int> RunAsync(int times)
    {
        await site.StartAsync(0);
        Guid group;
        IReadOnlyList<string> tokens;
        await using (var db = StoreServices.Open(store))
            (group, tokens) = await Applicants.PrepareAsync(
                db,
                PeopleEach * times * Kinds.Length,
                PeopleEach * times * Kinds.Length / 2,
                default
            );
        var form = await WarmAsync(tokens[0]);
        using var ended = new CancellationTokenSource();
        var reading = ReadAsync(ended.Token);
        var (next, kept, back) = (0, 0, new List<TimeSpan>());
        for (var n = 0; n < times; n++)
            foreach (var kind in Kinds)
            {
                var people = tokens.Skip(PeopleEach * next++).Take(PeopleEach).ToList();
                var messages = new List<Message>();
                for (var m = 0; m < 3; m++)
                    messages.Add(await OpenAsync());
                var applying = Task.WhenAll(people.Select((person, number) => ApplyAsync(form, person, TimeSpan.FromSeconds(number))));
                await Task.Delay(TimeSpan.FromSeconds(1));
                await TroubleAsync(kind, async () =>
                {
                    foreach (var message in messages.Take(2))
                        if (await KeepsWordsAsync(message, kind))
                            kept++;
                });
                var clock = Stopwatch.StartNew();
                var works = false;
                while (!works && clock.Elapsed < 2 * WorksAgainWithin)
                {
                    works = await SendAsync(messages[2]) == HttpStatusCode.Found;
                    if (!works)
                        await Task.Delay(200);
                }
                back.Add(clock.Elapsed);
                if (!works || clock.Elapsed > WorksAgainWithin)
                    wrong.Add($"{kind}: works again after {clock.Elapsed.TotalSeconds:0.0} s");
                foreach (var message in messages.Take(2))
                    if (await SendAsync(message) is var status and not HttpStatusCode.Found)
                        wrong.Add($"{kind}: sent again, {status}");
                await applying;
                if (!site.IsRunning(0))
                    wrong.Add($"{kind}: the process has ended");
                await Console.Error.WriteLineAsync(
                    $"{n + 1} {kind}: works again after {clock.Elapsed.TotalSeconds:0.0} s; {wrong.Count} wrong"
                );
            }
        await ended.CancelAsync();
        var reads = await reading;
        return await CountAsync(group, times, reads, kept, back);
    }

    /// <summary>The first page of each kind takes its time; that is not what is tried here.</summary>
    async Task<Applicants.Form> WarmAsync(string token)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await OpenAsync();
                return await Applicants.OpenFormAsync(browser, token, default);
            }
            catch (TaskCanceledException) when (attempt < 10)
            {
                // Again.
            }
        }
    }

    async Task<int> CountAsync(Guid group, int times, int reads, int kept, List<TimeSpan> back)
    {
        await using var db = StoreServices.Open(store);
        var sum = await Applicants.CountAsync(db, group, applied, default);
        var there = (await db.Set<ContactMessage>().Select(m => m.Text).ToListAsync()).ToHashSet(StringComparer.Ordinal);
        var lost = written.Count(text => !there.Contains(text));
        Console.WriteLine(
            $"{times} times each of {string.Join(", ", Kinds)}: {reads} readings of / all 200; {kept} forms kept their words; works "
                + $"again after {back.Max().TotalSeconds:0.0} s at most"
        );
        Console.WriteLine(
            $"{sum.Acknowledged} applications and {written.Count} messages acknowledged: {sum.Lost} and {lost} lost, {sum.Oversold} "
                + $"oversold, {sum.WithoutMail} without mail; {wrong.Count} wrong"
        );
        foreach (var what in wrong.Take(20))
            Console.WriteLine("WRONG: " + what);
        return wrong.IsEmpty && sum.Whole && lost == 0 && kept > 0 && sum.Acknowledged > 0 ? 0 : 1;
    }

    async Task TroubleAsync(string kind, Func<Task> meanwhile)
    {
        switch (kind)
        {
            case "stop":
                await ControlAsync("stop");
                await meanwhile();
                await Task.Delay(Away);
                await ControlAsync("start");
                break;
            case "restart":
                await ControlAsync("restart");
                break;
            case "sessions":
                await ControlAsync("sql", EndSessions);
                break;
            default:
                await ControlAsync("sql", $"ALTER ROLE {role} CONNECTION LIMIT 0");
                await ControlAsync("sql", EndSessions);
                await meanwhile();
                await Task.Delay(Away);
                await ControlAsync("sql", $"ALTER ROLE {role} CONNECTION LIMIT -1");
                break;
        }
    }

    string EndSessions => $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{role}'";

    async Task ControlAsync(params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(control, words) { RedirectStandardOutput = true, UseShellExecute = false })!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{string.Join(' ', words)} failed.");
    }

    async Task<int> ReadAsync(CancellationToken ended)
    {
        var reads = 0;
        while (!ended.IsCancellationRequested)
        {
            using var answer = await browser.GetAsync(new Uri("/", UriKind.Relative), CancellationToken.None);
            if (answer.StatusCode != HttpStatusCode.OK)
                wrong.Add($"/ answered {answer.StatusCode}");
            reads++;
            await Task.Delay(1000 / ReadsPerSecond, CancellationToken.None);
        }
        return reads;
    }

    /// <summary>Whoever gets no good answer presses the button again.</summary>
    async Task ApplyAsync(Applicants.Form form, string token, TimeSpan later)
    {
        await Task.Delay(later);
        for (var attempt = 0; attempt < 60; attempt++)
        {
            try
            {
                if (await Applicants.SendAsync(browser, form, token, default))
                {
                    applied.Add(Secret.Hash(token));
                    return;
                }
            }
            catch (TaskCanceledException)
            {
                wrong.Add("an application waited for more than ten seconds");
            }
            await Task.Delay(500);
        }
        wrong.Add("an application never arrived");
    }

    sealed record Message(string From, string Cookie, List<KeyValuePair<string, string>> Fields, string Text);

    async Task<Message> OpenAsync()
    {
        var number = Interlocked.Increment(ref sender);
        var from = $"10.{number / 65536}.{number / 256 % 256}.{number % 256}";
        using var request = new HttpRequestMessage(HttpMethod.Get, Write) { Headers = { { "X-Forwarded-For", from } } };
        using var opened = await browser.SendAsync(request);
        var page = await opened.Content.ReadAsStringAsync();
        var text = $"I have a question, \"number\" {number} & no other.";
        var fields = Input()
            .Matches(page[page.IndexOf("<form method=\"post\"", StringComparison.Ordinal)..])
            .Select(m => (Tag: m.Value, Name: Name().Match(m.Value).Groups[1].Value))
            .Where(f => f.Tag.Contains("hidden", StringComparison.Ordinal) && f.Name.Length > 0)
            .Select(f => KeyValuePair.Create(f.Name, WebUtility.HtmlDecode(Value().Match(f.Tag).Groups[1].Value)))
            .ToList();
        fields.AddRange([new("About", "message"), new("Text", text), new("Name", "Sam"), new("Email", $"sam{number}@charity.example")]);
        return new(from, opened.Headers.GetValues("Set-Cookie").First().Split(';')[0], fields, text);
    }

    async Task<HttpStatusCode> SendAsync(Message message) => (await PostAsync(message)).Status;

    async Task<(HttpStatusCode Status, string Text)> PostAsync(Message message)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Write)
        {
            Content = new FormUrlEncodedContent(message.Fields),
            Headers = { { "X-Forwarded-For", message.From }, { "Cookie", message.Cookie } },
        };
        try
        {
            using var answer = await browser.SendAsync(request);
            if (answer.StatusCode == HttpStatusCode.Found)
                written.Add(message.Text);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }
        catch (TaskCanceledException)
        {
            return (HttpStatusCode.RequestTimeout, "");
        }
    }

    async Task<bool> KeepsWordsAsync(Message message, string kind)
    {
        var (status, text) = await PostAsync(message);
        if (status == HttpStatusCode.ServiceUnavailable && WebUtility.HtmlDecode(text).Contains(message.Text, StringComparison.Ordinal))
            return true;
        wrong.Add(
            $"{kind}: while it was away a form answered "
                + $"{status}{(status == HttpStatusCode.ServiceUnavailable ? " and lost its words" : "")}"
        );
        return false;
    }

    public ValueTask DisposeAsync()
    {
        browser.Dispose();
        return site.DisposeAsync();
    }

    static readonly Uri Write = new("/contact/write", UriKind.Relative);

    [GeneratedRegex("<input[^>]*>")]
    private static partial Regex Input();

    [GeneratedRegex(" name=\"([^\"]+)\"")]
    private static partial Regex Name();

    [GeneratedRegex(" value=\"([^\"]*)\"")]
    private static partial Regex Value();
}
