using System.Net;
using System.Text;
using InfantMHWeek.Events;
using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Tests.Events.Importing;
using Microsoft.EntityFrameworkCore;
using static InfantMHWeek.Tests.FormPosting;

namespace InfantMHWeek.Tests.Events;

/// <summary>Staff at work on events, through their screens.</summary>
[BothStores]
public sealed class ModerationTests : IAsyncDisposable
{
    readonly TestSite site = new();
    readonly GeneratedEvents generated = new(9);

    public ValueTask DisposeAsync() => site.DisposeAsync();

    async Task<Event[]> Store(params Event[] events)
    {
        await site.Write(db =>
        {
            db.Set<Event>().AddRange(events);
            return db.SaveChangesAsync();
        });
        return events;
    }

    Task<Event> Now(Event e) => site.InStore(db => db.Set<Event>().Include(o => o.Steps).AsNoTracking().SingleAsync(o => o.Id == e.Id));

    static string Key(Event e) => $"{e.Id:N}.{e.Revision}";

    static async Task<string> Go(Task<HttpResponseMessage> sent)
    {
        using var answer = await sent;
        Assert.True(
            answer.StatusCode == HttpStatusCode.Found,
            $"{answer.StatusCode}: {(await TestSite.Read(answer)).QuerySelector(".error-summary")?.TextContent}"
        );
        return answer.Headers.Location!.OriginalString;
    }

