using System.Globalization;
using System.Net;
using AngleSharp.Html.Dom;
using InfantMHWeek.Courses;
using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Capacity;
using InfantMHWeek.Platform.Time;
using Microsoft.EntityFrameworkCore;
using static InfantMHWeek.Tests.FormPosting;

namespace InfantMHWeek.Tests.Courses;

/// <summary>What the course promises, it keeps: to those who hold a place, to those who run it, and to those who have gone.</summary>
[BothStores]
public sealed class CoursesHoldTests : IAsyncDisposable
{
    readonly TestSite site = new();
    readonly CourseDesk desk;

    public CoursesHoldTests() => desk = new(site);

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static async Task<IHtmlDocument> Page(HttpClient browser, string path)
    {
        using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}");
        return await TestSite.Read(answer);
    }

    static string Text(IHtmlDocument page) =>
        string.Join(' ', page.QuerySelector("main")!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The same page, sent by a button of it.</summary>
    static async Task<IHtmlDocument> Send(
        HttpClient browser,
        IHtmlDocument page,
        string path,
        string form,
        params (string Name, string? Value)[] fields
    )
    {
        using var answer = await browser.Send((IHtmlFormElement)page.QuerySelector(form)!, path, Fields(fields));
        if (answer.StatusCode != HttpStatusCode.Found)
            return await TestSite.Read(answer);
        return await Page(browser, answer.Headers.Location!.OriginalString);
    }

    // Held places

    [Fact]
    public async Task A_held_place_has_a_day_by_which_it_is_confirmed_a_reminder_and_a_next_person()
    {
        var cohort = await desk.Open(places: 1);
        var ann = await desk.Apply(cohort, "ann@charity.example");
        var bea = await desk.Apply(cohort, "bea@other.example");
        var until = (await desk.Find(ann)).KeptUntil!.Value;
        Assert.Equal(desk.Now.AddHours(120), until);
        Assert.Contains(TimeInWords.WithWeekday(until), (await desk.MailsTo("ann@charity.example"))[0].Text, StringComparison.Ordinal);
        Assert.Contains(
            TimeInWords.WithWeekday(until),
            Text(await site.Open(await desk.LinkIn("ann@charity.example", "course-place-held"))),
            StringComparison.Ordinal
        );

        site.Clock.SetUtcNow(new DateTimeOffset(until.AddHours(-49)));
        await site.RunJobs(CourseJobs.All);
        Assert.Equal("course-place-held", await desk.KindsTo("ann@charity.example"));
        site.Clock.SetUtcNow(new DateTimeOffset(until.AddHours(-47)));
        await site.RunJobs(CourseJobs.All);
        await site.RunJobs(CourseJobs.All);
        Assert.Equal("course-place-held course-place-unconfirmed", await desk.KindsTo("ann@charity.example"));

        site.Clock.SetUtcNow(new DateTimeOffset(until));
        await site.RunJobs(CourseJobs.All);
        Assert.Equal((ApplicationState.Expired, ApplicationState.Offered), (await desk.StateOf(ann), await desk.StateOf(bea)));
        Assert.Equal(1, (await desk.Run(cohort)).PlacesTaken);
        Assert.Equal(RegistrationResult.TooLate, await desk.Accept(ann));
        Assert.Equal(RegistrationResult.Done, await desk.Rejoin(ann));
    }

    [Fact]
    public async Task Who_has_confirmed_or_sits_in_a_course_that_has_begun_is_left_alone()
    {
        var cohort = await desk.Open(places: 2);
        var (ann, bea) = (await desk.Apply(cohort, "ann@charity.example"), await desk.Apply(cohort, "bea@charity.example"));
        await desk.Accept(ann);
        var begins = (await desk.Run(cohort)).StartsAt!.Value;
        site.Clock.SetUtcNow(new DateTimeOffset(begins.AddMinutes(5)));
        await site.RunJobs(CourseJobs.All);
        Assert.Equal((ApplicationState.Accepted, ApplicationState.Held), (await desk.StateOf(ann), await desk.StateOf(bea)));
        Assert.DoesNotContain("course-place-unconfirmed", await desk.KindsTo("ann@charity.example"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-06-08T09:00:00Z", "2026-06-13T09:00:00Z", "2026-06-11T09:00:00Z")]
    // Not in the first half of a short time, nor at night.
    [InlineData("2026-06-08T09:00:00Z", "2026-06-09T09:00:00Z", "2026-06-09T07:00:00Z")]
    [InlineData("2026-06-08T19:30:00Z", "2026-06-09T07:00:00Z", null)]
    public void A_reminder_comes_in_time_and_by_day(string from, string until, string? at)
    {
        static DateTime Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).UtcDateTime;
        Assert.Equal(at is null ? null : Utc(at), OfferTimes.Reminder(Utc(from), Utc(until), 48));
    }

    // Staff say no to somebody who has a place

    [Fact]
    public async Task A_no_to_somebody_who_has_a_place_asks_first_and_then_says_the_truth()
    {
        var cohort = await desk.Open(places: 1);
        var ann = await desk.Apply(cohort, "ann@charity.example");
        var bea = await desk.Apply(cohort, "bea@other.example");
        using var browser = await site.SignedIn(StaffRole.Courses);
        var path = $"/staff/courses/{cohort}/applications";
        var asked = await Send(
            browser,
            await Page(browser, path),
            path,
            "form[action*=Decide]",
            ("Chosen", ann.ToString()),
            ("Reason", "We made a mistake."),
            ("wish", "no")
        );
        Assert.Contains("Take this place back?", Text(asked), StringComparison.Ordinal);
        Assert.Contains("Morag O’Neill: Place held", Text(asked), StringComparison.Ordinal);
        Assert.Equal(ApplicationState.Held, await desk.StateOf(ann));
        Assert.Equal("course-place-held", await desk.KindsTo("ann@charity.example"));

        await Send(browser, asked, path, "form[action*=Decide]", ("wish", "no"));
        Assert.Equal((ApplicationState.TakenBack, ApplicationState.Offered), (await desk.StateOf(ann), await desk.StateOf(bea)));
        Assert.Equal("course-place-held course-place-withdrawn", await desk.KindsTo("ann@charity.example"));
        var mail = (await desk.MailsTo("ann@charity.example"))[^1];
        Assert.Contains("take back the place", mail.Text, StringComparison.Ordinal);
        Assert.Contains("We made a mistake.", mail.Text, StringComparison.Ordinal);
        var place = await desk.LinkIn("ann@charity.example", "course-place-withdrawn");
        var shown = Text(await site.Open(place));
        Assert.Contains("We have had to take your place back", shown, StringComparison.Ordinal);
        Assert.Contains("We made a mistake.", shown, StringComparison.Ordinal);
        Assert.Equal(RegistrationResult.NotPossible, await desk.Rejoin(ann));
    }

    /// <summary>The list was opened while the person waited; meanwhile they have a place.</summary>
    [Fact]
    public async Task A_no_that_was_meant_for_somebody_who_waits_takes_no_place_away()
    {
        var cohort = await desk.Open(places: 1);
        var ann = await desk.Apply(cohort, "ann@charity.example");
        Assert.Equal(RegistrationResult.HasPlace, await desk.Decide(ann, yes: false));
        Assert.Equal(ApplicationState.Held, await desk.StateOf(ann));
    }

    // Sessions

    [Fact]
    public async Task Every_visible_change_of_a_session_is_told_with_a_newer_number_and_an_ordinary_correction_twice_is_fine()
    {
        var cohort = await desk.Open(places: 1);
        await desk.Apply(cohort, "ann@charity.example");
        using var browser = await site.SignedIn(StaffRole.Courses);
        var path = $"/staff/courses/{cohort}/sessions/6";
        foreach (
            var (number, field, value) in new[]
            {
                (1, "Place", "Hall"),
                (2, "Place", "Hall 2"),
                (3, "Place", "Hall"),
                (4, "OnlineLink", "https://meet.example/new"),
                (5, "OnlineLink", ""),
                (6, "Starts", "9am"),
            }
        )
        {
            await Send(browser, await Page(browser, path), path, "main form", (field, value));
            Assert.Equal(number, (await desk.Run(cohort)).InOrder.Last().Sequence);
            await Send(browser, await Page(browser, path), path, "main form");
            Assert.Equal(number, (await desk.Run(cohort)).InOrder.Last().Sequence);
        }
        Assert.Equal(
            "course-place-held course-session-link course-session-link course-session-moved course-session-moved course-session-moved "
                + "course-session-moved",
            await desk.KindsTo("ann@charity.example")
        );
        var calendar = Ical.Net.Calendar.Load(
            (await desk.MailsTo("ann@charity.example")).Last(m => m.Kind == "course-session-link").Calendar!
        )!;
        Assert.Equal(5, calendar.Events.Max(e => e.Sequence));
        Assert.DoesNotContain(
            "meet.example",
            string.Concat((await desk.MailsTo("ann@charity.example")).Select(m => m.Text + m.Calendar)),
            StringComparison.Ordinal
        );
    }

    // Attendance

    [Fact]
    public async Task A_list_that_was_opened_before_a_code_was_given_takes_nothing_away()
    {
        var cohort = await desk.Open(places: 3);
        var (ann, bea, cem) = (
            await desk.Apply(cohort, "ann@charity.example"),
            await desk.Apply(cohort, "bea@charity.example"),
            await desk.Apply(cohort, "cem@charity.example")
        );
        var session = (await desk.Run(cohort)).InOrder.First();
        site.Clock.SetUtcNow(new DateTimeOffset(session.StartsUtc));
        await desk.Mark(cohort, session.Id, cem);
        using var browser = await site.SignedIn(StaffRole.Courses);
        var path = $"/staff/courses/{cohort}/attendance/1";
        var opened = await Page(browser, path);
        Assert.Equal(3, opened.QuerySelectorAll("input[name=Present]").Length);
        await site.Write(async db => (await db.Set<CourseSession>().SingleAsync(s => s.Id == session.Id)).MakeCode());
        var code = (await desk.Run(cohort)).InOrder.First().Code;
        using var person = site.Browser();
        var place = await desk.LinkIn("ann@charity.example", "course-place-held");
        (await person.Send(place, Fields(("wish", "attend"), ("Session", session.Id.ToString()), ("Code", code)))).Dispose();

        // Staff tick Bea and untick Cem, on a list that does not know yet that Ann was there.
        await Send(browser, opened, path, "main form", ("Present", bea.ToString()), ("wish", "save"));
        Assert.Equal(
            new[] { ann, bea }.Order(),
            (await site.InStore(db => db.Set<Attendance>().Select(a => a.ApplicationId).ToListAsync(Cancel))).Order()
        );
    }

    [Fact]
    public async Task Codes_cannot_be_found_by_trying_and_nobody_is_shut_out_by_somebody_elses_tries()
    {
        var cohort = await desk.Open(places: 2);
        await desk.Apply(cohort, "ann@charity.example");
        await desk.Apply(cohort, "bea@charity.example");
        var session = (await desk.Run(cohort)).InOrder.First();
        await site.Write(async db => (await db.Set<CourseSession>().SingleAsync(s => s.Id == session.Id)).MakeCode());
        var code = (await desk.Run(cohort)).InOrder.First().Code!;
        site.Clock.SetUtcNow(new DateTimeOffset(session.StartsUtc));
        async Task<HttpStatusCode> Try(string email, string typed)
        {
            using var browser = site.Browser();
            using var answer = await browser.Send(
                await desk.LinkIn(email, "course-place-held"),
                Fields(("wish", "attend"), ("Session", session.Id.ToString()), ("Code", typed))
            );
            return answer.StatusCode;
        }
        for (var n = 0; n < 5; n++)
            Assert.Equal(HttpStatusCode.Found, await Try("ann@charity.example", "222222"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await Try("ann@charity.example", code));
        Assert.Equal(HttpStatusCode.Found, await Try("bea@charity.example", code));
        Assert.Equal(1, await site.InStore(db => db.Set<Attendance>().CountAsync(Cancel)));
        site.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(HttpStatusCode.Found, await Try("ann@charity.example", code));
        Assert.Equal(2, await site.InStore(db => db.Set<Attendance>().CountAsync(Cancel)));
    }

    // Organisations

    [Theory]
    [InlineData("Little Steps", "SC012345", "Little Steps", null)]
    [InlineData("Little Steps", null, "The Little Steps", "SC012345")]
    [InlineData("Little Steps", "SC012345", "Little Steps Scotland", "SC 012345")]
    public async Task Leaving_the_number_out_or_in_gets_no_organisation_beyond_its_share(
        string one,
        string? number,
        string other,
        string? otherNumber
    )
    {
        var cohort = await desk.Open(places: 3, perOrganisation: 1);
        await Apply(cohort, "ann@charity.example", one, number);
        var second = await Apply(cohort, "bea@elsewhere.example", other, otherNumber);
        Assert.Equal(ApplicationState.Waiting, await desk.StateOf(second));
        Assert.Equal("Their organisation already has 1 place", (await desk.Find(second)).SkipReason);
    }

    async Task<Guid> Apply(Guid cohort, string email, string organisation, string? number)
    {
        var hash = await desk.Draft(cohort, email, organisation);
        await site.Write(async db =>
        {
            var draft = await db.Set<ApplicationDraft>().SingleAsync(d => d.Hash == hash, Cancel);
            draft.Write(draft.Read() with { CharityNumber = number }, desk.Now);
        });
        Assert.Equal(RegistrationResult.Done, await desk.Intake(r => r.ApplyAsync(hash, Cancel)));
        return (await desk.In(cohort)).Single(a => a.Email.Text == email).Id;
    }

    // Rules

    [Fact]
    public async Task Two_of_the_staff_who_change_different_rules_undo_nothing_of_each_other()
    {
        var cohort = await desk.Open(places: 2);
        using var one = await site.SignedIn(StaffRole.Courses);
        using var other = await site.SignedIn(StaffRole.Courses);
        var path = $"/staff/courses/{cohort}";
        var (first, second) = (await Page(one, path), await Page(other, path));
        await Send(one, first, path, "form[action*=Rules]", ("Places", "9"));
        await Send(other, second, path, "form[action*=Rules]", ("OfferHours", "24"));
        var run = await desk.Run(cohort);
        Assert.Equal((9, 24, "Autumn 2026"), (run.Places, run.OfferHours, run.Name));
        Assert.Equal(desk.Now.AddMinutes(-1), run.OpensAt);
    }

    [Fact]
    public async Task Two_of_the_staff_who_change_one_session_undo_nothing_of_each_other()
    {
        var cohort = await desk.Open(places: 2);
        using var one = await site.SignedIn(StaffRole.Courses);
        using var other = await site.SignedIn(StaffRole.Courses);
        var path = $"/staff/courses/{cohort}/sessions/1";
        var before = (await desk.Run(cohort)).InOrder.First();
        var (first, second, third) = (await Page(one, path), await Page(other, path), await Page(one, path));
        await Send(one, first, path, "form.form", ("Place", "The hall"));
        await Send(other, second, path, "form.form", ("Ends", "1pm"));
        var after = (await desk.Run(cohort)).InOrder.First();
        Assert.Equal(
            (before.Date, "The hall", new TimeOnly(13, 0), before.OnlineLink),
            (after.Date, after.Place, after.Ends, after.OnlineLink)
        );

        // The control: without what was shown, the whole form counts, and the hall is gone.
        third.QuerySelector("[name=Shown]")!.Remove();
        await Send(one, third, path, "form.form");
        Assert.Null((await desk.Run(cohort)).InOrder.First().Place);
    }
}
