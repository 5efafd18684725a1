using InfantMHWeek.Courses;
using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Deletion;
using InfantMHWeek.Platform.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static InfantMHWeek.Tests.Courses.Apply.ApplyForms;
using static InfantMHWeek.Tests.FormPosting;

namespace InfantMHWeek.Tests.Courses;

/// <summary>Who is forgotten is forgotten everywhere and at once; what was counted stays as it was.</summary>
[BothStores]
public sealed class ForgottenTests : IAsyncDisposable
{
    readonly TestSite site = new();
    readonly CourseDesk desk;

    public ForgottenTests() => desk = new(site);

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A group that is over: five people of three organisations, of whom some came.</summary>
    async Task<(Guid Cohort, Guid[] People)> Taught()
    {
        var cohort = await desk.Open(places: 4);
        var people = new Guid[5];
        for (var n = 0; n < people.Length; n++)
        {
            people[n] = await desk.Apply(cohort, $"p{n}@quillfeather.example", $"Group {n % 3}");
            site.Clock.Advance(TimeSpan.FromDays(1));
        }
        foreach (var person in people[..3])
            await desk.Accept(person);
        await desk.GiveUp(people[2]);
        var run = await desk.Run(cohort);
        foreach (var session in run.InOrder)
            await desk.Mark(cohort, session.Id, people[0]);
        foreach (var session in run.InOrder.Take(2))
            await desk.Mark(cohort, session.Id, people[1]);
        site.Clock.SetUtcNow(new DateTimeOffset(run.EndsAt!.Value).AddHours(1));
        await site.RunJobs(CourseJobs.All);
        return (cohort, people);
    }

    async Task<string> Numbers(Guid cohort)
    {
        using var browser = await site.SignedIn(StaffRole.Courses);
        using var answer = await browser.GetAsync(new Uri($"/staff/courses/{cohort}/numbers", UriKind.Relative), Cancel);
        return string.Join(
            ' ',
            (await TestSite.Read(answer)).QuerySelector("main")!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        );
    }

    [Fact]
    public async Task What_they_began_and_never_sent_goes_with_them()
    {
        var cohort = await desk.Open(places: 2);
        var person = await desk.Apply(cohort, "Morag@quillfeather.example");
        await desk.Draft(cohort, "morag@quillfeather.example");
        var another = await desk.Draft(cohort, "other@quillfeather.example");
        await Erase(person);
        Assert.Equal(
            [another],
            await site.InStore(db => db.Set<ApplicationDraft>().Where(d => d.CohortId == cohort).Select(d => d.Hash).ToListAsync(Cancel))
        );
    }

    [Fact]
    public async Task The_numbers_of_a_group_are_the_same_before_and_after()
    {
        var (cohort, people) = await Taught();
        var before = await Numbers(cohort);
        Assert.Contains("Session 1 2", before, StringComparison.Ordinal);
        foreach (var person in new[] { people[0], people[3], people[4] })
        {
            await Erase(person);
            Assert.Equal(before, await Numbers(cohort));
        }
        site.Clock.Advance(TimeSpan.FromDays(366));
        await using (var scope = site.Services.CreateAsyncScope())
        {
            // The clock has jumped, as only a test's does: for real, a person would have to say so first.
            var now = desk.Now;
            await site.Write(async db =>
            {
                await db.Set<ClockSighting>().ExecuteDeleteAsync(Cancel);
                db.Set<ClockSighting>().Add(new() { At = now });
            });
            await scope.ServiceProvider.GetRequiredService<CourseRetention>().ForgetAsync(Cancel);
        }
        Assert.Empty(await desk.In(cohort));
        Assert.Equal(before, await Numbers(cohort));
    }

    async Task Erase(Guid person)
    {
        using var browser = await site.SignedIn(StaffRole.Courses);
        (await browser.Send($"/staff/courses/applications/{person}", Fields(("Sure", "true")), "form[action*=Erase]")).Dispose();
    }

    [Fact]
    public async Task A_certificate_loses_the_name_of_its_owner_and_says_so()
    {
        var (_, people) = await Taught();
        var code = (await site.InStore(db => db.Set<Certificate>().SingleAsync(Cancel))).Code;
        Assert.Contains("Morag O’Neill", (await site.Open("/courses/certificates/" + code)).Body!.TextContent, StringComparison.Ordinal);
        await Erase(people[0]);
        var page = (await site.Open("/courses/certificates/" + code)).QuerySelector("main")!.TextContent;
        Assert.DoesNotContain("Morag", page, StringComparison.Ordinal);
        Assert.Contains("asked us to delete their name", page, StringComparison.Ordinal);
        Assert.Contains(code, page, StringComparison.Ordinal);
    }

    /// <summary>
    /// In the database, its log, the letters and the mails that have not left: nothing is found the moment the page says that it is
    /// deleted.
    /// </summary>
    [Theory, StoreFile]
    [InlineData("by themselves")]
    [InlineData("by staff")]
    public async Task The_moment_a_person_is_forgotten_no_byte_of_them_is_left(string how)
    {
        Assert.SkipWhen(TestStore.OnPostgres, "PostgreSQL looks after its own log.");
        var cohort = await desk.Open(places: 2);
        var draft = await desk.DraftToken(cohort, "zebedee@quillfeather.example", "Quillfeather Trust");
        using var browser = site.Browser();
        Assert.EndsWith(
            "/later?mailed",
            await Answer(browser, $"{Course}/apply/{draft}/later", ("Email", "zebedee@quillfeather.example")),
            StringComparison.Ordinal
        );
        await Answer(browser, $"{Course}/apply/{draft}/check", ("Agreed", "true"));
        var place = await desk.LinkIn("zebedee@quillfeather.example", "course-place-held");
        await site.Services.GetRequiredService<OutboxSender>().RunOnceAsync(Cancel);
        var person = Assert.Single(await desk.In(cohort)).Id;
        // A mail that has not left yet.
        await desk.Accept(person);
        Assert.True(Occurrences("site.db") > 0 && Occurrences("mail") > 0);

        if (how == "by staff")
            await Erase(person);
        else
            (await browser.Send(place + "/data", form: "form[action*=elete]")).Dispose();
        Assert.Empty(await desk.In(cohort));
        Assert.Equal((0, 0), (Occurrences("site.db"), Occurrences("mail")));
        await site.Services.GetRequiredService<OutboxSender>().RunOnceAsync(Cancel);
        Assert.Equal(0, Occurrences(""));
    }

    int Occurrences(string start) => site.Occurrences("quillfeather", start);
}
