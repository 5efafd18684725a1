using System.Net;
using System.Text;
using InfantMHWeek.Events;
using InfantMHWeek.Platform.Accounts;
using Microsoft.EntityFrameworkCore;
using static InfantMHWeek.Tests.FormPosting;

namespace InfantMHWeek.Tests.Events.Importing;

/// <summary>A partner's list is looked at, brought in, and brought in again: what is there is followed, never doubled.</summary>
[BothStores]
public sealed class PartnerImportTests : IAsyncDisposable
{
    readonly TestSite site = new();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    async Task<List<Event>> All() =>
        [
            .. (await site.InStore(db => db.Set<Event>().AsNoTracking().Include(e => e.Steps).ToListAsync(Cancel))).OrderBy(
                e => e.Latest.Title,
                StringComparer.Ordinal
            ),
        ];

    static byte[] Calendar(params string[] events) =>
        Encoding.UTF8.GetBytes($"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{string.Concat(events)}END:VCALENDAR\r\n");

    static string Entry(string uid, string title, string hour = "10", string more = "") =>
        $"BEGIN:VEVENT\r\nUID:{uid}\r\nSUMMARY:{title}\r\nDTSTART;TZID=Europe/London:20260618T{hour}0000\r\n"
        + $"DTEND;TZID=Europe/London:20260618T{hour}4500\r\nRRULE:FREQ=WEEKLY;COUNT=4\r\n"
        + $"LOCATION:Hall\\, Leeds LS1 4AP\r\n{more}END:VEVENT\r\n";

    static async Task<string> BringIn(HttpClient staff, byte[] file, params (string, string)[] answers)
    {
        using var looked = await PartnerUpload.Look(staff, file, "list", answers);
        using var answer = await PartnerUpload.Bring(staff, await TestSite.Read(looked));
        return PartnerUpload.Words(await TestSite.Read(answer));
    }

    [Fact]
    public async Task Nothing_is_stored_before_it_was_looked_at_and_every_row_is_shown_as_it_will_be()
    {
        using var staff = await site.SignedIn(StaffRole.Events);
        using var looked = await PartnerUpload.Look(staff, Calendar(Entry("a", "Songs"), Entry("b", "Walk", more: "CLASS:PRIVATE\r\n")));
        var page = await TestSite.Read(looked);

        Assert.Empty(await All());
        var row = Assert.Single(page.QuerySelectorAll("tbody tr")).TextContent;
        Assert.All(["New", "Songs", "Every Thursday", "18 June 2026", "LS1 4AP"], w => Assert.Contains(w, row, StringComparison.Ordinal));
        Assert.Contains("“Walk”: its source says that it is private", PartnerUpload.Words(page), StringComparison.Ordinal);

        using var brought = await PartnerUpload.Bring(staff, page);
        Assert.Equal("Songs", Assert.Single(await All()).Latest.Title);
    }

    [Fact]
    public async Task The_same_again_changes_nothing_and_a_changed_one_proposes_just_the_change()
    {
        using var staff = await site.SignedIn(StaffRole.Events);
        await BringIn(staff, Calendar(Entry("a", "Songs"), Entry("b", "Walk")));
        var before = await All();
        // Completed and put right by a person meanwhile, and made public.
        await site.Write(async db =>
        {
            var e = await db.Set<Event>().Include(e => e.Dates).SingleAsync(e => e.Id == before[0].Id, Cancel);
            e.Propose(e.Latest with { Summary = "Songs and tea" }, site.Clock.GetUtcNow(), "Staff");
            e.Send(site.Clock.GetUtcNow(), "Staff");
            e.Approve("Staff", e.Revision, site.Clock.GetUtcNow());
            return await db.SaveChangesAsync(Cancel);
        });
        var approved = await All();

        await BringIn(staff, Calendar(Entry("a", "Songs"), Entry("b", "Walk")));
        Assert.Equal(approved.Select(e => (e.Id, e.Revision)), (await All()).Select(e => (e.Id, e.Revision)));

        await BringIn(staff, Calendar(Entry("a", "Songs", hour: "11"), Entry("b", "Walk")));
        var after = await All();
        Assert.Equal(approved.Select(e => e.Id), after.Select(e => e.Id));
        Assert.Equal(approved[1].Revision, after[1].Revision);
        Assert.Equal(EventState.ChangeWaiting, after[0].State);
        Assert.Equal(
            ("Songs and tea", new TimeOnly(11, 0), new TimeOnly(10, 0)),
            (after[0].Proposed!.Summary, after[0].Proposed!.Schedule.Times[0].Starts, after[0].Live!.Schedule.Times[0].Starts)
        );
    }

    [Fact]
    public async Task Two_at_once_make_each_event_once()
    {
        using var one = await site.SignedIn(StaffRole.Events);
        using var other = await site.SignedIn(StaffRole.Events);
        var file = Calendar([.. Enumerable.Range(0, 20).Select(n => Entry($"u{n}", $"Songs {n:00}"))]);
        await Task.WhenAll(BringIn(one, file), BringIn(other, file));
        Assert.Equal(20, (await All()).Count);
    }

