using System.Net;
using InfantMHWeek.Contact;
using InfantMHWeek.Events;
using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static InfantMHWeek.Tests.FormPosting;

namespace InfantMHWeek.Tests.Events;

/// <summary>
/// The same act, pressed twice at the same moment, for every state of an event and everything that can be done with it: it is done
/// once.
/// </summary>
[BothStores]
public sealed class TogetherTests : IAsyncDisposable
{
    static readonly string[] States =
    [
        "draft",
        "draft, known address",
        "unconfirmed",
        "waiting",
        "asked",
        "declined",
        "published",
        "change waiting",
        "postponed",
        "cancelled",
        "withdrawn",
        "over",
    ];
    static readonly string[] Acts = ["confirm", "send", "cancel", "postpone", "on-again", "notice", "withdraw", "report", "copy"];
    readonly TogetherSite site = new();
    readonly GeneratedEvents generated = new(11);

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static Dictionary<string, string?> Act(string act) =>
        Fields(
            ("Do", act),
            ("Declared", "true"),
            ("Sure", "true"),
            ("Notice", "The hall is flooded."),
            ("Words", "Twelve came."),
            ("People", "12")
        );

    Event In(string state)
    {
        var (now, details) = (GeneratedEvents.Now, generated.Once("Songs"));
        if (state is "draft" or "unconfirmed")
        {
            var begun = Event.Start(EmailAddress.Parse("organiser@example.org", null), now, details);
            if (state == "unconfirmed")
                begun.Send(now);
            return begun;
        }
        if (state == "draft, known address")
        {
            var known = Event.Start(EmailAddress.Parse("organiser@example.org", null), now, details);
            known.Confirm(now);
            return known;
        }
        if (state is "waiting" or "asked" or "declined")
        {
            var sent = generated.Waiting(details);
            if (state == "asked")
                sent.Ask("Ruth", sent.Revision, "Where?", now);
            if (state == "declined")
                sent.Decline("Ruth", sent.Revision, "No.", now);
            return sent;
        }
        var past = new EventTime(new(2026, 6, 1), new(10, 0), new(2026, 6, 1), new(11, 0));
        var e = generated.Published(state == "over" ? details with { Schedule = Schedule.Once(past) } : details);
        if (state == "change waiting")
            e.Propose(e.Latest with { Title = "Other songs" }, now);
        if (state == "postponed")
            e.Postpone(Event.Organiser, "", now);
        if (state == "cancelled")
            e.Cancel(Event.Organiser, "", now);
        if (state == "withdrawn")
            e.Withdraw(Event.Organiser, "", now);
        return e;
    }

    async Task<(Guid Id, string Manage)> Keep(string state) =>
        await site.Write(db =>
        {
            var e = In(state);
            db.Set<Event>().Add(e);
            return Task.FromResult((e.Id, "/events/manage/" + db.NewEventLink(e, mailed: true, GeneratedEvents.Now.UtcDateTime)));
        });

    Task<Event> Now(Guid id) =>
        site.InStore(db => db.Set<Event>().Include(e => e.Steps).AsNoTracking().SingleAsync(e => e.Id == id, Cancel));

    Task<List<string>> MailsAbout(Guid id) =>
        site.InStore(async db =>
            (await db.Set<OutboxMail>().AsNoTracking().ToListAsync(Cancel))
                .Where(m => m.About.StartsWith(id.ToString("N"), StringComparison.Ordinal))
                .Select(m => m.Kind)
                .ToList()
        );

    Task<int> Copies(Guid id) => site.InStore(db => db.Set<Event>().CountAsync(e => e.CopiedFrom == id, Cancel));

    static IEnumerable<string> Twice(IEnumerable<string> done) =>
        done.GroupBy(d => d, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key);

    [Fact]
    public async Task Every_act_in_every_state_pressed_twice_at_once_is_done_once()
    {
        using var browser = site.Browser();
        var token = await TogetherSite.TokenOf(browser);
        foreach (var state in States)
        foreach (var act in Acts)
        {
            var where = $"{act} when {state}";
            var (twin, one) = await Keep(state);
            using (var once = (await site.Together((browser, token, one, Act(act)))).Single())
                Assert.True((int)once.StatusCode < 500, where);
            var (id, manage) = await Keep(state);
            var before = (await Now(id)).Steps.Select(s => s.Id).ToHashSet();
            var answers = await site.Together((browser, token, manage, Act(act)), (browser, token, manage, Act(act)));
            // Whose note came too late reads that on the page, with the note in its box.
            Assert.All(answers, a => Assert.True(a.StatusCode is HttpStatusCode.Found or HttpStatusCode.OK, $"{where}: {a.StatusCode}"));

            var (after, expected) = (await Now(id), await Now(twin));
            Assert.True(after.State == expected.State, $"{where}: {after.State} and not {expected.State}");
            Assert.Empty(Twice(after.Steps.Where(s => !before.Contains(s.Id)).Select(s => $"{where}: {s.What}")));
            Assert.Equal(await MailsAbout(twin), await MailsAbout(id));
            Assert.Empty(Twice(await MailsAbout(id)));
            var (copies, copiesOfTwin) = (await Copies(id), await Copies(twin));
            Assert.True(copies == copiesOfTwin && copies <= 1, $"{where}: {copies} copies");
        }
    }

