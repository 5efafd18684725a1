using System.Net;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Courses.Interests;
using InfantMHWeek.Courses.Mailing;
using InfantMHWeek.Platform.Accounts;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Tests.Courses.Places;

/// <summary>
/// Two requests at the same moment over HTTP, for every state and every action: one act, one mail, no error, and the places agree.
/// </summary>
[BothStores]
public sealed class TogetherTests : IAsyncDisposable
{
    readonly OpenHandedSite site = new();
    readonly CourseDesk desk;
    readonly AtOnce press;

    public TogetherTests() => (desk, press) = (new(site), new(site, new(site)));

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static readonly Dictionary<string, Func<AtOnce.Presser, string, Task<HttpStatusCode>>> Actions = new(StringComparer.Ordinal)
    {
        ["accept"] = (browser, place) => browser.Post(place, ("wish", "accept")),
        ["give up"] = (browser, place) => browser.Post(place, ("wish", "give-up")),
        ["rejoin"] = (browser, place) => browser.Post(place, ("wish", "rejoin")),
        ["cancel"] = (browser, place) => browser.Post(place + "/cancel"),
        ["change details"] = (browser, place) => browser.Post(place + "/details", ("Name", "Ann"), ("Needs", "Captions")),
        ["name a colleague"] = (browser, place) =>
            browser.Post(place + "/hand-over", ("Name", "Cem"), ("Email", $"cem.{place[^8..]}@charity.example".Replace('_', '-'))),
        ["name a stranger"] = (browser, place) =>
            browser.Post(place + "/hand-over", ("Name", "Dan"), ("Email", $"dan.{place[^8..]}@gmail.com".Replace('_', '-'))),
        ["delete"] = (browser, place) => browser.Post(place + "/data?handler=Delete"),
    };

    public static TheoryData<string> States => [.. Enum.GetNames<ApplicationState>(), "refused"];

    /// <summary>Somebody in a state, in a cohort in which somebody else waits.</summary>
    async Task<(Guid Cohort, Guid Person)> Bring(string state)
    {
        var decide = state is "Applied" or "refused";
        var cohort = await desk.Open(places: 1, decideFirst: decide);
        var waits = state is "Waiting" or "Offered" or "Declined" or "Expired" or "Withdrawn";
        var before = waits ? await desk.Apply(cohort, "before@other.example") : default;
        var person = await desk.Apply(cohort, "ann@charity.example");
        if (!decide)
            await desk.Apply(cohort, "next@third.example");
        if (state is "Offered" or "Declined" or "Expired")
            await desk.GiveUp(before);
        if (state is "Accepted" or "Cancelled")
            await desk.Accept(person);
        if (state is "Declined" or "Cancelled" or "Withdrawn")
            await desk.GiveUp(person);
        if (state is "refused")
            await desk.Decide(person, yes: false);
        if (state is "TakenBack")
            await desk.With(r => r.DecideAsync(person, yes: false, CourseDesk.Ruth, null, takeBack: true, Cancel));
        if (state is "Expired")
        {
            var past = desk.Now.AddHours(-1);
            await site.Write(db =>
                db.Set<Application>().Where(a => a.Id == person).ExecuteUpdateAsync(set => set.SetProperty(a => a.KeptUntil, past), Cancel)
            );
            await desk.Expire();
        }
        Assert.Equal(state == "refused" ? "Declined" : state, (await desk.StateOf(person)).ToString());
        return (cohort, person);
    }

    [Theory]
    [MemberData(nameof(States))]
    public async Task Pressed_twice_at_once_every_action_is_one_act(string state)
    {
        foreach (var (action, act) in Actions)
        {
            var (cohort, person) = await Bring(state);
            var place = await press.Link(person);
            using var browser = await press.Browser();
            var (steps, mails) = ((await desk.Find(person)).Steps.Count, await press.Mails(person));
            var answers = await AtOnce.Do(() => act(browser, place), () => act(browser, place));
            Assert.All(answers, a => Assert.True((int)a < 500, $"{state}, {action}: {a}"));
            Assert.Equal("", await press.Wrong(cohort));
            foreach (var (kind, count) in await press.Mails(person))
                Assert.True(count <= mails.GetValueOrDefault(kind) + 1, $"{state}, {action}: {kind} {count} times");
            Assert.True(await site.InStore(db => db.Set<HandOver>().CountAsync(h => h.ApplicationId == person, Cancel)) <= 1);
            if (action == "delete")
                Assert.Equal(0, await site.InStore(db => db.Set<Application>().CountAsync(a => a.Id == person, Cancel)));
            else
                Assert.True(
                    (await desk.Find(person)).Steps.Count(s => s.By == ApplicationStep.Applicant) <= steps + 1,
                    $"{state}, {action}"
                );
        }
    }

