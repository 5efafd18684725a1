using InfantMHWeek.Courses;
using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Courses.Interests;
using InfantMHWeek.Courses.Mailing;
using InfantMHWeek.Platform.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InfantMHWeek.Tests.Courses;

/// <summary>What happens by itself when time passes: reminders, certificates, and forgetting.</summary>
[BothStores]
public sealed class CourseJobsTests : IAsyncDisposable
{
    const string Marker = "Zebedee Quillfeather";
    readonly TestSite site = new();
    readonly CourseDesk desk;

    public CourseJobsTests() => desk = new(site);

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    async Task Forget()
    {
        await using var scope = site.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<CourseRetention>().ForgetAsync(Cancel);
    }

    Task Jobs() => site.RunJobs(CourseJobs.All);

    [Fact]
    public async Task Each_session_is_called_to_mind_once()
    {
        var cohort = await desk.Open(places: 1);
        await desk.Accept(await desk.Apply(cohort, "ann@charity.example"));
        await desk.Apply(cohort, "waits@charity.example");
        site.Clock.SetUtcNow(new DateTimeOffset((await desk.Run(cohort)).StartsAt!.Value).AddDays(-2));
        await Jobs();
        await Jobs();
        Assert.Equal("course-place-accepted course-place-held course-reminder", await desk.KindsTo("ann@charity.example"));
        Assert.Equal("course-waiting", await desk.KindsTo("waits@charity.example"));
    }

    [Fact]
    public async Task Who_came_often_enough_gets_a_certificate_that_can_be_checked()
    {
        var cohort = await desk.Open(places: 2);
        var ann = await desk.Apply(cohort, "ann@charity.example");
        var bea = await desk.Apply(cohort, "bea@charity.example");
        var run = await desk.Run(cohort);
        foreach (var session in run.InOrder.Take(5))
            await desk.Mark(cohort, session.Id, ann);
        foreach (var session in run.InOrder.Take(4))
            await desk.Mark(cohort, session.Id, bea);
        site.Clock.SetUtcNow(new DateTimeOffset(run.EndsAt!.Value).AddMinutes(1));
        await Jobs();
        await Jobs();

        var certificate = await site.InStore(db => db.Set<Certificate>().SingleAsync(Cancel));
        Assert.Equal((ann, 5, 6), (certificate.ApplicationId!.Value, certificate.SessionsAttended, certificate.SessionsHeld));
        var page = await site.Open("/courses/certificates/" + certificate.Code);
        Assert.Contains("Morag O’Neill", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("charity.example", page.Body.TextContent, StringComparison.Ordinal);
        Assert.Equal("course-certificate course-evaluation course-place-held", await desk.KindsTo("ann@charity.example"));
        Assert.Equal("course-evaluation course-place-held", await desk.KindsTo("bea@charity.example"));

        using var browser = site.Browser();
        var place = await desk.LinkIn("ann@charity.example", "course-evaluation");
        var answers = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Useful"] = "5",
            ["Confident"] = "4",
            ["Best"] = "Watching quietly",
        };
        using (var sent = await browser.Send(place + "/evaluation", answers))
            Assert.Equal(place, sent.Headers.Location!.OriginalString);
        using (var again = await browser.GetAsync(new Uri(place + "/evaluation", UriKind.Relative), Cancel))
            Assert.Equal(place, again.Headers.Location!.OriginalString);
        Assert.Equal(5, (await site.InStore(db => db.Set<Evaluation>().SingleAsync(Cancel))).Useful);
    }

    [Fact]
    public async Task A_code_that_was_read_out_notes_who_was_there()
    {
        var cohort = await desk.Open(places: 1);
        var ann = await desk.Apply(cohort, "ann@charity.example");
        var first = (await desk.Run(cohort)).InOrder.First();
        await site.Write(db =>
            db.Set<CourseSession>().Where(s => s.Id == first.Id).ExecuteUpdateAsync(set => set.SetProperty(s => s.Code, "BCDF23"))
        );
        site.Clock.SetUtcNow(new DateTimeOffset(first.StartsUtc));
        using var browser = site.Browser();
        var place = await desk.LinkIn("ann@charity.example", "course-place-held");
        foreach (var code in new[] { "BCDF24", "", "bcdf 23" })
        {
            Assert.Equal(0, await site.InStore(db => db.Set<Attendance>().CountAsync(Cancel)));
            (
                await browser.Send(
                    place,
                    new Dictionary<string, string?>(StringComparer.Ordinal)
                    {
                        ["wish"] = "attend",
                        ["Session"] = first.Id.ToString(),
                        ["Code"] = code,
                    }
                )
            ).Dispose();
        }
        Assert.Equal(ann, await site.InStore(db => db.Set<Attendance>().Select(a => a.ApplicationId).SingleAsync(Cancel)));
    }

