using System.Net;
using InfantMHWeek.Courses.Interests;
using InfantMHWeek.Courses.Mailing;
using InfantMHWeek.Tests.Platform.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InfantMHWeek.Tests.Courses;

/// <summary>Told once when the course opens, and only who said yes to a mail.</summary>
[BothStores]
public sealed class InterestTests : IAsyncDisposable
{
    const string Course = "/courses/" + CourseDesk.Slug;
    readonly TestSite site = new();
    readonly CourseDesk desk;

    public InterestTests() => desk = new(site);

    public ValueTask DisposeAsync() => site.DisposeAsync();

    async Task<string> Register(HttpClient browser, string email)
    {
        using var sent = await browser.Send(
            Course + "/interest",
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["Name"] = "Ann", ["Email"] = email }
        );
        Assert.Equal(Course + "/interest?sent", sent.Headers.Location!.OriginalString);
        return await desk.LinkIn(email, "course-interest");
    }

    async Task TellOpenings()
    {
        await using var scope = site.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<InterestList>().TellOpeningsAsync(TestContext.Current.CancellationToken);
    }

    static Dictionary<string, string?> Wish(string wish) => new(StringComparer.Ordinal) { ["wish"] = wish };

    [Fact]
    public async Task Who_confirmed_is_told_once_with_a_head_start_and_can_leave_with_one_press()
    {
        using var browser = site.Browser();
        var link = await Register(browser, "ann@charity.example");
        await Register(browser, "bot@charity.example");
        (await browser.Send(link, Wish("stay"))).Dispose();

        var cohort = await desk.Open(places: 5, headStartHours: 48, opensIn: TimeSpan.FromHours(50));
        await TellOpenings();
        Assert.Equal("course-interest", await desk.KindsTo("ann@charity.example"));

        site.Clock.Advance(TimeSpan.FromHours(3));
        await TellOpenings();
        await TellOpenings();
        Assert.Equal("course-interest course-opening", await desk.KindsTo("ann@charity.example"));
        Assert.Equal("course-interest", await desk.KindsTo("bot@charity.example"));

        // The head start: closed to everybody, open by the link.
        Assert.Null((await site.Open(Course + "/apply")).QuerySelector("main form"));
        var opening = (await desk.MailsTo("ann@charity.example"))[^1].Text;
        var early = new Uri(opening.Split('\n').Single(l => l.Contains("?early=", StringComparison.Ordinal))).PathAndQuery;
        using (var started = await browser.Send(early))
            Assert.Contains("/about", started.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.NotEqual(Guid.Empty, cohort);

        var leave = await desk.LinkIn("ann@charity.example", "course-opening");
        using (var left = await browser.Send(leave, Wish("leave"), "main form:last-of-type"))
            Assert.Equal("/courses/deleted", left.Headers.Location!.OriginalString);
        Assert.Empty(await desk.MailsTo("ann@charity.example"));
        Assert.Equal(1, await site.InStore(db => db.Set<Interest>().CountAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task Registering_again_tells_only_the_owner_of_the_address()
    {
        using var browser = site.Browser();
        var link = await Register(browser, "ann@charity.example");
        (await browser.Send(link, Wish("stay"))).Dispose();
        site.Clock.Advance(TimeSpan.FromHours(2));
        await Register(browser, "ANN@charity.example".ToLowerInvariant());
        Assert.Equal("course-interest course-interest-before", await desk.KindsTo("ann@charity.example"));
    }

    /// <summary>The button that mail programs show (RFC 8058): a post without cookie or form token to the address in the header.</summary>
    [Fact]
    public async Task The_button_of_a_mail_program_leaves_with_one_press_and_opening_its_address_changes_nothing()
    {
        await using var catcher = new SmtpCatcher();
        await using var posting = new MailSite(catcher.Port);
        using var browser = posting.Browser();
        (
            await browser.Send(
                Course + "/interest",
                new Dictionary<string, string?>(StringComparer.Ordinal) { ["Name"] = "Ann", ["Email"] = "ann@charity.example" }
            )
        ).Dispose();
        Assert.Equal(1, await posting.Round());
        var letter = Assert.Single(catcher.Letters).Letter;
        Assert.Equal("List-Unsubscribe=One-Click", letter.Headers["List-Unsubscribe-Post"]);
        var leave = new Uri(letter.Headers["List-Unsubscribe"]!.Trim('<', '>')).AbsolutePath;
        Task<int> Interests() => posting.InStore(db => db.Set<Interest>().CountAsync(TestContext.Current.CancellationToken));
        async Task<(HttpStatusCode, int)> Press(string path, string field, string value)
        {
            using var mailProgram = posting.Browser();
            using var pressed = new FormUrlEncodedContent([new(field, value)]);
            using var answer = await mailProgram.PostAsync(new Uri(path, UriKind.Relative), pressed, TestContext.Current.CancellationToken);
            return (answer.StatusCode, await Interests());
        }

        using (var opened = await browser.GetAsync(new Uri(leave, UriKind.Relative), TestContext.Current.CancellationToken))
            Assert.Equal(leave[..^"/leave".Length], opened.Headers.Location!.OriginalString);
        Assert.Equal((HttpStatusCode.BadRequest, 1), await Press(leave, "wish", "leave"));
        Assert.Equal(
            (HttpStatusCode.NotFound, 1),
            await Press(leave.Replace("/leave", "x/leave", StringComparison.Ordinal), "List-Unsubscribe", "One-Click")
        );
        Assert.Equal((HttpStatusCode.OK, 0), await Press(leave, "List-Unsubscribe", "One-Click"));
        Assert.Equal((HttpStatusCode.NotFound, 0), await Press(leave, "List-Unsubscribe", "One-Click"));
        Assert.Equal(0, await posting.InStore(db => db.Set<CourseLink>().CountAsync(TestContext.Current.CancellationToken)));
    }
}