    [Fact]
    public async Task Every_two_different_actions_at_once_leave_the_places_right()
    {
        foreach (var state in new[] { "Held", "Offered", "Accepted", "Cancelled", "Waiting" })
        foreach (var one in new[] { "accept", "give up", "rejoin", "delete" })
        foreach (var other in new[] { "give up", "rejoin", "delete", "name a colleague" }.Where(o => o != one))
        {
            var (cohort, person) = await Bring(state);
            var place = await press.Link(person);
            using var browser = await press.Browser();
            var answers = await AtOnce.Do(() => Actions[one](browser, place), () => Actions[other](browser, place));
            Assert.All(answers, a => Assert.True((int)a < 500, $"{state}, {one} and {other}: {a}"));
            Assert.Equal($"{state}, {one}, {other}:", $"{state}, {one}, {other}:" + await press.Wrong(cohort));
        }
    }

    /// <summary>An interest that is not there, registered, or confirmed; and everything that can be done with it.</summary>
    [Fact]
    public async Task An_interest_is_one_row_and_one_mail_whatever_is_pressed_at_once()
    {
        foreach (var state in new[] { "none", "registered", "confirmed" })
        foreach (
            var (one, other) in new[]
            {
                ("register", "register"),
                ("stay", "stay"),
                ("leave", "leave"),
                ("stay", "leave"),
                ("register", "leave"),
                ("one click", "leave"),
            }
        )
        {
            var email = $"{state}.{one}.{other}@charity.example".Replace(' ', '-');
            using var browser = await press.Browser();
            Task<HttpStatusCode> Register() => browser.Post($"/courses/{CourseDesk.Slug}/interest", ("Name", "Ann"), ("Email", email));
            if (state != "none")
                await Register();
            var link = await LinkOf(email);
            if (state == "confirmed")
                await browser.Post(link, ("wish", "stay"));
            Task<HttpStatusCode> Act(string what) =>
                what switch
                {
                    "register" => Register(),
                    "one click" => browser.Post(link + "/leave", ("List-Unsubscribe", "One-Click")),
                    _ => browser.Post(link, ("wish", what)),
                };
            var answers = await AtOnce.Do(() => Act(one), () => Act(other));
            Assert.All(answers, a => Assert.True((int)a < 500, $"{state}, {one} and {other}: {a}"));
            Assert.True(await site.InStore(db => db.Set<Interest>().CountAsync(i => i.AddressKey == email, Cancel)) <= 1);
            Assert.True(
                (await desk.MailsTo(email)).Count <= (state == "confirmed" || one == "register" ? 2 : 1),
                $"{state}, {one} and {other}"
            );
        }
    }

    async Task<string> LinkOf(string email)
    {
        var id = await site.InStore(db =>
            db.Set<Interest>().Where(i => i.AddressKey == email).Select(i => (Guid?)i.Id).FirstOrDefaultAsync(Cancel)
        ) ?? Guid.NewGuid();
        return $"/courses/{CourseDesk.Slug}/interest/"
            + await site.Write(db => Task.FromResult(db.NewLink(LinkPurpose.Interest, id, desk.Now)));
    }

