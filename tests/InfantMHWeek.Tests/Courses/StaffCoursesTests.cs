using System.Net;
using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Platform.Accounts;
using Microsoft.EntityFrameworkCore;
using static InfantMHWeek.Tests.FormPosting;

namespace InfantMHWeek.Tests.Courses;

/// <summary>The people who run the course, through the pages that they use.</summary>
[BothStores]
public sealed class StaffCoursesTests : IAsyncDisposable
{
    readonly TestSite site = new();
    readonly CourseDesk desk;

    public StaffCoursesTests() => desk = new(site);

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static async Task<string> Send(HttpClient browser, string path, string form, params (string Name, string? Value)[] fields)
    {
        using var answer = await browser.Send(path, Fields(fields), form);
        Assert.True(
            answer.StatusCode == HttpStatusCode.Found,
            $"{path}: {answer.StatusCode} "
                + $"{string.Join(" ", (await TestSite.Read(answer)).QuerySelectorAll(".error-summary li").Select(e => e.TextContent))}"
        );
        return answer.Headers.Location!.OriginalString;
    }

    [Fact]
    public async Task A_group_is_made_opened_copied_changed_and_cancelled()
    {
        using var browser = await site.SignedIn(StaffRole.Courses);
        var group = await Send(
            browser,
            "/staff/courses/new",
            "main form",
            ("Name", "Spring 2027"),
            ("Places", "2"),
            ("Sessions", "6"),
            ("First.Day", "4"),
            ("First.Month", "January"),
            ("First.Year", "2027"),
            ("Starts", "10am"),
            ("Ends", "12.30")
        );
        var id = Guid.Parse(group[(group.LastIndexOf('/') + 1)..]);
        var cohort = await desk.Run(id);
        Assert.Equal((6, "Monday 8 February 2027, 10am to 12.30pm"), (cohort.Sessions.Count, cohort.InOrder.Last().When));

        await Send(
            browser,
            group,
            "form[action*=Rules]",
            ("OpensOn.Day", "8"),
            ("OpensOn.Month", "6"),
            ("OpensOn.Year", "2026"),
            ("HeadStartHours", "0")
        );
        Assert.Equal(new DateTime(2026, 6, 8, 8, 0, 0, DateTimeKind.Utc), (await desk.Run(id)).OpensAt);
        var people = new[]
        {
            await desk.Apply(id, "a@charity.example"),
            await desk.Apply(id, "b@charity.example"),
            await desk.Apply(id, "c@charity.example"),
        };

        await Send(browser, group, "form[action*=Rules]", ("Places", "3"));
        Assert.Equal(ApplicationState.Offered, await desk.StateOf(people[2]));

        await Send(browser, group + "/sessions/6", "main form", ("Date.Day", "15"), ("Place", "Hall"));
        Assert.Equal("course-place-held course-session-moved", await desk.KindsTo("a@charity.example"));
        await Send(browser, group + "/sessions/6", "main form");
        Assert.Equal("course-place-held course-session-moved", await desk.KindsTo("a@charity.example"));

        var copy = await Send(browser, group, "form[action*=Copy]", ("CopyName", "Autumn 2027"), ("CopyWeeks", "26"));
        Assert.Equal(CohortStage.Draft, (await desk.Run(Guid.Parse(copy[(copy.LastIndexOf('/') + 1)..]))).StageAt(desk.Now));

        using (var preview = await browser.Send(group + "/cancel", Fields(("Reason", "Our trainer is ill."), ("wish", "preview"))))
        {
            var shown = await TestSite.Read(preview);
            Assert.Contains("Our trainer is ill.", shown.QuerySelector("pre")!.TextContent, StringComparison.Ordinal);
            Assert.Contains("3 people get this mail", shown.Body!.TextContent, StringComparison.Ordinal);
        }
        Assert.Null((await desk.Run(id)).CancelledAt);
        await Send(browser, group + "/cancel", "main form", ("Reason", "Our trainer is ill."), ("wish", "cancel"));
        Assert.Equal(0, (await desk.Run(id)).PlacesTaken);
        Assert.Equal("course-cancelled course-place-offered course-session-moved course-waiting", await desk.KindsTo("c@charity.example"));
        Assert.Contains(
            "STATUS:CANCELLED",
            (await desk.MailsTo("a@charity.example")).Single(m => m.Kind == "course-cancelled").Calendar,
            StringComparison.Ordinal
        );
        Assert.True(await site.InStore(db => db.Set<AuditEntry>().AnyAsync(e => e.What == "cancelled a course group", Cancel)));
    }

    [Fact]
    public async Task Applications_are_found_and_decided_many_at_a_time()
    {
        var cohort = await desk.Open(places: 1, decideFirst: true);
        var first = await desk.Apply(cohort, "a@charity.example", "Zebra Charity");
        var second = await desk.Apply(cohort, "b@charity.example", "Other");
        using var browser = await site.SignedIn(StaffRole.Courses);
        var page = $"/staff/courses/{cohort}/applications";
        using (var found = await browser.GetAsync(new Uri(page + "?Q=zebra&State=Applied", UriKind.Relative), Cancel))
            Assert.Single((await TestSite.Read(found)).QuerySelectorAll("tbody tr"));

        using var opened = await browser.GetAsync(new Uri(page, UriKind.Relative), Cancel);
        var form = (AngleSharp.Html.Dom.IHtmlFormElement)(await TestSite.Read(opened)).QuerySelector("form[action*=Decide]")!;
        var token = form.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var chosen = new FormUrlEncodedContent([
            new("Chosen", second.ToString()),
            new("Chosen", first.ToString()),
            new("wish", "yes"),
            new("__RequestVerificationToken", token),
        ]);
        using (var decided = await browser.PostAsync(new Uri(page + "?handler=Decide", UriKind.Relative), chosen, Cancel))
            Assert.Equal(HttpStatusCode.Found, decided.StatusCode);
        Assert.Equal([ApplicationState.Held, ApplicationState.Waiting], (await desk.In(cohort)).Select(a => a.State));
        Assert.Equal("course-applied course-waiting", await desk.KindsTo("b@charity.example"));
    }

