using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Platform.Capacity;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InfantMHWeek.Tests.Courses.Places;

/// <summary>The law of places: never more than there are, in the order of arrival, each told once.</summary>
[BothStores]
public sealed class PlacesTests : IAsyncDisposable
{
    readonly TestSite site = new();
    readonly CourseDesk desk;

    public PlacesTests() => desk = new(site);

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Fact]
    public async Task Those_who_come_first_get_the_places_and_the_others_wait_in_order()
    {
        var cohort = await desk.Open(places: 2);
        var people = new List<Guid>();
        for (var n = 1; n <= 4; n++)
            people.Add(await desk.Apply(cohort, $"p{n}@charity.example"));

        Assert.Equal(
            [ApplicationState.Held, ApplicationState.Held, ApplicationState.Waiting, ApplicationState.Waiting],
            (await desk.In(cohort)).Select(a => a.State)
        );
        Assert.Equal(people, (await desk.In(cohort)).Select(a => a.Id));
        Assert.Equal(2, (await desk.Run(cohort)).PlacesTaken);
        Assert.Equal("course-place-held", Assert.Single(await desk.MailsTo("p1@charity.example")).Kind);
        Assert.Equal("course-waiting", Assert.Single(await desk.MailsTo("p4@charity.example")).Kind);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(20)]
    public async Task Many_at_once_never_get_more_than_there_are(int places)
    {
        const int People = 64;
        var cohort = await desk.Open(places);
        var drafts = new List<string>();
        for (var n = 0; n < People; n++)
            drafts.Add(await desk.Draft(cohort, $"p{n}@charity.example", $"Group {n}"));

        await Task.WhenAll(drafts.Select(draft => Task.Run(() => desk.Intake(r => r.ApplyAsync(draft)))));

        var all = await desk.In(cohort);
        Assert.Equal(People, all.Count);
        Assert.Equal(Enumerable.Range(1, People).Select(p => (long)p), all.Select(a => a.Position));
        Assert.All(all.Take(places), a => Assert.Equal(ApplicationState.Held, a.State));
        Assert.All(all.Skip(places), a => Assert.Equal(ApplicationState.Waiting, a.State));
        Assert.Equal(places, (await desk.Run(cohort)).PlacesTaken);
        Assert.Equal(People, (await desk.Mails()).Count);
    }

    /// <summary>
    /// The control: the same rush without the lock and the condition sells too many, so the test above could have failed.
    /// </summary>
    [Fact]
    public async Task Without_the_lock_the_same_rush_oversells()
    {
        const int People = 64,
            Places = 7;
        var cohort = await desk.Open(Places);
        using var together = new Barrier(People);
        var sold = 0;
        await Task.WhenAll(
            Enumerable
                .Range(0, People)
                .Select(_ =>
                    Task.Factory.StartNew(
                        () =>
                        {
                            using var scope = site.Services.CreateScope();
                            var db = scope.ServiceProvider.GetRequiredService<SiteDb>().ForWriting();
                            var taken = db.Set<Cohort>().Where(c => c.Id == cohort).Select(c => c.PlacesTaken).Single();
                            together.SignalAndWait();
                            if (taken >= Places)
                                return;
                            db.Set<Cohort>()
                                .Where(c => c.Id == cohort)
                                .ExecuteUpdate(set => set.SetProperty(c => c.PlacesTaken, c => c.PlacesTaken + 1));
                            Interlocked.Increment(ref sold);
                        },
                        TestContext.Current.CancellationToken,
                        TaskCreationOptions.LongRunning,
                        TaskScheduler.Default
                    )
                )
        );

        Assert.True(sold > Places);
        Assert.True((await desk.Run(cohort)).PlacesTaken > Places);
    }

    [Fact]
    public async Task A_draft_that_is_sent_fifty_times_at_once_is_one_application_and_one_mail()
    {
        var cohort = await desk.Open(places: 5);
        var draft = await desk.Draft(cohort, "ann@charity.example");

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => desk.Intake(r => r.ApplyAsync(draft)))));

        Assert.All(answers, a => Assert.Equal(RegistrationResult.Done, a));
        Assert.Single(await desk.In(cohort));
        Assert.Single(await desk.Mails());
        Assert.Equal(1, (await desk.Run(cohort)).PlacesTaken);
    }

    [Fact]
    public async Task The_same_address_in_capitals_is_the_same_person_and_only_its_owner_is_told()
    {
        var cohort = await desk.Open(places: 5);
        await desk.Apply(cohort, "ann@charity.example");
        var again = await desk.Draft(cohort, "ANN@Charity.example");

        Assert.Equal(RegistrationResult.Done, await desk.Intake(r => r.ApplyAsync(again)));
        Assert.Single(await desk.In(cohort));
        Assert.Equal("course-applied-before course-place-held", await desk.KindsTo("ann@charity.example"));
    }

    [Fact]
    public async Task Colleagues_named_on_one_form_each_get_an_application_of_their_own()
    {
        var cohort = await desk.Open(places: 2);
        var draft = await desk.Draft(
            cohort,
            "ann@charity.example",
            "Little Steps",
            ("Bea", "bea@charity.example"),
            ("Ann again", "Ann@charity.example"),
            ("Cem", "cem@charity.example")
        );
        await desk.Intake(r => r.ApplyAsync(draft));

        Assert.Equal(
            [ApplicationState.Held, ApplicationState.Held, ApplicationState.Waiting],
            (await desk.In(cohort)).Select(a => a.State)
        );
        Assert.Equal([false, true, true], (await desk.In(cohort)).Select(a => a.NamedBy == "Morag O’Neill"));
    }

    [Fact]
    public async Task A_freed_place_is_offered_to_the_next_held_for_them_and_passed_on_when_nobody_answers()
    {
        var cohort = await desk.Open(places: 1);
        var first = await desk.Apply(cohort, "a@charity.example");
        var second = await desk.Apply(cohort, "b@charity.example");
        var third = await desk.Apply(cohort, "c@charity.example");

        await desk.GiveUp(first);
        Assert.Equal(ApplicationState.Cancelled, await desk.StateOf(first));
        Assert.Equal(ApplicationState.Offered, await desk.StateOf(second));
        Assert.Equal(1, (await desk.Run(cohort)).PlacesTaken);
        Assert.Equal(desk.Now.AddHours(48), (await desk.Find(second)).KeptUntil);

        // Somebody who applies now does not overtake the offer.
        var fourth = await desk.Apply(cohort, "d@charity.example");
        Assert.Equal(ApplicationState.Waiting, await desk.StateOf(fourth));

        site.Clock.Advance(TimeSpan.FromHours(48));
        Assert.Equal(RegistrationResult.TooLate, await desk.Accept(second));
        Assert.Equal(1, await desk.Expire());
        Assert.Equal(ApplicationState.Expired, await desk.StateOf(second));
        Assert.Equal(ApplicationState.Offered, await desk.StateOf(third));
        Assert.Equal(0, await desk.Expire());

        Assert.Equal(RegistrationResult.Done, await desk.Accept(third));
        Assert.Equal(RegistrationResult.Done, await desk.Accept(third));
        Assert.Equal("course-place-accepted course-place-offered course-waiting", await desk.KindsTo("c@charity.example"));

        Assert.Equal(RegistrationResult.Done, await desk.Rejoin(second));
        Assert.Equal([third, fourth, second], (await desk.In(cohort)).Where(a => !a.Ended).OrderBy(a => a.Position).Select(a => a.Id));
    }

    [Theory]
    // By day: at once, for 48 hours.
    [InlineData("2026-06-08T09:00:00Z", "2026-06-08T09:00:00Z", "2026-06-10T09:00:00Z")]
    // 23:00 in London: told at 08:00.
    [InlineData("2026-06-08T22:00:00Z", "2026-06-09T07:00:00Z", "2026-06-11T07:00:00Z")]
    [InlineData("2026-06-09T02:00:00Z", "2026-06-09T07:00:00Z", "2026-06-11T07:00:00Z")]
    // Over the end of summer time, by the clock on the wall: 48 hours after 20:30 is 19:30.
    [InlineData("2026-10-24T19:30:00Z", "2026-10-24T19:30:00Z", "2026-10-26T19:30:00Z")]
    // In the night when clocks go forward.
    [InlineData("2026-03-29T00:30:00Z", "2026-03-29T07:00:00Z", "2026-03-31T07:00:00Z")]
    // Never past the start.
    [InlineData("2026-12-14T10:00:00Z", "2026-12-14T10:00:00Z", "2026-12-15T10:00:00Z")]
    public void Nobody_is_woken_by_an_offer(string now, string tell, string until)
    {
        static DateTime Utc(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture).UtcDateTime;
        Assert.Equal((Utc(tell), Utc(until)), OfferTimes.From(Utc(now), 48, Utc("2026-12-15T10:00:00Z")));
    }

    [Fact]
    public async Task An_organisation_with_its_share_is_passed_over_with_the_reason_and_has_its_turn_later()
    {
        var cohort = await desk.Open(places: 2, perOrganisation: 1);
        var first = await desk.Apply(cohort, "a@one.example", "One Charity");
        var colleague = await desk.Apply(cohort, "b@one.example", "ONE  charity!");
        var other = await desk.Apply(cohort, "c@two.example", "Two");

        Assert.Equal(
            [ApplicationState.Held, ApplicationState.Waiting, ApplicationState.Held],
            (await desk.In(cohort)).Select(a => a.State)
        );
        Assert.Equal("Their organisation already has 1 place", (await desk.Find(colleague)).SkipReason);

        await desk.GiveUp(first);
        Assert.Equal(ApplicationState.Offered, await desk.StateOf(colleague));
        Assert.Null((await desk.Find(colleague)).SkipReason);
        Assert.Equal(ApplicationState.Held, await desk.StateOf(other));
    }

    [Fact]
    public async Task More_places_are_offered_at_once_and_fewer_throw_nobody_out()
    {
        var cohort = await desk.Open(places: 1);
        var ids = new List<Guid>();
        for (var n = 0; n < 4; n++)
            ids.Add(await desk.Apply(cohort, $"p{n}@charity.example"));

        await desk.ChangePlaces(cohort, 3);
        Assert.Equal(
            [ApplicationState.Held, ApplicationState.Offered, ApplicationState.Offered, ApplicationState.Waiting],
            (await desk.In(cohort)).Select(a => a.State)
        );

        await desk.ChangePlaces(cohort, 1);
        Assert.Equal(3, (await desk.Run(cohort)).PlacesTaken);
        await desk.GiveUp(ids[0]);
        Assert.Equal(ApplicationState.Waiting, await desk.StateOf(ids[3]));
        Assert.Equal(2, (await desk.Run(cohort)).PlacesTaken);
    }

    [Fact]
    public async Task Where_staff_decide_first_a_place_is_held_only_after_their_yes()
    {
        var cohort = await desk.Open(places: 1, decideFirst: true);
        var first = await desk.Apply(cohort, "a@charity.example");
        var second = await desk.Apply(cohort, "b@charity.example");
        var third = await desk.Apply(cohort, "c@charity.example");
        Assert.Equal(0, (await desk.Run(cohort)).PlacesTaken);

        Assert.Equal(RegistrationResult.Done, await desk.Decide(first, yes: true));
        Assert.Equal(RegistrationResult.Done, await desk.Decide(second, yes: true));
        Assert.Equal(RegistrationResult.Done, await desk.Decide(third, yes: false));
        Assert.Equal(
            [ApplicationState.Held, ApplicationState.Waiting, ApplicationState.Declined],
            (await desk.In(cohort)).Select(a => a.State)
        );
        Assert.Equal(RegistrationResult.NotPossible, await desk.Rejoin(third));
        Assert.Contains(
            "Because.",
            Assert.Single(await desk.MailsTo("c@charity.example"), m => m.Kind == "course-declined").Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task When_the_course_has_begun_no_place_is_offered_any_more()
    {
        var cohort = await desk.Open(places: 1);
        var first = await desk.Apply(cohort, "a@charity.example");
        var second = await desk.Apply(cohort, "b@charity.example");
        site.Clock.SetUtcNow(new DateTimeOffset((await desk.Run(cohort)).StartsAt!.Value));

        await desk.GiveUp(first);
        Assert.Equal(ApplicationState.Waiting, await desk.StateOf(second));
        Assert.Equal(
            RegistrationResult.Closed,
            await desk.Intake(async r => await r.ApplyAsync(await desk.Draft(cohort, "z@charity.example")))
        );
    }
}