    /// <summary>
    /// A hand-over that is not there, that waits for staff, or that the colleague may take; and everything that can be done with it.
    /// </summary>
    [Theory]
    [InlineData("none")]
    [InlineData("waits")]
    [InlineData("allowed")]
    public async Task A_hand_over_gives_the_place_to_one_person_whatever_is_pressed_at_once(string state)
    {
        var staff = await press.Browser(await site.SignedIn(StaffRole.Courses));
        string[] acts = ["name", "name another", "take", "yes", "no", "give up", "delete"];
        foreach (var (one, other) in acts.SelectMany((a, i) => acts.Skip(i).Select(b => (a, b))))
        {
            // Forms that are sent without having been opened have a budget by the half minute.
            site.Clock.Advance(TimeSpan.FromMinutes(2));
            var (cohort, person) = await Bring("Accepted");
            var (place, mailbox) = (await press.Link(person), state == "waits" ? "gmail.com" : "charity.example");
            using var browser = await press.Browser();
            Task<HttpStatusCode> Name(string who) =>
                browser.Post(place + "/hand-over", ("Name", who), ("Email", $"{who}.{person:N}@{mailbox}"));
            if (state != "none")
                Assert.Equal(HttpStatusCode.Found, await Name("bea"));
            var id = await site.InStore(db =>
                db.Set<HandOver>().Where(h => h.ApplicationId == person).Select(h => (Guid?)h.Id).FirstOrDefaultAsync(Cancel)
            ) ?? Guid.NewGuid();
            var take =
                "/courses/places/take-over/" + await site.Write(db => Task.FromResult(db.NewLink(LinkPurpose.HandOver, id, desk.Now)));
            Task<HttpStatusCode> Act(string what) =>
                what switch
                {
                    "name" => Name("bea"),
                    "name another" => Name("cem"),
                    "take" => browser.Post(take),
                    "yes" or "no" => staff.Post($"/staff/courses/{cohort}?handler=HandOver", ("handOver", id.ToString()), ("wish", what)),
                    "give up" => browser.Post(place, ("wish", "give-up")),
                    _ => browser.Post(place + "/data?handler=Delete"),
                };
            var answers = await AtOnce.Do(() => Act(one), () => Act(other));
            Assert.All(answers, a => Assert.True((int)a < 500, $"{state}, {one} and {other}: {a}"));
            Assert.Equal($"{state}, {one}, {other}:", $"{state}, {one}, {other}:" + await press.Wrong(cohort));
            Assert.True(await site.InStore(db => db.Set<HandOver>().CountAsync(h => h.ApplicationId == person, Cancel)) <= 1);
            foreach (var who in new[] { "bea", "cem" })
                Assert.True(
                    (await desk.MailsTo($"{who}.{person:N}@{mailbox}"))
                        .GroupBy(m => m.Kind, StringComparer.Ordinal)
                        .All(g => g.Count() == 1),
                    $"{state}, {one} and {other}"
                );
        }
        staff.Dispose();
    }

