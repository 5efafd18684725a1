using System.Net;
using AngleSharp.Html.Dom;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Mailing;
using InfantMHWeek.Courses.Places;
using InfantMHWeek.Platform.Accounts;
using Microsoft.EntityFrameworkCore;
using static InfantMHWeek.Tests.Courses.Apply.ApplyForms;
using static InfantMHWeek.Tests.FormPosting;

namespace InfantMHWeek.Tests.Courses.Places;

/// <summary>
/// A place goes to somebody of the same organisation, or to whom staff allow; and takes nothing of the first person along.
/// </summary>
[BothStores]
public sealed class HandOverTests : IAsyncDisposable
{
    const string Mark = "Quillfeather";
    readonly TestSite site = new();
    readonly CourseDesk desk;

    public HandOverTests() => desk = new(site);

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    async Task Name(string place, string name, string email)
    {
        using var browser = site.Browser();
        Assert.Equal(place, await Answer(browser, place + "/hand-over", ("Name", name), ("Email", email)));
    }

    [Fact]
    public async Task Naming_the_same_colleague_again_is_the_same_and_another_one_takes_the_first_back()
    {
        var cohort = await desk.Open(places: 1);
        await desk.Apply(cohort, "ann@charity.example");
        var place = await desk.LinkIn("ann@charity.example", "course-place-held");
        await Name(place, "Bea", "bea@charity.example");
        await Name(place, "Bea", "BEA@charity.example");
        Assert.Equal("course-hand-over", await desk.KindsTo("bea@charity.example"));
        var bea = await desk.LinkIn("bea@charity.example", "course-hand-over");
        await Name(place, "Cem", "cem@charity.example");
        using var browser = site.Browser();
        using (var gone = await browser.GetAsync(new Uri(bea, UriKind.Relative), Cancel))
            Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Equal("", await desk.KindsTo("bea@charity.example"));
        // Few mails go to one address in a short time.
        site.Clock.Advance(TimeSpan.FromMinutes(21));
        await Name(place, "Bea", "bea@charity.example");
        site.Clock.Advance(TimeSpan.FromDays(1));
        await Name(place, "Bea", "bea@charity.example");
        Assert.Equal("course-hand-over course-hand-over", await desk.KindsTo("bea@charity.example"));
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("no")]
    public async Task Where_nothing_shows_that_they_are_colleagues_staff_decide(string wish)
    {
        var cohort = await desk.Open(places: 1);
        var ann = await desk.Apply(cohort, "ann@charity.example");
        var place = await desk.LinkIn("ann@charity.example", "course-place-held");
        await Name(place, "Stranger", "stranger@gmail.com");
        Assert.Equal("", await desk.KindsTo("stranger@gmail.com"));

        using var staff = await site.SignedIn(StaffRole.Courses);
        var path = $"/staff/courses/{cohort}";
        using var opened = await staff.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        var page = await TestSite.Read(opened);
        var form = (IHtmlFormElement)page.QuerySelector("form[action*=HandOver]")!;
        Assert.Contains("stranger@gmail.com", form.TextContent, StringComparison.Ordinal);
        // Two of the staff press at once, so to say: the second finds it decided.
        foreach (var _ in Enumerable.Range(0, 2))
            using (var answer = await staff.Send(form, path, Fields(("wish", wish))))
                Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal(
            1,
            await site.InStore(db =>
                db.Set<AuditEntry>().CountAsync(e => e.What == $"said {wish} to a hand-over" && e.About == ann.ToString(), Cancel)
            )
        );
        Assert.Equal(wish == "yes" ? "course-hand-over" : "", await desk.KindsTo("stranger@gmail.com"));
        Assert.Equal(
            wish == "yes" ? "course-place-held" : "course-hand-over-declined course-place-held",
            await desk.KindsTo("ann@charity.example")
        );
        Assert.Equal(ApplicationState.Held, await desk.StateOf(ann));
        if (wish == "yes")
        {
            using var browser = site.Browser();
            using (var taken = await browser.Send(await desk.LinkIn("stranger@gmail.com", "course-hand-over")))
                Assert.True(taken.IsSuccessStatusCode);
            Assert.Equal(ApplicationState.Accepted, (await desk.In(cohort)).Single(a => a.Email.Text == "stranger@gmail.com").State);
        }
        else
            Assert.DoesNotContain(await desk.In(cohort), a => a.Email.Text == "stranger@gmail.com");
    }