    [Fact]
    public async Task The_saved_list_holds_no_formula_and_every_name_as_it_is()
    {
        var cohort = await desk.Open(places: 9);
        string[] names = ["=HYPERLINK(\"x\")", "+44", "-1", "@SUM(A1)", "\tTab", "\rReturn", "O'Neill, \"Mo\"", "Ŵyn"];
        foreach (var (number, name) in names.Index())
        {
            var id = await desk.Apply(cohort, $"p{number}@charity.example", "=1+1");
            await site.Write(db =>
                db.Set<Application>().Where(a => a.Id == id).ExecuteUpdateAsync(set => set.SetProperty(a => a.Name, name))
            );
        }
        using var browser = await site.SignedIn(StaffRole.Courses);
        using var file = await browser.Send($"/staff/courses/{cohort}/applications", form: "form[action*=Export]");
        Assert.Contains("no-store", file.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        var rows = Parse((await file.Content.ReadAsStringAsync(Cancel)).TrimStart('\uFEFF'));
        Assert.Equal(names.Length + 1, rows.Count);
        Assert.All(rows.SelectMany(r => r), cell =>
            Assert.False(cell.Length > 0 && "=+-@\t\r".Contains(cell[0], StringComparison.Ordinal), cell)
        );
        Assert.Equal(string.Join('|', names), string.Join('|', rows.Skip(1).Select(r => r[1].StartsWith('\'') ? r[1][1..] : r[1])));
    }

    static List<List<string>> Parse(string text)
    {
        var rows = new List<List<string>> { new() };
        for (var at = 0; at < text.Length; )
        {
            Assert.Equal('"', text[at]);
            var cell = new System.Text.StringBuilder();
            for (at++; !(text[at] == '"' && (at + 1 == text.Length || text[at + 1] != '"')); at++)
            {
                if (text[at] == '"')
                    at++;
                cell.Append(text[at]);
            }
            rows[^1].Add(cell.ToString());
            at++;
            if (text[at] == ',')
                at++;
            else
            {
                at += 2;
                if (at < text.Length)
                    rows.Add([]);
            }
        }
        return rows;
    }

    [Fact]
    public async Task A_message_is_shown_first_and_arrives_once_however_often_it_is_sent()
    {
        var cohort = await desk.Open(places: 1);
        await desk.Apply(cohort, "a@charity.example");
        await desk.Apply(cohort, "b@charity.example");
        using var browser = await site.SignedIn(StaffRole.Courses);
        var page = $"/staff/courses/{cohort}/mail";
        using var preview = await browser.Send(page, Fields(("Message", "Bring <b>tea</b>."), ("wish", "preview")));
        var form = (AngleSharp.Html.Dom.IHtmlFormElement)(await TestSite.Read(preview)).QuerySelector("main form")!;
        Assert.Equal("course-place-held", await desk.KindsTo("a@charity.example"));
        foreach (var _ in Enumerable.Range(0, 3))
            (await browser.Send(form, page, Fields(("wish", "send")))).Dispose();
        var mail = (await desk.MailsTo("a@charity.example")).Single(m => m.Kind == "course-message");
        Assert.DoesNotContain("<b>", mail.Html, StringComparison.Ordinal);
        Assert.Equal("course-waiting", await desk.KindsTo("b@charity.example"));
    }

    [Fact]
    public async Task Attendance_numbers_carrying_over_and_one_persons_data()
    {
        var cohort = await desk.Open(places: 2);
        var ann = await desk.Apply(cohort, "a@charity.example");
        var next = await desk.Open(places: 1);
        using var browser = await site.SignedIn(StaffRole.Courses);
        await Send(browser, $"/staff/courses/{cohort}/attendance/1", "main form", ("Present", ann.ToString()), ("wish", "code"));
        Assert.Equal(1, await site.InStore(db => db.Set<Attendance>().CountAsync(Cancel)));
        Assert.Equal(6, (await desk.Run(cohort)).InOrder.First().Code!.Length);

        var person = $"/staff/courses/applications/{ann}";
        await Send(browser, person, "form[action*=Note]", ("Note", "Rang on Monday."));
        await Send(browser, person, "form[action*=Carry]", ("To", next.ToString()));
        Assert.Equal(ApplicationState.Held, Assert.Single(await desk.In(next)).State);
        using (var file = await browser.Send(person, form: "form[action*=Export]"))
            Assert.Contains("Rang on Monday.", await file.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        foreach (
            var path in new[]
            {
                "/staff/courses",
                $"/staff/courses/{cohort}",
                $"/staff/courses/{cohort}/numbers",
                $"/staff/courses/{cohort}/mail",
                $"/staff/courses/{cohort}/sessions/2",
            }
        )
        {
            using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), Cancel);
            Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}");
        }
        await Send(browser, person, "form[action*=Erase]", ("Sure", "true"));
        Assert.Empty(await desk.In(cohort));
    }
}