    [Fact]
    public async Task A_draft_that_is_sent_or_mailed_eight_times_at_once_is_one_application_and_one_mail()
    {
        var cohort = await desk.Open(places: 5);
        var token = await desk.DraftToken(cohort, "ann@charity.example", "Little Steps");
        var draft = $"/courses/{CourseDesk.Slug}/apply/{token}";
        using var browser = await press.Browser();
        var answers = await AtOnce.Do([.. Enumerable.Repeat(() => browser.Post(draft + "/later", ("Email", "ann@charity.example")), 4)]);
        // To one address go two mails at once at most, whatever is asked for; a draft has one.
        Assert.All(answers, a => Assert.True(a is HttpStatusCode.Found or HttpStatusCode.TooManyRequests, a.ToString()));
        Assert.Contains(HttpStatusCode.Found, answers);
        answers = await AtOnce.Do([.. Enumerable.Repeat(() => browser.Post(draft + "/check", ("Agreed", "true")), 8)]);
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Found, a));
        Assert.Single(await desk.In(cohort));
        Assert.Equal("course-draft course-place-held", await desk.KindsTo("ann@charity.example"));
    }

    [Fact]
    public async Task Evaluations_and_codes_given_twice_at_once_count_once()
    {
        var cohort = await desk.Open(places: 1);
        var ann = await desk.Apply(cohort, "ann@charity.example");
        await desk.Accept(ann);
        var session = (await desk.Run(cohort)).InOrder.Last();
        await site.Write(async db => (await db.Set<CourseSession>().SingleAsync(s => s.Id == session.Id, Cancel)).MakeCode());
        var code = (await desk.Run(cohort)).InOrder.Last().Code!;
        site.Clock.SetUtcNow(new DateTimeOffset(session.EndsUtc).AddMinutes(1));
        var place = await press.Link(ann);
        using var browser = await press.Browser();
        await AtOnce.Do([
            .. Enumerable.Repeat(() => browser.Post(place, ("wish", "attend"), ("Session", session.Id.ToString()), ("Code", code)), 4),
        ]);
        var answers = await AtOnce.Do([
            .. Enumerable.Repeat(() => browser.Post(place + "/evaluation", ("Useful", "5"), ("Confident", "4")), 4),
        ]);
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Found, a));
        Assert.Equal(
            (1, 1),
            await site.InStore(async db =>
                (
                    await db.Set<Evaluation>().CountAsync(Cancel),
                    await db.Set<InfantMHWeek.Courses.Applications.Attendance>().CountAsync(Cancel)
                )
            )
        );
    }

    [Fact]
    public async Task Two_of_the_staff_at_once_decide_once_and_undo_nothing_of_each_other()
    {
        using var one = await press.Browser(await site.SignedIn(StaffRole.Courses));
        using var other = await press.Browser(await site.SignedIn(StaffRole.Courses));
        for (var round = 0; round < 5; round++)
        {
            var cohort = await desk.Open(places: 1, decideFirst: true);
            var ann = await desk.Apply(cohort, "ann@charity.example");
            var page = $"/staff/courses/{cohort}/applications?handler=Decide";
            var answers = await AtOnce.Do(
                () => one.Post(page, ("Chosen", ann.ToString()), ("wish", "yes")),
                () => other.Post(page, ("Chosen", ann.ToString()), ("wish", "no")),
                () => other.Post(page, ("Chosen", ann.ToString()), ("wish", "yes"))
            );
            Assert.All(answers, a => Assert.True((int)a < 500));
            Assert.Equal("", await press.Wrong(cohort));
            Assert.Contains(await desk.StateOf(ann), new[] { ApplicationState.Held, ApplicationState.Declined });
            Assert.Equal(2, (await press.Mails(ann)).Values.Sum());

            var open = await desk.Open(places: 3);
            var people = new[]
            {
                await desk.Apply(open, "a@charity.example"),
                await desk.Apply(open, "b@charity.example"),
                await desk.Apply(open, "c@charity.example"),
            };
            var list = $"/staff/courses/{open}/attendance/1";
            // Each ticks another person; both pages were opened when nobody was ticked.
            await AtOnce.Do(
                () => one.Post(list, ("Present", people[0].ToString()), ("wish", "code")),
                () => other.Post(list, ("Present", people[1].ToString()), ("wish", "code")),
                () => one.Post(list, ("Present", people[0].ToString()), ("wish", "save"))
            );
            Assert.Equal(
                2,
                await site.InStore(db =>
                    db.Set<InfantMHWeek.Courses.Applications.Attendance>().CountAsync(a => people.Contains(a.ApplicationId), Cancel)
                )
            );
            Assert.Equal(
                1,
                await site.InStore(db =>
                    db.Set<AuditEntry>()
                        .CountAsync(e => e.What == "made the code of a course session" && e.About == open.ToString(), Cancel)
                )
            );
        }
    }

    [Fact]
    public async Task Rules_that_change_while_people_apply_give_exactly_the_places_there_are()
    {
        using var staff = await press.Browser(await site.SignedIn(StaffRole.Courses));
        using var browser = await press.Browser();
        var cohort = await desk.Open(places: 2);
        var drafts = new List<string>();
        for (var n = 0; n < 8; n++)
            drafts.Add(await desk.DraftToken(cohort, $"p{n}@charity.example", $"Group {n}"));
        Task<HttpStatusCode> Change(int places) =>
            staff.Post(
                $"/staff/courses/{cohort}?handler=Rules",
                ("Name", "Autumn"),
                ("Places", places.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                ("OfferHours", "48"),
                ("HeadStartHours", "0"),
                ("MissedAllowed", "1"),
                ("OpensOn.Day", "7"),
                ("OpensOn.Month", "6"),
                ("OpensOn.Year", "2026")
            );
        var answers = await AtOnce.Do([
            .. drafts.Select<string, Func<Task<HttpStatusCode>>>(token =>
                () => browser.Post($"/courses/{CourseDesk.Slug}/apply/{token}/check", ("Agreed", "true"))
            ),
            () => Change(3),
            () => Change(5),
        ]);
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Found, a));
        var run = await desk.Run(cohort);
        Assert.Equal(8, (await desk.In(cohort)).Count);
        Assert.Contains(run.Places, new[] { 3, 5 });
        Assert.InRange(run.PlacesTaken, run.Places, 5);
        Assert.Equal(run.PlacesTaken, (await desk.In(cohort)).Count(a => a.TakesPlace));
    }
}
