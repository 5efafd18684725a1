using static System.Net.HttpStatusCode;
using static InfantMHWeek.Tests.FormPosting;

namespace InfantMHWeek.Tests.Courses.Apply;

/// <summary>Fills in the pages of an application as a person does.</summary>
static class ApplyForms
{
    public const string Course = "/courses/" + CourseDesk.Slug;

    /// <summary>Starts an application; the address of its pages.</summary>
    public static async Task<string> Start(HttpClient browser)
    {
        using var started = await browser.Send(Course + "/apply");
        Assert.Equal(Found, started.StatusCode);
        var first = started.Headers.Location!.OriginalString;
        Assert.EndsWith("/about", first, StringComparison.Ordinal);
        return first[..^"/about".Length];
    }

    /// <returns>Where the page leads.</returns>
    public static async Task<string> Answer(HttpClient browser, string page, params (string Name, string? Value)[] fields)
    {
        using var answer = await browser.Send(page, Fields(fields));
        Assert.True(
            answer.StatusCode == Found,
            $"{page}: {answer.StatusCode} "
                + $"{string.Join(" ", (await TestSite.Read(answer)).QuerySelectorAll(".error-summary li").Select(e => e.TextContent))}"
        );
        return answer.Headers.Location!.OriginalString;
    }

    /// <summary>All pages but the last; the address of the draft.</summary>
    public static async Task<string> FillIn(
        HttpClient browser,
        string email = "morag+course@charity.example",
        string name = "Morag O'Neill"
    )
    {
        var draft = await Start(browser);
        Assert.Equal(
            draft + "/you",
            await Answer(browser, draft + "/about", ("Kind", "charity"), ("WorksWith", "mothers"), ("Nation", "scotland"))
        );
        Assert.Equal(draft + "/organisation", await Answer(browser, draft + "/you", ("Name", name), ("Email", email), ("Role", "Worker")));
        Assert.Equal(
            draft + "/colleagues",
            await Answer(browser, draft + "/organisation", ("Name", "Little Steps"), ("CharityNumber", "SC012345"))
        );
        Assert.Equal(draft + "/needs", await Answer(browser, draft + "/colleagues"));
        Assert.Equal(draft + "/check", await Answer(browser, draft + "/needs", ("Text", "Captions,\nplease")));
        return draft;
    }
}