    [Fact]
    public async Task Another_partners_id_is_not_theirs()
    {
        using var staff = await site.SignedIn(StaffRole.Events);
        await BringIn(staff, Calendar(Entry("a", "Songs")));
        await BringIn(staff, Calendar(Entry("a", "Taken over")), ("Email", "other@example.org"));
        Assert.Equal(["Songs", "Taken over"], (await All()).Select(e => e.Latest.Title));
    }

    [Fact]
    public async Task What_the_list_no_longer_has_or_cancels_is_flagged_and_kept_by_a_person()
    {
        using var staff = await site.SignedIn(StaffRole.Events);
        await BringIn(staff, Calendar(Entry("a", "Songs"), Entry("b", "Walk"), Entry("c", "Tea")));
        // A part of the list takes nothing away.
        await BringIn(staff, Calendar(Entry("a", "Songs")));
        Assert.All(await All(), e => Assert.Null(e.GoneAtSourceAt));

        await BringIn(staff, Calendar(Entry("a", "Songs"), Entry("c", "Tea", more: "STATUS:CANCELLED\r\n")), ("Also", "whole"));
        var all = await All();
        Assert.Equal([false, true, true], all.Select(e => e.GoneAtSourceAt is not null));
        var list = await staff.GetStringAsync(new Uri("/staff/events", UriKind.Relative), Cancel);
        Assert.Contains("No longer in their partner’s list: 2", WebUtility.HtmlDecode(list), StringComparison.Ordinal);

        using var kept = await staff.Send($"/staff/events/review?id={all[2].Id}", Fields(("Do", "keep")), "form:has([name=Revision])");
        Assert.Null((await All())[2].GoneAtSourceAt);

        // It is there again.
        await BringIn(staff, Calendar(Entry("c", "Tea")));
        Assert.Null((await All())[1].GoneAtSourceAt);
    }

    [Fact]
    public async Task What_is_unclear_is_asked_and_a_column_is_what_the_person_says()
    {
        using var staff = await site.SignedIn(StaffRole.Events);
        var file = Encoding.UTF8.GetBytes("Label,Day,Time\nSongs,08/07/2026,10:00-11:00\nFair,09/07/2026,\n");
        using (var looked = await PartnerUpload.Look(staff, file))
        {
            var page = await TestSite.Read(looked);
            Assert.Contains("which column is the name", PartnerUpload.Words(page), StringComparison.Ordinal);
            Assert.Equal(3, page.QuerySelectorAll("select[name=Column]").Length);
        }
        (string, string)[] columns = [("Column", "name"), ("Column", "date"), ("Column", "starts")];
        using (var looked = await PartnerUpload.Look(staff, file, "list.csv", columns))
        {
            var page = await TestSite.Read(looked);
            Assert.Contains("could be two days", PartnerUpload.Words(page), StringComparison.Ordinal);
            Assert.NotNull(page.QuerySelector("[name=Order]"));
        }
        (string, string)[] order = [.. columns, ("Order", "day")];
        using (var looked = await PartnerUpload.Look(staff, file, "list.csv", order))
        {
            var page = await TestSite.Read(looked);
            Assert.Contains("from when to when", PartnerUpload.Words(page), StringComparison.Ordinal);
            Assert.NotNull(page.QuerySelector("[name=DayStarts]"));
        }
        await BringIn(staff, file, [.. order, ("DayStarts", "9am"), ("DayEnds", "17:00")]);
        Assert.Equal(
            [("Fair", new DateOnly(2026, 7, 9), new TimeOnly(9, 0)), ("Songs", new DateOnly(2026, 7, 8), new TimeOnly(10, 0))],
            (await All()).Select(e => (e.Latest.Title, e.Latest.Schedule.Times[0].Day, e.Latest.Schedule.Times[0].Starts))
        );
    }

    [Fact]
    public async Task A_file_of_fifty_megabytes_is_refused_at_the_field_and_nothing_typed_is_lost()
    {
        using var staff = await site.SignedIn(StaffRole.Events);
        using var answer = await PartnerUpload.Look(staff, new byte[50 * 1024 * 1024]);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = await TestSite.Read(answer);
        Assert.Contains("more than 8 MB", PartnerUpload.Words(page), StringComparison.Ordinal);
        Assert.Equal("partner@example.org", page.QuerySelector("[name=Email]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task What_version_1_0_brought_in_is_known_by_its_name_and_day()
    {
        using var staff = await site.SignedIn(StaffRole.Events);
        await BringIn(staff, Calendar(Entry("a", "Songs")));
        await site.Write(db => db.Database.ExecuteSqlRawAsync("""UPDATE "Events" SET "SourceId" = NULL, "AtSource" = NULL""", Cancel));
        await BringIn(staff, Calendar(Entry("a", "Songs")));
        Assert.Equal("a", Assert.Single(await All()).SourceId);
    }
}
