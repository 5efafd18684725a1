using System.Net;
using InfantMHWeek.Events;
using InfantMHWeek.Tests.Platform.Feeds;
using Microsoft.EntityFrameworkCore;
using static InfantMHWeek.Tests.Events.Feeds.FeedSite;

namespace InfantMHWeek.Tests.Events.Feeds;

/// <summary>A partner's calendar is read every day: what is new or changed waits, or is published where staff trust the partner.</summary>
[BothStores]
public sealed class FeedReadingTests : IAsyncDisposable
{
    readonly FeedSite site = new();
    readonly PartnerServer partner = new();
    string calendar = Calendar(Entry("a", "Songs"), Entry("b", "Walk", place: ""));

    public FeedReadingTests() => partner.Says(_ => PartnerServer.Ok(calendar));

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        await partner.DisposeAsync();
    }

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    Uri Address => partner.At("/events.ics");

    [Fact]
    public async Task What_is_new_waits_and_the_same_again_changes_nothing()
    {
        Assert.Contains("Not read yet", await site.Add(Address), StringComparison.Ordinal);
        await site.RunJob();
        var first = await site.All();
        // What is incomplete cannot wait for a decision; staff find it among the drafts.
        Assert.Equal([EventState.Waiting, EventState.Draft], first.Select(e => e.State));
        var list = await site.List();
        Assert.Contains("2 new, 0 changed, 0 as before.", list, StringComparison.Ordinal);
        Assert.Contains("2 events from it", list, StringComparison.Ordinal);

        await site.NextDay();
        Assert.Equal(2, partner.Asked.Count);
        Assert.Equal(first.Select(e => (e.Id, e.Revision)), (await site.All()).Select(e => (e.Id, e.Revision)));
        Assert.Contains("0 new, 0 changed, 2 as before.", await site.List(), StringComparison.Ordinal);

        // Not due: nobody is asked.
        await site.RunJob();
        Assert.Equal(2, partner.Asked.Count);
    }

    [Fact]
    public async Task A_change_of_what_is_public_waits_and_readers_see_whose_it_is()
    {
        await site.Add(Address);
        await site.RunJob();
        var id = (await site.All())[0].Id;
        await site.Approve(id);
        calendar = Calendar(Entry("a", "Songs", hour: "11"), Entry("b", "Walk", place: ""));
        await site.NextDay();
        var songs = (await site.All())[0];
        Assert.Equal((id, EventState.ChangeWaiting), (songs.Id, songs.State));
        Assert.Equal(new TimeOnly(10, 0), songs.Live!.Schedule.Times[0].Starts);

        var page = await site.Open("/events/" + songs.Slug);
        Assert.Contains("From the calendar of Leeds Families.", Words(page), StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("a[href='https://families.example/']"));
    }

    [Fact]
    public async Task A_trusted_partners_are_published_unless_something_asks_for_a_person()
    {
        calendar = Calendar(Entry("a", "Songs"), Entry("b", "Therapy for all"), Entry("c", "Walk", place: ""));
        await site.Add(Address, ("Trust", "yes"));
        await site.RunJob();
        Assert.Equal([EventState.Published, EventState.Waiting, EventState.Draft], (await site.All()).Select(e => e.State));
        Assert.Contains("1 of them published", await site.List(), StringComparison.Ordinal);
        using (var public_ = site.Browser())
        using (var answer = await public_.GetAsync(new Uri("/events/" + (await site.All())[0].Slug, UriKind.Relative), Cancel))
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        // It was put right there: now it is complete.
        calendar = Calendar(Entry("a", "Songs", hour: "11"), Entry("b", "Therapy for all"), Entry("c", "Walk"));
        await site.NextDay();
        var all = await site.All();
        Assert.Equal([EventState.Published, EventState.Waiting, EventState.Published], all.Select(e => e.State));
        Assert.Equal(new TimeOnly(11, 0), all[0].Live!.Schedule.Times[0].Starts);

        // What its organiser asked for meanwhile is not published by the calendar's turn.
        await site.Write(async db =>
        {
            var e = await db.Set<Event>().Include(e => e.Dates).SingleAsync(e => e.Id == all[0].Id, Cancel);
            e.Propose(e.Latest with { Description = "Nobody has read this." }, site.Clock.GetUtcNow());
        });
        calendar = Calendar(Entry("a", "Songs", hour: "12"), Entry("b", "Therapy for all"), Entry("c", "Walk"));
        await site.NextDay();
        Assert.Equal(EventState.ChangeWaiting, (await site.All())[0].State);
        Assert.Equal("", (await site.All())[0].Live!.Description);
    }

    [Fact]
    public async Task What_is_missing_is_flagged_and_that_most_is_missing_at_once_is_said_first()
    {
        string[] four = [Entry("a", "A"), Entry("b", "B"), Entry("c", "C"), Entry("d", "D")];
        calendar = Calendar(four);
        await site.Add(Address);
        await site.RunJob();

        calendar = Calendar();
        await site.NextDay();
        Assert.All(await site.All(), e => Assert.Null(e.GoneAtSourceAt));
        Assert.Contains("4 of 4 events to come", await site.List(), StringComparison.Ordinal);

        // It was their mistake.
        calendar = Calendar(four);
        await site.NextDay();
        Assert.DoesNotContain("of 4 events to come", await site.List(), StringComparison.Ordinal);

        calendar = Calendar(four[..3]);
        await site.NextDay();
        Assert.Equal([false, false, false, true], (await site.All()).Select(e => e.GoneAtSourceAt is not null));

        calendar = Calendar(four[3]);
        await site.NextDay();
        Assert.Contains("3 of 4 events to come", await site.List(), StringComparison.Ordinal);
        Assert.Equal([false, false, false, false], (await site.All()).Select(e => e.GoneAtSourceAt is not null));
        await site.Press("Flag");
        Assert.Equal([true, true, true, false], (await site.All()).Select(e => e.GoneAtSourceAt is not null));
        Assert.DoesNotContain("events to come", await site.List(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_calendar_that_names_its_events_anew_every_time_doubles_nothing()
    {
        await site.Add(Address);
        await site.RunJob();
        var ids = (await site.All()).Select(e => e.Id).ToList();
        await site.Write(async db =>
            (await db.Set<Event>().SingleAsync(e => e.Id == ids[1], Cancel)).Withdraw("Staff", "", site.Clock.GetUtcNow())
        );
        calendar = Calendar(Entry("x", "Songs"), Entry("y", "Walk", place: ""));
        await site.NextDay();
        var all = await site.All();
        Assert.Equal(ids, all.Select(e => e.Id));
        Assert.Equal((EventState.Waiting, EventState.Withdrawn), (all[0].State, all[1].State));
        Assert.Null(all[0].GoneAtSourceAt);
    }

    /// <summary>So two sites that read each other do not hand an event to and fro for ever.</summary>
    [Fact]
    public async Task What_is_here_from_somebody_else_is_named_and_left_out()
    {
        using (await site.Name(partner.At("/other.ics"), ("Name", "Other"), ("Email", "other@example.org"))) { }
        await site.RunJob();
        await site.Approve((await site.All())[0].Id);
        await site.Add(Address);
        await site.RunJob();
        Assert.Equal(["Songs", "Walk", "Walk"], (await site.All()).Select(e => e.Latest.Title));
        Assert.Contains("“Songs”: it is here already, from somebody else", await site.List(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_has_not_changed_is_not_sent_again_and_once_a_month_it_is()
    {
        partner.Says(r =>
            r.Headers.GetValueOrDefault("If-None-Match") == "\"1\""
                ? PartnerServer.Status("304 Not Modified")
                : PartnerServer.Ok(calendar, "ETag: \"1\"\r\n")
        );
        await site.Add(Address);
        await site.RunJob();
        var before = await site.All();
        await site.NextDay();
        Assert.Contains("Nothing has changed there.", await site.List(), StringComparison.Ordinal);
        Assert.Equal(before.Select(e => e.Revision), (await site.All()).Select(e => e.Revision));
        site.Clock.Advance(TimeSpan.FromDays(28));
        await site.NextDay();
        Assert.Equal([false, true, false], partner.Asked.Select(r => r.Headers.ContainsKey("If-None-Match")));
    }

    /// <summary>Of a trusted partner families see it at once, also while something else of it waits for a person.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_cancelled_there_is_shown_as_cancelled_where_the_partner_is_trusted(bool trusted)
    {
        calendar = Calendar(Entry("a", "Songs"), Entry("b", "Tea"), Entry("c", "Walk"));
        await site.Add(Address, trusted ? [("Trust", "yes")] : []);
        await site.RunJob();
        foreach (var e in (await site.All()).Where(e => !e.IsPublic))
            await site.Approve(e.Id);

        const string Off = "EXDATE;TZID=Europe/London:20260625T100000\r\n";
        calendar = Calendar(
            Entry("a", "Songs", more: "STATUS:CANCELLED\r\n"),
            Entry("b", "Tea and therapy", more: Off),
            Entry("c", "Walk")
        );
        await site.NextDay();
        var all = await site.All();
        Assert.Equal((trusted ? EventState.Cancelled : EventState.Published, !trusted), (all[0].State, all[0].GoneAtSourceAt is not null));
        // The new name asks for a person; that nobody comes to a closed door does not.
        Assert.Equal((EventState.ChangeWaiting, "Tea"), (all[1].State, all[1].Live!.Title));
        Assert.Equal(trusted ? 3 : 4, all[1].Live!.Schedule.All().Count());
        Assert.Equal(3, all[1].Latest.Schedule.All().Count());
        Assert.Equal(EventState.Published, all[2].State);

        var told = all.Select(e => e.Revision).ToList();
        await site.NextDay();
        Assert.Equal(told, (await site.All()).Select(e => e.Revision));
    }

    /// <summary>Of a trusted partner it shows at once; what a person cancelled here waits for one.</summary>
    [Fact]
    public async Task What_is_on_again_there_is_on_again_here()
    {
        const string Off = "EXDATE;TZID=Europe/London:20260625T100000\r\n";
        var whole = Calendar(Entry("a", "Songs"), Entry("b", "Tea"), Entry("c", "Walk"));
        calendar = whole;
        await site.Add(Address, ("Trust", "yes"));
        await site.RunJob();
        foreach (var e in (await site.All()).Where(e => !e.IsPublic))
            await site.Approve(e.Id);
        await site.Write(async db =>
        {
            var tea = (await db.Set<Event>().Include(e => e.Dates).ToListAsync(Cancel)).Single(e => e.Latest.Title == "Tea");
            tea.ChangeDate(Event.Organiser, DateAct.Cancel, new(2026, 7, 2, 10, 0, 0), to: null, site.Clock.GetUtcNow());
        });
        calendar = Calendar(Entry("a", "Songs", more: "STATUS:CANCELLED\r\n"), Entry("b", "Tea", more: Off), Entry("c", "Walk"));
        await site.NextDay();
        Assert.Equal([EventState.Cancelled, EventState.Published], (await site.All()).Take(2).Select(e => e.State));
        Assert.DoesNotContain((await site.All())[1].Live!.Schedule.All(), t => t.Day == new DateOnly(2026, 6, 25));

        calendar = whole;
        await site.NextDay();
        var all = await site.All();
        Assert.Equal((EventState.Published, false), (all[0].State, all[0].Waiting));
        Assert.Contains(all[0].Steps, s => s.What == "said that it takes place after all");
        Assert.Contains(all[1].Live!.Schedule.All(), t => t.Day == new DateOnly(2026, 6, 25));
        // What its organiser cancelled here stays so.
        Assert.DoesNotContain(all[1].Live!.Schedule.All(), t => t.Day == new DateOnly(2026, 7, 2));
        var told = all.Select(e => e.Revision).ToList();
        await site.NextDay();
        Assert.Equal(told, (await site.All()).Select(e => e.Revision));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task That_what_staff_cancelled_is_on_again_waits_for_staff(bool trusted)
    {
        calendar = Calendar(Entry("a", "Songs"));
        await site.Add(Address, trusted ? [("Trust", "yes")] : []);
        await site.RunJob();
        var id = (await site.All())[0].Id;
        if (!(await site.All())[0].IsPublic)
            await site.Approve(id);
        await site.Write(async db =>
            (await db.Set<Event>().Include(e => e.Dates).SingleAsync(e => e.Id == id, Cancel)).Cancel(
                "Staff",
                "Ill.",
                site.Clock.GetUtcNow()
            )
        );
        calendar = Calendar(Entry("a", "Songs", more: "STATUS:CANCELLED\r\n"));
        await site.NextDay();
        Assert.False((await site.All())[0].Waiting);

        calendar = Calendar(Entry("a", "Songs"));
        await site.NextDay();
        var one = (await site.All())[0];
        Assert.Equal((EventState.Cancelled, true, true), (one.State, one.Waiting, one.Proposed!.OnAgain));
        using (var staff = await site.Staff())
            Assert.Contains(
                "takes place after all",
                await staff.GetStringAsync(new Uri($"/staff/events/review?id={id}", UriKind.Relative), Cancel)
            );
        // The list says cancelled again before anybody decided: nothing waits any more.
        calendar = Calendar(Entry("a", "Songs", more: "STATUS:CANCELLED\r\n"));
        await site.NextDay();
        Assert.Equal((EventState.Cancelled, false), ((await site.All())[0].State, (await site.All())[0].Waiting));

        calendar = Calendar(Entry("a", "Songs"));
        await site.NextDay();
        await site.Approve(id);
        one = (await site.All())[0];
        Assert.Equal((EventState.Published, "", false), (one.State, one.Live!.Notice, one.Live.OnAgain));
        var told = one.Revision;
        await site.NextDay();
        Assert.Equal(told, (await site.All())[0].Revision);
    }

    /// <summary>A later reading does not bring back what staff joined to another.</summary>
    [Fact]
    public async Task What_was_joined_to_another_is_known_and_not_new()
    {
        calendar = Calendar(Entry("a", "Songs"), Entry("b", "Baby songs"));
        await site.Add(Address, ("Trust", "yes"));
        await site.RunJob();
        foreach (var e in (await site.All()).Where(e => !e.IsPublic))
            await site.Approve(e.Id);
        var (goes, stays) = ((await site.All())[0], (await site.All())[1]);
        using (var staff = await site.Staff())
        {
            var path = $"/staff/events/compare?a={stays.Id}&b={goes.Id}";
            using var joined = await staff.Send(path, FormPosting.Fields(("Keep", stays.Id.ToString())), "main form");
            Assert.Equal(HttpStatusCode.Found, joined.StatusCode);
        }
        var before = (await site.All()).Select(e => (e.Id, e.Revision, e.State)).ToList();
        calendar = Calendar(Entry("a", "Songs"), Entry("b", "Baby songs for everybody"));
        await site.NextDay();
        Assert.Equal(before, (await site.All()).Select(e => (e.Id, e.Revision, e.State)));
        Assert.Equal(EventState.Withdrawn, before.Single(e => e.Id == goes.Id).State);
    }

    [Fact]
    public async Task That_most_is_cancelled_at_once_waits_for_a_person()
    {
        string[] names = ["a", "b", "c", "d"];
        calendar = Calendar([.. names.Select(n => Entry(n, n))]);
        await site.Add(Address, ("Trust", "yes"));
        await site.RunJob();
        calendar = Calendar([.. names.Select(n => Entry(n, n, more: n == "d" ? "" : "STATUS:CANCELLED\r\n"))]);
        await site.NextDay();
        var all = await site.All();
        Assert.All(all, e => Assert.Null(e.CancelledAt));
        Assert.Equal([true, true, true, false], all.Select(e => e.GoneAtSourceAt is not null));
    }

    /// <summary>A site like this one gives its calendar in parts, and says in its answer where the next is.</summary>
    [Fact]
    public async Task A_calendar_that_goes_on_elsewhere_is_read_to_its_end()
    {
        string Part(string events, string? next) =>
            PartnerServer.Ok(Calendar(events), next is null ? "" : $"Link: <{next}>; rel=\"next\"\r\nETag: \"1\"\r\n");
        partner.Says(r =>
            r.Path switch
            {
                "/events.ics" => Part(Entry("a", "Songs"), partner.At("/events.ics?part=2").AbsoluteUri),
                "/events.ics?part=2" => Part(Entry("a", "Songs") + Entry("b", "Tea"), "/events.ics?part=3"),
                "/events.ics?part=3" => Part(Entry("c", "Walk"), "http://169.254.169.254/events.ics"),
                _ => PartnerServer.Status("404 Not Found"),
            }
        );
        await site.Add(Address);
        await site.RunJob();
        Assert.Equal(["Songs", "Tea", "Walk"], (await site.All()).Select(e => e.Latest.Title));
        await site.NextDay();
        Assert.Equal(6, partner.Asked.Count);
        Assert.All(partner.Asked, r => Assert.False(r.Headers.ContainsKey("If-None-Match")));
        Assert.All(await site.All(), e => Assert.Null(e.GoneAtSourceAt));

        // One that goes on for ever is not read for ever, and it is said.
        var number = 0;
        partner.Says(_ => Part(Entry($"n{++number}", $"New {number:00}"), $"/more?{number}"));
        await site.NextDay();
        Assert.Equal(20, number);
        Assert.Contains("It goes on after 20 parts and 20 events", await site.List(), StringComparison.Ordinal);
        Assert.All((await site.All()).Take(20), e => Assert.Null(e.GoneAtSourceAt));
    }

    [Fact]
    public async Task Two_at_once_read_it_once_and_a_stop_counts_at_once()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        partner.Answers = async (_, stream, cancel) =>
        {
            begun.TrySetResult();
            await go.Task.WaitAsync(cancel);
            await stream.WriteAsync(Bytes(PartnerServer.Ok(calendar)), cancel);
        };
        await site.Add(Address);
        var first = site.RunJob();
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        Assert.Contains("somebody reads it just now", await site.Press("Read"), StringComparison.Ordinal);
        await site.Press("Stop");
        go.SetResult();
        await first.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        Assert.Empty(await site.All());
        Assert.Single(partner.Asked);
        Assert.Contains("Stopped", await site.List(), StringComparison.Ordinal);

        // The control: let go on, it is read.
        await site.Press("Resume");
        await site.RunJob();
        Assert.Equal(2, (await site.All()).Count);
    }
}
