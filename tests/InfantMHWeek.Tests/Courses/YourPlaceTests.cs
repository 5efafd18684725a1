using System.Text.RegularExpressions;
using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Cohorts;
using Microsoft.EntityFrameworkCore;
using static System.Net.HttpStatusCode;
using static InfantMHWeek.Tests.Courses.Apply.ApplyForms;

namespace InfantMHWeek.Tests.Courses;

/// <summary>What somebody does behind the link to their place, and what nobody else can.</summary>
[OneStore("the pages of a place; PlacesTests tries its states")]
public sealed class YourPlaceTests : IAsyncDisposable
{
    readonly TestSite site = new();
    readonly CourseDesk desk;

    public YourPlaceTests() => desk = new(site);

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Fact]
    public async Task A_link_that_is_swapped_truncated_or_in_another_case_is_the_same_not_found()
    {
        var cohort = await desk.Open(places: 3);
        using var browser = site.Browser();
        var draft = await FillIn(browser, "ann@charity.example");
        await Answer(browser, draft + "/check", ("Agreed", "true"));
        var place = await desk.LinkIn("ann@charity.example", "course-place-held");
        var token = place["/courses/places/".Length..];
        var draftToken = draft[(draft.LastIndexOf('/') + 1)..];
        var swapped = new string([.. token.Select(c => char.IsLower(c) ? char.ToUpperInvariant(c) : char.ToLowerInvariant(c))]);

        string? same = null;
        foreach (
            var path in new[] { token[..^1], token + "A", swapped, draftToken, new string('a', 32), "%25", "..%2f" }
                .Select(t => "/courses/places/" + t)
                .Concat([
                    $"{Course}/apply/{token}/you",
                    $"{Course}/interest/{token}",
                    $"/courses/other/apply/{draftToken}/sent",
                    "/courses/places/take-over/" + token,
                    $"/courses/places/{swapped}/data",
                    $"/courses/places/{swapped}.ics",
                    "/courses/certificates/BCDF-BCDF-BCDF-BCDF",
                ])
        )
        {
            using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.True(answer.StatusCode == NotFound, $"{path}: {answer.StatusCode}");
            // But for the request's own reference.
            var text = Regex.Replace(
                await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
                "reference: [A-Z0-9]+",
                "",
                RegexOptions.None,
                TimeSpan.FromSeconds(1)
            );
            if (path.Contains('%', StringComparison.Ordinal))
                continue;
            Assert.Equal(same ??= text, text);
        }
        Assert.Equal(ApplicationState.Held, Assert.Single(await desk.In(cohort)).State);
    }

    [Fact]
    public async Task Pages_behind_a_link_are_not_stored_tell_no_referrer_and_change_nothing_when_opened()
    {
        var cohort = await desk.Open(places: 1);
        using var browser = site.Browser();
        var first = await desk.Apply(cohort, "ann@charity.example");
        await desk.Apply(cohort, "bea@charity.example");
        await desk.GiveUp(first);
        var place = await desk.LinkIn("bea@charity.example", "course-place-offered");
        var before = (await desk.In(cohort)).Select(a => (a.State, a.Name, a.AddressUsedAt)).ToList();
        foreach (var path in new[] { place, place + "/cancel", place + "/details", place + "/data" })
        {
            using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(OK, answer.StatusCode);
            Assert.Contains("no-store", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
            Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        }
        Assert.Equal(before, (await desk.In(cohort)).Select(a => (a.State, a.Name, a.AddressUsedAt)));
    }

    [Fact]
    public async Task What_a_form_does_not_ask_for_cannot_be_set()
    {
        var cohort = await desk.Open(places: 1);
        using var browser = site.Browser();
        await desk.Apply(cohort, "ann@charity.example");
        var place = await desk.LinkIn("ann@charity.example", "course-place-held");
        var fields = typeof(Application)
            .GetProperties()
            .Select(p => (Name: p.Name, Value: (string?)"1"))
            .Concat(typeof(Application).GetProperties().Select(p => (Name: "Place." + p.Name, Value: (string?)"1")))
            .Where(f => f.Name is not ("Name" or "Role"))
            .Append((Name: "Name", Value: "Ann"))
            .Append((Name: "Role", Value: null))
            .DistinctBy(f => f.Name, StringComparer.Ordinal)
            .ToArray();
        var before = Assert.Single(await desk.In(cohort));

        await Answer(browser, place + "/details", fields);
        var after = Assert.Single(await desk.In(cohort));
        Assert.Equal("Ann", after.Name);
        foreach (
            var property in typeof(Application)
                .GetProperties()
                .Where(p => p.CanWrite && p.Name is not ("Name" or "Role" or "Cohort" or "Steps"))
        )
            Assert.Equal(property.GetValue(before), property.GetValue(after));
    }

    [Fact]
    public async Task A_place_passes_to_a_colleague_only_with_their_yes()
    {
        var cohort = await desk.Open(places: 1);
        using var browser = site.Browser();
        var id = await desk.Apply(cohort, "ann@charity.example");
        var waiting = await desk.Apply(cohort, "bea@charity.example");
        var place = await desk.LinkIn("ann@charity.example", "course-place-held");
        await Answer(browser, place + "/hand-over", ("Name", "Bea"), ("Email", "bea@charity.example"));
        Assert.Equal("ann@charity.example", (await desk.Find(id)).Email.Text);

        var link = await desk.LinkIn("bea@charity.example", "course-hand-over");
        using (var taken = await browser.Send(link))
            Assert.Contains("The place is yours", (await TestSite.Read(taken)).Body!.TextContent, StringComparison.Ordinal);
        // Each record is about one person: the one who goes keeps theirs, the one who waited has the place.
        Assert.Equal(("ann@charity.example", ApplicationState.Cancelled), ((await desk.Find(id)).Email.Text, await desk.StateOf(id)));
        Assert.Equal(ApplicationState.Accepted, await desk.StateOf(waiting));
        Assert.Equal(1, (await desk.Run(cohort)).PlacesTaken);
        Assert.Equal("course-handed-over", await desk.KindsTo("ann@charity.example"));
        foreach (var path in new[] { place, place + "/data", place + ".ics", link })
        {
            using var old = await browser.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(NotFound, old.StatusCode);
        }
    }

    [Fact]
    public async Task A_person_can_take_their_data_along_and_have_all_of_it_deleted()
    {
        var cohort = await desk.Open(places: 1);
        using var browser = site.Browser();
        await desk.Apply(cohort, "ann@charity.example");
        var waiting = await desk.Apply(cohort, "bea@charity.example");
        var place = await desk.LinkIn("ann@charity.example", "course-place-held");

        using (var file = await browser.Send(place + "/data", form: "form[action*=xport]"))
            Assert.Contains(
                "ann@charity.example",
                await file.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
                StringComparison.Ordinal
            );
        using (var gone = await browser.Send(place + "/data", form: "form[action*=elete]"))
            Assert.Equal("/courses/deleted", gone.Headers.Location!.OriginalString);
        Assert.Equal(ApplicationState.Offered, await desk.StateOf(waiting));
        Assert.Empty(await desk.MailsTo("ann@charity.example"));
        Assert.Equal(
            1,
            await site.InStore(db =>
                db.Set<CourseTally>().Where(t => t.Chart == CourseChart.State).SumAsync(t => t.Count, TestContext.Current.CancellationToken)
            )
        );
    }

    [Fact]
    public async Task The_diary_file_keeps_each_session_under_its_own_name()
    {
        var cohort = await desk.Open(places: 1);
        await desk.Apply(cohort, "ann@charity.example");
        var place = await desk.LinkIn("ann@charity.example", "course-place-held");
        using var browser = site.Browser();
        async Task<Ical.Net.Calendar> Open() =>
            Ical.Net.Calendar.Load(
                await browser.GetStringAsync(new Uri(place + ".ics", UriKind.Relative), TestContext.Current.CancellationToken)
            )!;
        var before = await Open();
        Assert.Equal(6, before.Events.Count);
        Assert.Equal(new DateTime(2026, 7, 27, 9, 0, 0, DateTimeKind.Utc), before.Events[0]!.Start!.AsUtc);

        await site.Write(async db =>
        {
            var run = await db.Set<Cohort>().Include(c => c.Sessions).SingleAsync();
            var session = run.InOrder.First();
            Assert.NotNull(
                session.TryChange(
                    session.Date.AddDays(1),
                    new(18, 0),
                    new(19, 30),
                    "Hall; 1, High Street\r\nATTENDEE:x",
                    session.OnlineLink
                )
            );
            run.SessionsChanged();
        });
        var after = await Open();
        Assert.Equal(before.Events[0]!.Uid, after.Events[0]!.Uid);
        Assert.Equal((0, 1), (before.Events[0]!.Sequence, after.Events[0]!.Sequence));
        Assert.Equal(new DateTime(2026, 7, 28, 17, 0, 0, DateTimeKind.Utc), after.Events[0]!.Start!.AsUtc);
        Assert.Empty(after.Events[0]!.Attendees);
        var mail = (await desk.MailsTo("ann@charity.example"))[0];
        Assert.Equal(6, Ical.Net.Calendar.Load(mail.Calendar!)!.Events.Count);
    }
}