    [Fact]
    public async Task A_link_to_take_a_place_opens_nothing_before_staff_have_said_yes()
    {
        var cohort = await desk.Open(places: 1);
        await desk.Apply(cohort, "ann@charity.example");
        await Name(await desk.LinkIn("ann@charity.example", "course-place-held"), "Stranger", "stranger@gmail.com");
        var token = await site.Write(async db =>
            db.NewLink(LinkPurpose.HandOver, (await db.Set<HandOver>().SingleAsync(Cancel)).Id, desk.Now)
        );
        using var browser = site.Browser();
        using var answer = await browser.GetAsync(new Uri("/courses/places/take-over/" + token, UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Whoever_takes_a_place_sees_and_is_said_nothing_of_the_person_before()
    {
        var cohort = await desk.Open(places: 1);
        var ann = await desk.Apply(cohort, "ann@charity.example");
        await desk.Accept(ann);
        await site.Write(async db =>
        {
            var before = await db.Set<Application>().Include(a => a.Steps).SingleAsync(a => a.Id == ann, Cancel);
            before.Correct($"Ann {Mark}", $"Role {Mark}");
            before.WriteNote($"Note {Mark}");
            db.Set<AccessNeeds>().Add(new() { ApplicationId = ann, Text = $"Needs {Mark}" });
        });
        var session = (await desk.Run(cohort)).InOrder.First();
        await desk.Mark(cohort, session.Id, ann);
        await Name(await desk.LinkIn("ann@charity.example", "course-place-accepted"), "Bea", "bea@charity.example");
        using var browser = site.Browser();
        using (var taken = await browser.Send(await desk.LinkIn("bea@charity.example", "course-hand-over")))
            Assert.True(taken.IsSuccessStatusCode);

        var place = await desk.LinkIn("bea@charity.example", "course-place-accepted");
        foreach (var page in new[] { place, place + "/details", place + "/data" })
            Assert.DoesNotContain(Mark, (await site.Open(page)).Body!.TextContent, StringComparison.Ordinal);
        using (var file = await browser.Send(place + "/data", form: "form[action*=xport]"))
        {
            var text = await file.Content.ReadAsStringAsync(Cancel);
            Assert.Contains("bea@charity.example", text, StringComparison.Ordinal);
            foreach (var word in new[] { Mark, "ann@charity.example", session.Id.ToString(), "course-place-held" })
                Assert.DoesNotContain(word, text, StringComparison.OrdinalIgnoreCase);
        }
        using var staff = await site.SignedIn(StaffRole.Courses);
        var bea = (await desk.In(cohort)).Single(a => a.Email.Text == "bea@charity.example").Id;
        using (var shown = await staff.GetAsync(new Uri($"/staff/courses/applications/{bea}", UriKind.Relative), Cancel))
            Assert.DoesNotContain(Mark, await shown.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(0, await site.InStore(db => db.Set<AccessNeeds>().CountAsync(Cancel)));

        // The control: all this is there to be found, and staff still have it where it belongs.
        using (var shown = await staff.GetAsync(new Uri($"/staff/courses/applications/{ann}", UriKind.Relative), Cancel))
            Assert.Contains($"Note {Mark}", await shown.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whom_staff_refused_gets_no_place_by_this_way_without_them()
    {
        var cohort = await desk.Open(places: 1, decideFirst: true);
        var (ann, bea) = (await desk.Apply(cohort, "ann@charity.example"), await desk.Apply(cohort, "bea@charity.example"));
        await desk.Decide(ann, yes: true);
        await desk.Decide(bea, yes: false);
        await Name(await desk.LinkIn("ann@charity.example", "course-place-held"), "Bea", "bea@charity.example");
        Assert.DoesNotContain("course-hand-over", await desk.KindsTo("bea@charity.example"), StringComparison.Ordinal);
        Assert.Equal(1, await site.InStore(db => WaitingHandOvers.In(db).CountAsync(Cancel)));
    }
}
