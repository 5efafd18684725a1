using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using InfantMHWeek.Events.Moderation;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Sdk;
using static InfantMHWeek.Tests.Events.SpokenDates;
using Calendar = Ical.Net.Calendar;

namespace InfantMHWeek.Tests.Events.Schedules;

/// <summary>
/// Groups and events as they are held all over the country, typed into the organiser's form and read back from everything the site says of
/// them, over three years: some of them always, all of them with EVENT_SCHEDULES=all.
/// </summary>
[OneStore("the words on pages and in calendars")]
public sealed class RealSchedulesTests : IAsyncDisposable
{
    const int EachIn = 5;

    /// <summary>Together they see every day of more than three years, on both sides of clock changes.</summary>
    static readonly DateTimeOffset[] Moments =
    [
        new(2026, 12, 1, 9, 0, 0, TimeSpan.Zero),
        new(2027, 10, 29, 12, 0, 0, TimeSpan.Zero),
        new(2028, 10, 26, 23, 30, 0, TimeSpan.Zero),
        new(2029, 3, 25, 0, 30, 0, TimeSpan.Zero),
    ];
    readonly TestSite site = new();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void The_table_is_many_and_what_was_counted_by_hand_is_so()
    {
        var all = RealSchedule.All();
        Assert.True(all.Count >= 300, $"{all.Count} schedules");
        Assert.Equal(all.Count, all.Select(s => s.Said).Distinct(StringComparer.Ordinal).Count());
        Assert.True(all.Count(s => s.ByHand.Length > 0) >= 40);
        foreach (var said in all.Where(s => s.ByHand.Length > 0))
            Assert.Equal(
                said.ByHand,
                new ScheduleTruth(said, [])
                    .Between(DateOnly.MinValue, said.ByHand[^1].AddDays(60))
                    .Select(d => DateOnly.FromDateTime(UkClock.Local(d.Starts)))
            );
    }