    [Fact]
    public async Task The_privacy_page_shows_the_periods_by_which_we_delete()
    {
        var page = await site.Open("/privacy");
        Assert.Contains("12 months after you registered or renewed it", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("7 days after the last session", page.Body.TextContent, StringComparison.Ordinal);
    }

    /// <summary>The list of a session is often put right a day later; the certificate says what the list says.</summary>
    [Fact]
    public async Task A_corrected_attendance_corrects_the_certificate_or_takes_it_back()
    {
        var cohort = await desk.Open(places: 1);
        var ann = await desk.Apply(cohort, "ann@charity.example");
        var run = await desk.Run(cohort);
        site.Clock.SetUtcNow(new DateTimeOffset(run.EndsAt!.Value).AddMinutes(1));
        foreach (var session in run.InOrder.Take(5))
            await desk.Mark(cohort, session.Id, ann, present: true);
        var code = (await site.InStore(db => db.Set<Certificate>().SingleAsync(Cancel))).Code;

        await desk.Mark(cohort, run.InOrder.Last().Id, ann, present: true);
        var corrected = await site.InStore(db => db.Set<Certificate>().SingleAsync(Cancel));
        Assert.Equal((code, 6), (corrected.Code, corrected.SessionsAttended));

        foreach (var session in run.InOrder.Take(2))
            await desk.Mark(cohort, session.Id, ann, present: false);
        Assert.Equal(0, await site.InStore(db => db.Set<Certificate>().CountAsync(Cancel)));
    }

    /// <summary>
    /// After each period no row and no byte of a person is left, in the database file or its log; the control finds them before.
    /// </summary>
    [Fact, StoreFile]
    public async Task After_its_time_nothing_of_a_person_is_left_in_the_files()
    {
        var cohort = await desk.Open(places: 1);
        await Fill(cohort);
        await site.Services.GetRequiredService<OutboxSender>().RunOnceAsync(Cancel);
        foreach (var place in new[] { "site.db", "mail" })
            Assert.True(Occurrences(place) > 0, place);

        await site.RunsUntil(new DateTimeOffset((await desk.Run(cohort)).EndsAt!.Value).AddDays(8));
        await Forget();
        Assert.Equal((0, 0, 2), await Left());

        await site.RunsUntil(site.Clock.GetUtcNow().AddDays(366));
        await Forget();
        await site.Services.GetRequiredService<OutboxRetention>().ForgetAsync(Cancel);
        Assert.Equal((0, 0, 0), await Left());
        Assert.Equal(0, await site.InStore(db => db.Set<Interest>().CountAsync(Cancel)));
        Assert.Equal(0, await site.InStore(db => db.Set<OutboxMail>().CountAsync(Cancel)));
        Assert.Equal(0, await site.InStore(db => db.Set<CourseLink>().CountAsync(Cancel)));
        Assert.Equal(
            2,
            await site.InStore(db => db.Set<CourseTally>().Where(t => t.Chart == CourseChart.State).SumAsync(t => t.Count, Cancel))
        );
        Assert.Equal(0, Occurrences(""));
        Assert.NotEmpty(site.Log);
        Assert.DoesNotContain(site.Log, line => line.Contains("quillfeather", StringComparison.OrdinalIgnoreCase));
    }

    async Task<(int Needs, int Drafts, int Applications)> Left() =>
        await site.InStore(async db =>
            (
                await db.Set<AccessNeeds>().CountAsync(Cancel),
                await db.Set<ApplicationDraft>().CountAsync(Cancel),
                await db.Set<Application>().CountAsync(Cancel)
            )
        );

    async Task Fill(Guid cohort)
    {
        foreach (var email in new[] { "zebedee@quillfeather.example", "zeb2@quillfeather.example" })
        {
            var id = await desk.Apply(cohort, email);
            await site.Write(async db =>
            {
                (await db.Set<Application>().SingleAsync(a => a.Id == id)).Correct(Marker, "Worker");
                db.Set<AccessNeeds>().Add(new() { ApplicationId = id, Text = Marker + " needs captions" });
            });
        }
        var unfinished = await desk.Draft(cohort, "zebedee@quillfeather.example", Marker);
        Assert.NotEmpty(unfinished);
        await using var scope = site.Services.CreateAsyncScope();
        await scope
            .ServiceProvider.GetRequiredService<InterestList>()
            .RegisterAsync(
                CourseDesk.Slug,
                "Course",
                Marker,
                InfantMHWeek.Platform.Text.EmailAddress.Parse("zebedee@quillfeather.example", null),
                Marker,
                null,
                Cancel
            );
    }

    int Occurrences(string start) => site.Occurrences("quillfeather", start);
}