    static async Task<HttpResponseMessage> Decide(
        HttpClient staff,
        string handler,
        string[] keys,
        params (string Name, string? Value)[] fields
    )
    {
        using var opened = await staff.GetAsync(new Uri("/staff/events", UriKind.Relative), TestContext.Current.CancellationToken);
        var token = (await TestSite.Read(opened)).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var content = new FormUrlEncodedContent([
            .. keys.Select(k => KeyValuePair.Create("Chosen", k)),
            .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value!)),
            KeyValuePair.Create("__RequestVerificationToken", token),
        ]);
        return await staff.PostAsync(
            new Uri("/staff/events?handler=" + handler, UriKind.Relative),
            content,
            TestContext.Current.CancellationToken
        );
    }

    [Fact]
    public async Task Every_settled_event_is_found_however_many_there_are()
    {
        await site.Write(db =>
        {
            db.AddRange(Enumerable.Range(0, 120).Select(n => generated.Published(generated.Once($"Settled {n:000}"))));
            db.Add(generated.Published(generated.Once("Ti a fi yn Llŷn 100%_") with { Organiser = "O’Brien & Siân" }));
            return db.SaveChangesAsync();
        });
        using var staff = await site.SignedIn(StaffRole.Events);
        async Task<List<string>> Titles(string query)
        {
            using var answer = await staff.GetAsync(
                new Uri("/staff/events" + query, UriKind.Relative),
                TestContext.Current.CancellationToken
            );
            return [.. (await TestSite.Read(answer)).QuerySelectorAll("#all ~ .table-wrap th a").Select(a => a.TextContent)];
        }
        var seen = new List<string>();
        for (var turn = 1; turn <= 3; turn++)
            seen.AddRange(await Titles($"?turn={turn}"));
        Assert.Equal(121, seen.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(["Settled 007"], await Titles("?find=settled+007"));
        foreach (var words in new[] { "LLŷN", "100%_", "o’brien & siân", "yn llŷn" })
            Assert.Equal(["Ti a fi yn Llŷn 100%_"], await Titles("?find=" + Uri.EscapeDataString(words)));
        foreach (var words in new[] { "100%x", "nobody", "'; DROP TABLE", "\"", "~" })
            Assert.Empty(await Titles("?find=" + Uri.EscapeDataString(words)));
        foreach (var turn in new[] { "0", "-3", "999", "x", "99999999999" })
            Assert.NotEmpty(await Titles("?turn=" + turn));
    }

    [Fact]
    public async Task Many_are_decided_at_once_each_on_the_version_that_was_on_the_screen()
    {
        var events = await Store(generated.Waiting(), generated.Waiting(), generated.Waiting());
        using var staff = await site.SignedIn(StaffRole.Events);
        var keys = events.Select(Key).ToArray();
        await site.Write(async db =>
        {
            var changed = await db.Set<Event>().SingleAsync(e => e.Id == events[1].Id);
            changed.Propose(changed.Latest with { Title = "Buy now" }, GeneratedEvents.Now);
            return await db.SaveChangesAsync();
        });
        Assert.Equal("/staff/events", await Go(Decide(staff, "Approve", [.. keys, "nonsense", $"{Guid.NewGuid():N}.1"])));
        Assert.Equal([true, false, true], (await Task.WhenAll(events.Select(Now))).Select(e => e.IsPublic));
        var page = await staff.GetStringAsync(new Uri("/staff/events", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains("2 approved. 1 changed after you opened this page", page, StringComparison.Ordinal);

        // A refusal needs words, and a saved reply is enough.
        using (var refused = await Decide(staff, "Decline", [Key(await Now(events[1]))]))
            Assert.Contains(
                "Choose a reply",
                (await TestSite.Read(refused)).QuerySelector(".error-summary")!.TextContent,
                StringComparison.Ordinal
            );
        await Go(Decide(staff, "Decline", [Key(await Now(events[1]))], ("Reply", "event-reply-advert")));
        Assert.Equal(EventState.Declined, (await Now(events[1])).State);
        Assert.Contains(
            "not adverts",
            await site.InStore(db => db.Set<OutboxMail>().Where(m => m.Kind == "event-declined").Select(m => m.Text).SingleAsync()),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_saved_reply_is_put_into_the_box_and_sent_as_it_was_changed()
    {
        var e = (await Store(generated.Waiting()))[0];
        using var staff = await site.SignedIn(StaffRole.Events);
        var path = $"/staff/events/review?id={e.Id}";
        using var answer = await staff.Send(
            path,
            Fields(("Do", "reply"), ("Reply", "event-reply-where"), ("Words", "Dear Sam,")),
            "form:has([name=Revision])"
        );
        var page = await TestSite.Read(answer);
        var words = page.QuerySelector("[name=Words]")!.TextContent.Trim();
        Assert.StartsWith("Dear Sam,", words, StringComparison.Ordinal);
        Assert.Contains("postcode", words, StringComparison.Ordinal);
        Assert.Equal(EventState.Waiting, (await Now(e)).State);

        await Go(staff.Send(path, Fields(("Do", "ask"), ("Words", words + " Thank you!")), "form:has([name=Revision])"));
        Assert.Equal(EventState.Asked, (await Now(e)).State);
        Assert.Contains(
            "Thank you!",
            await site.InStore(db => db.Set<OutboxMail>().Where(m => m.Kind == "event-asked").Select(m => m.Text).SingleAsync()),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Staff_change_an_event_for_its_organiser_under_their_name_and_it_waits_all_the_same()
    {
        var e = (await Store(generated.Published(generated.Once("Songs"))))[0];
        var manage = "/events/manage/" + EventLinks.StaffName(e.Id);
        using var anybody = site.Browser();
        using var others = await site.SignedIn(StaffRole.Courses);
        foreach (var browser in new[] { anybody, others })
        foreach (var path in new[] { manage, manage + "/what" })
        {
            using var closed = await browser.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, closed.StatusCode);
        }
        using var staff = await site.SignedIn(StaffRole.Events);
        await Go(staff.Send(manage + "/what", Fields(("Name", "Songs and stories"))));
        var now = await Now(e);
        Assert.Equal(("Songs", "Songs and stories", true), (now.Live!.Title, now.Proposed!.Title, now.Waiting));
        Assert.Contains(now.Steps, s => s.Who.StartsWith("events-", StringComparison.Ordinal) && s.What == "changed it for the organiser");
        Assert.True(
            await site.InStore(db =>
                db.Set<AuditEntry>().AnyAsync(a => a.What == "changed an event for its organiser" && a.About == e.Id.ToString())
            )
        );
    }

    [Fact]
    public async Task What_waits_too_long_is_marked_and_weekends_do_not_count()
    {
        await Store(generated.Waiting(generated.Once("Songs")));
        async Task<string> Heading()
        {
            using var staff = await site.SignedIn(StaffRole.Events);
            using var answer = await staff.GetAsync(new Uri("/staff/events", UriKind.Relative), TestContext.Current.CancellationToken);
            return (await TestSite.Read(answer)).QuerySelector("#queue")!.TextContent;
        }

        // A Monday; two working days later is Wednesday.
        site.Clock.Advance(TimeSpan.FromHours(47));
        Assert.Equal("Waiting for you: 1", await Heading());
        site.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal("Waiting for you: 1, 1 late", await Heading());
        Assert.Equal(new DateTime(2026, 6, 9), new EventSettings().LateFrom(new DateTime(2026, 6, 5)));
    }

    [Fact]
    public async Task The_numbers_are_tables_and_what_organisers_told_is_there()
    {
        var events = await Store(
            generated.Published(generated.Once("Songs")),
            generated.Published(generated.Once("Stories")),
            generated.Waiting(generated.Once("Walk"))
        );
        await site.Write(async db =>
        {
            (await db.Set<Event>().Include(e => e.Steps).SingleAsync(e => e.Id == events[0].Id)).Report(
                12,
                "Lovely <b>morning</b>.",
                GeneratedEvents.Now.AddDays(30)
            );
            return await db.SaveChangesAsync();
        });
        using var staff = await site.SignedIn(StaffRole.Events);
        using var answer = await staff.GetAsync(new Uri("/staff/events/numbers", UriKind.Relative), TestContext.Current.CancellationToken);
        var page = await TestSite.Read(answer);
        string Row(string label) =>
            page.QuerySelectorAll("tbody tr")
                .First(r => r.QuerySelector("th")!.TextContent == label)
                .QuerySelector(".bar-value")!
                .TextContent;
        Assert.Equal(
            ("2", "1", "2", "2"),
            (Row("On the website"), Row("Waits for you"), Row("Yorkshire and the Humber"), Row("Saturday 20 June 2026"))
        );
        Assert.Contains("Lovely <b>morning</b>.", page.QuerySelector("blockquote")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_cell_of_the_export_is_a_formula()
    {
        string[] names = ["=1+1", "+1", "-1", "@SUM(A1)", "\"quoted\", comma", "＝1"];
        await Store([.. names.Select(n => generated.Published(generated.Once(n) with { Organiser = n }))]);
        using var staff = await site.SignedIn(StaffRole.Events);
        var text = await staff.GetStringAsync(new Uri("/staff/events/export", UriKind.Relative), TestContext.Current.CancellationToken);
        var cells = text.TrimStart('\uFEFF')
            .Split("\r\n", StringSplitOptions.RemoveEmptyEntries)
            .Skip(1)
            .SelectMany(l => l.Trim('"').Split("\",\""));
        Assert.All(cells, c => Assert.False(c.Length > 0 && "=+-@\t\r＝".Contains(c[0], StringComparison.Ordinal), c));
        Assert.Contains("\"\"\"quoted\"\", comma\"", text, StringComparison.Ordinal);
    }

    /// <summary>Looked at first, and brought in where there is something.</summary>
    static async Task<(HttpStatusCode Code, string Words)> Import(HttpClient staff, byte[] file, string name = "list.csv")
    {
        using var looked = await PartnerUpload.Look(staff, file, name);
        var page = await TestSite.Read(looked);
        if (page.QuerySelector("button[formaction*=Bring]") is null)
            return (looked.StatusCode, PartnerUpload.Words(page));
        using var answer = await PartnerUpload.Bring(staff, page);
        return (answer.StatusCode, PartnerUpload.Words(await TestSite.Read(answer)));
    }

    async Task<List<Event>> All() =>
        [.. (await site.InStore(db => db.Set<Event>().AsNoTracking().ToListAsync())).OrderBy(e => e.Latest.Title, StringComparer.Ordinal)];

    [Fact]
    public async Task A_partners_table_becomes_drafts_once_and_goes_through_the_queue()
    {
        using var staff = await site.SignedIn(StaffRole.Events);
        var file = Encoding.UTF8.GetBytes(
            "Name,Summary,Date,Starts,Ends,Venue,Town,Postcode,Cost\nSongs,\"Songs, and tea\",2026-06-20,10:30,12:00,Hall,Leeds,LS1 "
                + "4AP,free\nWalk,A walk,20 June 2026,2pm,3pm,Park,York,YO1 7HH,£2\n"
        );
        Assert.Equal(HttpStatusCode.Found, (await Import(staff, file)).Code);
        Assert.Equal(HttpStatusCode.Found, (await Import(staff, file)).Code);
        var events = await All();
        Assert.Equal(["Songs", "Walk"], events.Select(e => e.Latest.Title), StringComparer.Ordinal);
        Assert.All(events, e =>
            Assert.True(e is { State: EventState.Draft, IsPublic: false, Dates.Count: 0 } && !e.Latest.Missing().Any())
        );
        Assert.Equal(
            ("Partner network", "LS1 4AP", Cost.Free, new TimeOnly(10, 30)),
            (events[0].Latest.Organiser, events[0].Latest.Postcode, events[0].Latest.Cost, events[0].Latest.Schedule.Times[0].Starts)
        );

        // A draft cannot be approved; it is put into the queue first, and then a person approves it.
        await Go(Decide(staff, "Approve", [.. events.Select(Key)]));
        Assert.DoesNotContain(await All(), e => e.IsPublic);
        await Go(Decide(staff, "Queue", [.. events.Select(Key)]));
        await Go(Decide(staff, "Approve", [.. (await All()).Select(Key)]));
        Assert.All(await All(), e => Assert.True(e.IsPublic));
        Assert.Equal(2, await site.InStore(db => db.Set<OutboxMail>().CountAsync(m => m.Kind == "event-approved")));
    }

    [Fact]
    public async Task A_partners_calendar_becomes_drafts_and_what_is_not_understood_is_said()
    {
        string Event(string name, params string[] lines) =>
            $"BEGIN:VEVENT\r\nSUMMARY:{name}\r\n{string.Join("\r\n", lines)}\r\nBEGIN:VALARM\r\nSUMMARY:Wake "
            + "up\r\nEND:VALARM\r\nEND:VEVENT\r\n";
        var file =
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
            + Event(
                "Weekly\\, with tea",
                "DTSTART;TZID=Europe/London:20260622T100000",
                "DTEND;TZID=Europe/London:20260622T113000",
                "RRULE:FREQ=WEEKLY;COUNT=4",
                "LOCATION:Village hall\\, High Street\\, Leeds LS1 4AP"
            )
            + Event("In UTC", "DTSTART:20260701T090000Z", "DURATION:PT1H", "LOCATION:Online", "DESCRIPTION:Long\r\n er")
            + Event("Every second", "DTSTART:20260701T090000Z", "DURATION:PT1H", "RRULE:FREQ=SECONDLY")
            + Event("All day", "DTSTART;VALUE=DATE:20260701")
            + Event("Off", "STATUS:CANCELLED", "DTSTART:20260701T090000Z", "DURATION:PT1H")
            + Event("Never", "DTSTART;TZID=Europe/London:20270328T013000", "DURATION:PT1H")
            + Event("Past", "DTSTART:20250701T090000Z", "DURATION:PT1H")
            + "END:VCALENDAR\r\n";
        using var staff = await site.SignedIn(StaffRole.Events);
        var (code, words) = await Import(staff, Encoding.UTF8.GetBytes(file), "partner.ics");
        Assert.Equal(HttpStatusCode.OK, code);
        Assert.All(
            [
                "“Every second”: it repeats in a way",
                "“All day”: it has no time of day",
                "“Off”: it is cancelled",
                "“Never”: we could not read when it starts",
                "“Past”: it is past",
            ],
            w => Assert.Contains(w, words, StringComparison.Ordinal)
        );
        var events = await All();
        Assert.Equal(["In UTC", "Weekly, with tea"], events.Select(e => e.Latest.Title), StringComparer.Ordinal);
        Assert.Equal(
            ("Village hall", "High Street", "Leeds", "LS1 4AP"),
            (events[1].Latest.Venue, events[1].Latest.Address, events[1].Latest.Town, events[1].Latest.Postcode)
        );
        Assert.Equal((4, new TimeOnly(10, 0)), (events[1].Latest.Schedule.All().Count(), events[0].Latest.Schedule.Times[0].Starts));
        Assert.Equal(("Longer", Attendance.Online), (events[0].Latest.Summary, events[0].Latest.Attendance));
    }

    static readonly IReadOnlyList<(string Name, string File)> Bombs =
    [
        ("empty", ""),
        ("zip", "PK\u0003\u0004"),
        ("no columns", "a,b,c\n1,2,3\n"),
        ("not closed", "name,date,starts,ends\n\"" + new string('x', 400_000)),
        ("many lines", "name,date,starts,ends\n" + string.Concat(Enumerable.Repeat("a,2026-07-01,10:00,11:00\n", 15_000))),
        ("many columns", new string(',', 300_000)),
        ("deep", string.Concat(Enumerable.Repeat("BEGIN:VCALENDAR\n", 30_000))),
        ("endless line", "BEGIN:VCALENDAR\nX:" + new string('x', 400_000)),
        ("folds", "BEGIN:VCALENDAR\nX:\n" + string.Concat(Enumerable.Repeat(" x\n", 150_000))),
        ("many events", "BEGIN:VCALENDAR\n" + string.Concat(Enumerable.Repeat("BEGIN:VEVENT\nSUMMARY:a\nEND:VEVENT\n", 6_000))),
        ("nul", "name,date,starts,ends\n\0,2026-07-01,10:00,11:00"),
        ("large", new string('x', 600_000)),
        ("no calendar", "BEGIN:VCALENDAR\nEND:VCALENDAR\n"),
        ("dates", "name,date,starts,ends\na,08/06/2026,10:00,11:00\nb,2026-13-01,10:00,11:00\nc,2027-03-28,01:30,02:30\n"),
    ];

    [Fact]
    public async Task Bombs_are_refused_in_words_and_at_once()
    {
        using var staff = await site.SignedIn(StaffRole.Events);
        foreach (var (name, text) in Bombs)
        {
            var started = System.Diagnostics.Stopwatch.StartNew();
            var (code, words) = await Import(staff, Encoding.UTF8.GetBytes(text), name);
            Assert.True(code == HttpStatusCode.OK && words.Length > 20, $"{name}: {code} {words}");
            Assert.True(started.Elapsed < TimeSpan.FromSeconds(10), $"{name}: {started.Elapsed}");
        }
        Assert.Empty(await All());
    }

    [Fact]
    public async Task A_file_that_is_not_text_is_refused()
    {
        using var staff = await site.SignedIn(StaffRole.Events);
        Assert.Contains("not plain text", (await Import(staff, [0x6e, 0xe9, 0xff, 0xfe])).Words, StringComparison.Ordinal);
    }
}