    [Fact]
    public async Task What_organisers_say_is_read_back_the_same_everywhere()
    {
        site.Clock.SetUtcNow(Moments[0]);
        var all = Environment.GetEnvironmentVariable("EVENT_SCHEDULES") == "all";
        var form = new OfferedSchedules(site);
        var (offered, wrong) = (new ConcurrentQueue<Held>(), new ConcurrentQueue<string>());
        await Parallel.ForEachAsync(
            RealSchedule.All().Index().Where(s => all || s.Index % EachIn == 0 || s.Item.Hours.Length > 0),
            new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Cancel },
            async (s, _) =>
            {
                try
                {
                    offered.Enqueue(await form.OfferAsync(s.Item, $"Group {s.Index + 1:000}"));
                }
                catch (XunitException problem)
                {
                    wrong.Enqueue($"{s.Item.Said}: {problem.Message}");
                }
            }
        );
        var held = offered.OrderBy(h => h.Title, StringComparer.Ordinal).ToList();
        foreach (var moment in Moments)
        {
            site.Clock.SetUtcNow(moment);
            await using (var scope = site.Services.CreateAsyncScope())
                await scope.ServiceProvider.GetRequiredService<GroupDates>().ExtendAsync(Cancel);
            foreach (var group in held.Where(g => g.Said.TermOf.Length > 0))
                await form.LearnAsync(group);
            var outputs = new ScheduleOutputs(site, held, wrong);
            await outputs.AgreeAsync();
            await CalendarsAgreeAsync(outputs, held, wrong);
        }
        Assert.True(wrong.IsEmpty, $"{wrong.Count} differences:\n{string.Join('\n', wrong.Take(40))}");
        Assert.True(held.Count >= (all ? 300 : 60), $"{held.Count} schedules");
    }

    async Task CalendarsAgreeAsync(ScheduleOutputs outputs, IReadOnlyList<Held> held, ConcurrentQueue<string> wrong)
    {
        using var browser = site.Browser();
        var files = new List<string>();
        foreach (var group in held)
            files.Add(await browser.GetStringAsync(new Uri($"/events/{group.Slug}.ics", UriKind.Relative), Cancel));
        var (now, before) = (site.Clock.GetUtcNow().UtcDateTime, outputs.Sight.AddDays(1).ToDateTime(default));
        var third = OtherReader(files, now, before);
        foreach (var (number, group) in held.Index())
        {
            var expected = group.Truth.Between(DateOnly.MinValue, outputs.Sight).FindAll(d => d.Ends > now);
            var calendar = Calendar.Load(files[number])!;
            foreach (var off in calendar.Events.Where(v => v.Status == "CANCELLED").ToList())
                calendar.Events.Remove(off);
            if (group.Said.Repeats)
                Assert.Equal(group.Said.HoursGroups, calendar.Events.Select(v => v.Uid).Distinct(StringComparer.Ordinal).Count());
            var library = calendar
                .GetOccurrences<CalendarEvent>(new CalDateTime(now.AddDays(-20)))
                .Select(o => (o.Period.StartTime.AsUtc, o.Period.EffectiveEndTime!.AsUtc))
                .TakeWhile(o => o.Item1 < before)
                .Where(o => o.Item2 > now)
                .Order();
            Same(library, "Ical.Net");
            var plain = new PlainCalendarReader(files[number]).Read(now, before).SelectMany(d => d).Order();
            Same(plain, "the plain reader");
            if (third is not null)
                Same(third[number].Order(), "vobject");

            void Same(IEnumerable<(DateTime, DateTime)> read, string who)
            {
                var dates = read.ToList();
                if (!expected.SequenceEqual(dates))
                    wrong.Enqueue(
                        $"{now:yyyy-MM-dd}, {group.Title} “{group.Said.Said}”, calendar read by {who}: "
                            + $"missing {string.Join(", ", expected.Except(dates).Take(3))}; "
                            + $"too many {string.Join(", ", dates.Except(expected).Take(3))}; {expected.Count} and {dates.Count}"
                    );
            }
        }
    }

    /// <summary>python3-vobject of Debian; <c>tests/run</c> installs it, and under CI fails without it.</summary>
    const string Reader = """
        import sys, datetime, itertools, vobject
        utc = lambda t: t.astimezone(datetime.timezone.utc)
        first, last = (datetime.datetime.fromisoformat(a + '+00:00') for a in sys.argv[1:3])
        for number, path in enumerate(sys.argv[3:]):
            calendar = vobject.readOne(open(path, encoding='utf-8', newline='').read())
            found = {}
            takes_place = [e for e in calendar.vevent_list if e.status.value != 'CANCELLED']
            for event in sorted(takes_place, key=lambda e: hasattr(e, 'recurrence_id')):
                starts, ends = event.dtstart.value, event.dtend.value
                if hasattr(event, 'recurrence_id'):
                    found[utc(event.recurrence_id.value)] = (utc(starts), utc(ends))
                    continue
                length = ends.replace(tzinfo=None) - starts.replace(tzinfo=None)
                rule = event.getrruleset() if hasattr(event, 'rrule') or hasattr(event, 'rdate') else [starts]
                for one in itertools.takewhile(lambda t: utc(t) < last, rule):
                    end = (one.replace(tzinfo=None) + length).replace(tzinfo=one.tzinfo)
                    found[utc(one)] = (utc(one), utc(end))
            for starts, ends in sorted(found.values()):
                if ends > first and starts < last:
                    print(number, *(t.strftime('%Y-%m-%dT%H:%M:%S') for t in (starts, ends)))
        """;

    /// <returns>Null where there is none on this machine.</returns>
    ILookup<int, (DateTime, DateTime)>? OtherReader(List<string> files, DateTime now, DateTime before)
    {
        var python = Environment.GetEnvironmentVariable("VOBJECT");
        if (string.IsNullOrEmpty(python))
        {
            TestContext.Current.SendDiagnosticMessage("There is no third reader here: VOBJECT names a Python that has vobject.");
            return null;
        }
        var paths = files.Index().Select(f => Path.Combine(site.DataPath, $"{f.Index}.ics")).ToList();
        foreach (var (path, text) in paths.Zip(files))
            File.WriteAllText(path, text);
        string[] window = [.. new[] { now, before }.Select(t => t.ToString("s", CultureInfo.InvariantCulture))];
        var start = new ProcessStartInfo(python, ["-c", Reader, .. window, .. paths])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var problem = process.StandardError.ReadToEndAsync(Cancel);
        var read = process
            .StandardOutput.ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => l.Split(' '))
            .ToLookup(l => int.Parse(l[0], CultureInfo.InvariantCulture), l => (Utc(l[1] + "Z"), Utc(l[2] + "Z")));
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(2)) && process.ExitCode == 0, problem.Result);
        TestContext.Current.SendDiagnosticMessage($"vobject read {files.Count} files and {read.Sum(r => r.Count())} dates");
        return read;
    }
}
