using System.Globalization;
using AngleSharp.Html.Dom;
using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Mail;
using Microsoft.EntityFrameworkCore;
using static InfantMHWeek.Tests.FormPosting;

namespace InfantMHWeek.Tests.Courses;

/// <summary>What staff do with the course and its line in the audit log are one: neither is kept without the other.</summary>
[BothStores]
public sealed class CourseAuditTests : IAsyncDisposable
{
    readonly TestSite site = new();
    readonly CourseDesk desk;

    public CourseAuditTests() => desk = new(site);

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Acts =>
        new()
        {
            { "say yes", "said yes to a course application" },
            { "say no", "said no to a course application" },
            { "note attendance", "noted an applicant as present" },
            { "make a code", "made the code of a course session" },
            { "move a session", "changed a course session" },
            { "change the rules", "changed the rules of a course group" },
            { "copy", "created a course group" },
            { "cancel", "cancelled a course group" },
            { "write", "wrote to 1 course applicants" },
            { "write a note", "wrote a note about a course applicant" },
            { "carry over", "carried an applicant over" },
            { "erase", "deleted one person's course data" },
        };

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task Each_act_leaves_its_line_with_nothing_of_the_person_in_it(string act, string line)
    {
        var (group, next, ann, bea) = await Prepare();
        using var browser = await site.SignedIn(StaffRole.Courses);
        var before = await Picture();
        await Act(browser, act, group, next, ann, bea);

        Assert.NotEqual(before, await Picture(), StringComparer.Ordinal);
        var lines = await site.InStore(db => db.Set<AuditEntry>().Where(e => e.What != "signed in for a test").ToListAsync(Cancel));
        Assert.Equal(line, Assert.Single(lines).What);
        var words = string.Join(' ', lines.Select(l => $"{l.What} {l.About}"));
        foreach (var person in await desk.Mails())
            Assert.DoesNotContain(person.To.Text, words, StringComparison.OrdinalIgnoreCase);
        foreach (var mark in new[] { "Morag", "charity.example", "Little Steps", "Rang", "ill" })
            Assert.DoesNotContain(mark, words, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>
    /// Where the line cannot be written, nothing has been done. The test above is the control: there the same acts do something.
    /// </summary>
    [Theory]
    [MemberData(nameof(Acts))]
    public async Task Where_the_line_cannot_be_written_nothing_is_done(string act, string line)
    {
        Assert.NotEmpty(line);
        var (group, next, ann, bea) = await Prepare();
        using var browser = await site.SignedIn(StaffRole.Courses);
        var before = await Picture();
        await site.Write(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE \"AuditEntries\" RENAME TO \"Elsewhere\"", Cancel));
        await Act(browser, act, group, next, ann, bea);
        Assert.Equal(before, await Picture());
    }

    async Task<(Guid Group, Guid Next, Guid Ann, Guid Bea)> Prepare()
    {
        var group = await desk.Open(places: 1, decideFirst: true);
        var ann = await desk.Apply(group, "ann@charity.example");
        await desk.Decide(ann, yes: true);
        var bea = await desk.Apply(group, "bea@charity.example");
        var next = await desk.Open(places: 1);
        await site.Write(db => db.Set<AuditEntry>().ExecuteDeleteAsync(Cancel));
        return (group, next, ann, bea);
    }

    static async Task Act(HttpClient browser, string act, Guid group, Guid next, Guid ann, Guid bea)
    {
        var (page, form, typed) = act switch
        {
            "say yes" => (
                $"/staff/courses/{group}/applications",
                "form[action*=Decide]",
                Fields(("Chosen", bea.ToString()), ("wish", "yes"))
            ),
            "say no" => (
                $"/staff/courses/{group}/applications",
                "form[action*=Decide]",
                Fields(("Chosen", bea.ToString()), ("wish", "no"))
            ),
            "note attendance" => ($"/staff/courses/{group}/attendance/1", "main form", Fields(("Present", ann.ToString()))),
            "make a code" => ($"/staff/courses/{group}/attendance/1", "main form", Fields(("wish", "code"))),
            "move a session" => ($"/staff/courses/{group}/sessions/6", "main form", Fields(("Starts", "11am"))),
            "change the rules" => ($"/staff/courses/{group}", "form[action*=Rules]", Fields(("Places", "5"))),
            "copy" => ($"/staff/courses/{group}", "form[action*=Copy]", Fields(("CopyName", "Spring"), ("CopyWeeks", "26"))),
            "cancel" => ($"/staff/courses/{group}/cancel", "main form", Fields(("Reason", "Our trainer is ill."), ("wish", "cancel"))),
            "write" => ($"/staff/courses/{group}/mail", "main form", Fields(("Message", "Bring tea, Morag."), ("wish", "send"))),
            "write a note" => ($"/staff/courses/applications/{ann}", "form[action*=Note]", Fields(("Note", "Rang on Monday."))),
            "carry over" => ($"/staff/courses/applications/{ann}", "form[action*=Carry]", Fields(("To", next.ToString()))),
            _ => ($"/staff/courses/applications/{ann}", "form[action*=Erase]", Fields(("Sure", "true"))),
        };
        using var opened = await browser.GetAsync(new Uri(page, UriKind.Relative), Cancel);
        using var answer = await browser.Send((IHtmlFormElement)(await TestSite.Read(opened)).QuerySelector(form)!, page, typed);
    }

    /// <summary>How everything stands that an act could change.</summary>
    Task<string> Picture() =>
        site.InStore(async db =>
        {
            var groups = await db.Set<Cohort>()
                .AsNoTracking()
                .OrderBy(c => c.Id)
                .Select(c => new
                {
                    c.Id,
                    c.Name,
                    c.Places,
                    c.PlacesTaken,
                    c.CancelledAt,
                })
                .ToListAsync(Cancel);
            var sessions = await db.Set<CourseSession>()
                .AsNoTracking()
                .OrderBy(s => s.Id)
                .Select(s => new
                {
                    s.Id,
                    s.StartsUtc,
                    s.Code,
                })
                .ToListAsync(Cancel);
            var people = await db.Set<Application>()
                .AsNoTracking()
                .OrderBy(a => a.Id)
                .Select(a => new
                {
                    a.Id,
                    a.State,
                    a.StaffNote,
                })
                .ToListAsync(Cancel);
            var (attended, mails) = (await db.Set<Attendance>().CountAsync(Cancel), await db.Set<OutboxMail>().CountAsync(Cancel));
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{string.Join('|', groups)} {string.Join('|', sessions)} {string.Join('|', people)} {attended} {mails}"
            );
        });
}