    /// <summary>The control: whoever decides on what was read before the lock does it twice.</summary>
    [Fact]
    public async Task Deciding_on_what_was_read_before_the_lock_does_it_twice()
    {
        var (id, _) = await Keep("published");
        async Task<Event> Read() =>
            await site.InStore(db =>
                db.Set<Event>().Include(e => e.Steps).Include(e => e.Dates).AsNoTracking().SingleAsync(e => e.Id == id, Cancel)
            );
        var (first, second) = (await Read(), await Read());
        var done = 0;
        foreach (var read in new[] { first, second })
            if (read.Cancel(Event.Organiser, "", GeneratedEvents.Now))
                done++;
        Assert.Equal(2, done);
        // And the law itself, read afresh, says no the second time.
        Assert.False(first.Cancel(Event.Organiser, "", GeneratedEvents.Now));
    }

    static readonly string[] Decisions = ["approve", "ask", "decline", "cancel", "withdraw"];

    [Fact]
    public async Task Two_colleagues_who_decide_at_once_decide_once_and_the_other_is_told_what_happened()
    {
        using var ruth = await site.SignedIn(await site.AddStaff("ruth@week.example", StaffRole.Events));
        using var ada = await site.SignedIn(await site.AddStaff("ada@week.example", StaffRole.Events));
        var (waiting, _) = await Keep("waiting");
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        var (ofRuth, ofAda) = (
            await TogetherSite.TokenOf(ruth, $"/staff/events/review?id={waiting}"),
            await TogetherSite.TokenOf(ada, $"/staff/events/review?id={waiting}")
        );
        foreach (var state in new[] { "waiting", "change waiting", "published" })
        foreach (var one in Decisions)
        foreach (var other in Decisions)
        {
            var where = $"{one} and {other} when {state}";
            var (id, _) = await Keep(state);
            var e = await Now(id);
            Dictionary<string, string?> Press(string what) =>
                Fields(
                    ("Id", id.ToString()),
                    ("Revision", e.Revision.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                    ("Do", what),
                    ("Words", "Because.")
                );
            var path = $"/staff/events/review?id={id}";
            var answers = await site.Together((ruth, ofRuth, path, Press(one)), (ada, ofAda, path, Press(other)));
            Assert.All(answers, a => Assert.True((int)a.StatusCode < 400, $"{where}: {a.StatusCode}"));
            var steps = (await Now(id)).Steps.Where(s => !e.Steps.Any(b => b.Id == s.Id)).Select(s => $"{s.Who} {s.What}").ToList();
            // As many were done as were told so.
            Assert.True(steps.Count == answers.Count(a => a.StatusCode == HttpStatusCode.Found), $"{where}: {string.Join("; ", steps)}");
            // Who approves and who cancels may both be right; each is told once.
            var mails = await MailsAbout(id);
            Assert.Empty(Twice(mails));
            Assert.True(mails.Count <= steps.Count, $"{where}: {string.Join("; ", mails)}");
            if (steps.Count == 1 && one == other)
            {
                var told = (await TestSite.Read(answers.Single(a => a.StatusCode == HttpStatusCode.OK)))
                    .QuerySelector(".error-summary")!
                    .TextContent;
                Assert.Contains("The last thing that happened to it", told, StringComparison.Ordinal);
                Assert.Contains(steps[0], told, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task A_part_of_the_form_sent_twice_at_once_is_kept_once_and_two_parts_are_both_kept()
    {
        using var browser = site.Browser();
        var token = await TogetherSite.TokenOf(browser);
        var (id, manage) = await Keep("published");
        var place = Fields(("How", "in-person"), ("Venue", "Library"), ("Town", "Leeds"), ("Postcode", "LS1 4AP"));
        for (var round = 0; round < 3; round++)
        {
            place["Venue"] = $"Library {round}";
            var answers = await site.Together(
                (browser, token, manage + "/place", place),
                (browser, token, manage + "/place", place),
                (browser, token, manage + "/what", Fields(("Name", $"Songs {round}"), ("Summary", "Songs and tea.")))
            );
            Assert.All(answers, a => Assert.Equal(HttpStatusCode.Found, a.StatusCode));
            var e = await Now(id);
            Assert.Equal(($"Library {round}", $"Songs {round}"), (e.Latest.Venue, e.Latest.Title));
        }
    }

    [Fact]
    public async Task An_offer_a_concern_and_a_message_sent_twice_at_once_are_there_once()
    {
        using var browser = site.Browser();
        var (id, _) = await Keep("published");
        var slug = (await Now(id)).Slug;
        foreach (
            var (path, fields) in new[]
            {
                ("/events/offer", Fields(("Email", "sam@example.org"))),
                ($"/events/concern/{slug}", Fields(("Words", "It is no event."))),
                ("/contact/write", Fields(("About", "message"), ("Text", "Hello."), ("Email", "ann@example.org"))),
            }
        )
        {
            using var opened = await browser.GetAsync(new Uri(path, UriKind.Relative), Cancel);
            var page = await TestSite.Read(opened);
            foreach (var hidden in page.QuerySelectorAll("main form input[type=hidden]"))
                fields[hidden.GetAttribute("name")!] = hidden.GetAttribute("value");
            var token = fields["__RequestVerificationToken"]!;
            fields.Remove("__RequestVerificationToken");
            Assert.All(await site.Together((browser, token, path, fields), (browser, token, path, fields)), a =>
                Assert.Equal(HttpStatusCode.Found, a.StatusCode)
            );
            if (fields.TryGetValue("Text", out _))
                fields["Text"] = "Something else.";
            else if (fields.TryGetValue("Words", out _))
                fields["Words"] = "Something else.";
            else
                continue;
            // Gone back, changed and sent again: other words are not lost.
            Assert.Equal(HttpStatusCode.Found, (await site.Together((browser, token, path, fields))).Single().StatusCode);
        }
        Assert.Equal(
            (1, 1),
            (
                await site.InStore(db => db.Set<Event>().CountAsync(e => e.Form != null, Cancel)),
                await site.InStore(db => db.Set<OutboxMail>().CountAsync(m => m.Kind == "event-started", Cancel))
            )
        );
        Assert.Equal(
            ["It is no event.", "Something else."],
            (await site.InStore(db => db.Set<EventConcern>().Select(c => c.Words).ToListAsync(Cancel))).Order(StringComparer.Ordinal),
            StringComparer.Ordinal
        );
        Assert.Equal(
            ["Hello.", "Something else."],
            (await site.InStore(db => db.Set<ContactMessage>().Select(c => c.Text).ToListAsync(Cancel))).Order(StringComparer.Ordinal),
            StringComparer.Ordinal
        );
    }

    [Fact]
    public async Task Two_colleagues_who_answer_one_message_or_close_one_concern_are_told_who_did()
    {
        using var ruth = await site.SignedIn(await site.AddStaff("ruth@week.example", StaffRole.Administrator));
        using var ada = await site.SignedIn(await site.AddStaff("ada@week.example", StaffRole.Administrator));
        var (id, _) = await Keep("published");
        var (concern, message) = await site.Write(db =>
        {
            var worry = new EventConcern
            {
                Id = Guid.CreateVersion7(),
                EventId = id,
                At = GeneratedEvents.Now.UtcDateTime,
                Words = "A worry.",
            };
            var said = new ContactMessage
            {
                Id = Guid.CreateVersion7(),
                Form = Guid.NewGuid(),
                Reference = "2345-6789",
                Kind = ContactKind.Message,
                Email = EmailAddress.Parse("ann@example.org", null),
                Text = "Hello.",
                At = GeneratedEvents.Now.UtcDateTime,
            };
            db.AddRange(worry, said);
            return Task.FromResult((worry.Id, said.Id));
        });
        foreach (
            var (page, path, thing) in new[]
            {
                ("/staff/events", "/staff/events?handler=Close", concern),
                ("/staff/contact", "/staff/contact", message),
            }
        )
        {
            var answers = await site.Together(
                (ruth, await TogetherSite.TokenOf(ruth, page), path, Fields(("id", thing.ToString()))),
                (ada, await TogetherSite.TokenOf(ada, page), path, Fields(("id", thing.ToString())))
            );
            Assert.All(answers, a => Assert.Equal(HttpStatusCode.Found, a.StatusCode));
            var told = new List<string>();
            foreach (var browser in new[] { ruth, ada })
                told.Add(
                    (await TestSite.Read(await browser.GetAsync(new Uri(page, UriKind.Relative), Cancel)))
                        .QuerySelector("[role=status]")!
                        .TextContent
                );
            Assert.Single(told, t => t.Contains("already", StringComparison.Ordinal));
        }
        Assert.Equal(
            2,
            await site.InStore(db =>
                db.Set<AuditEntry>().CountAsync(a => a.What == "closed a concern" || a.What == "answered a message", Cancel)
            )
        );
    }
}
