using System.Net;
using InfantMHWeek.Campaign.Checking;
using static InfantMHWeek.Tests.TestContentFolder;

namespace InfantMHWeek.Tests.Campaign.Calendar;

/// <summary>Whatever editors write about the weeks: it is named with its line, and every page that speaks of them stands.</summary>
public sealed class WrongDatesTests
{
    static readonly string[] Speaking =
    [
        "/",
        "/about",
        "/themes",
        "/feed.atom",
        "/week.ics",
        "/share/home.png",
        "/events",
        "/take-part/poster",
    ];

    static string Week(string starts, string ends) => Page("A week", facts: $"theme: A theme\nstarts: {starts}\nends: {ends}");

    /// <summary>What is wrong, the file with its text (none: it is deleted), the code and the line.</summary>
    static readonly (string What, string File, string? Text, string Code, string Named, int Line)[] Wrong =
    [
        ("no theme page", "themes/2026.md", null, "IMH025", "themes.md", 1),
        ("two for one year", "themes/2027.md", Week("2026-06-08", "2026-06-14"), "IMH027", "themes/2027.md", 5),
        ("overlapping dates", "themes/2025.md", Week("2026-06-13", "2026-06-20"), "IMH028", "themes/2025.md", 5),
        ("a past week as the next", "themes/2027.md", Week("2025-06-09", "2025-06-15"), "IMH027", "themes/2027.md", 5),
        ("a past week pinned", "site.yml", "name: A\nfeatured-theme: 2020\n", "IMH029", "site.yml", 2),
        ("an end before the beginning", "themes/2027.md", Week("2027-06-09", "2027-06-01"), "IMH021", "themes/2027.md", 6),
        ("an empty site.yml", "site.yml", "", "IMH015", "site.yml", 1),
        ("a scene that does not exist", "home.md", Page("Home", facts: "scene: unicorns"), "IMH017", "home.md", 4),
    ];

    [Fact]
    public async Task What_is_wrong_is_named_with_its_line_and_the_pages_stand()
    {
        using var content = new TestContentFolder();
        string[] files = ["home.md", "themes.md", "site.yml", "themes/2026.md"];
        content
            .Write("site.yml", "name: A week\n")
            .Write("themes.md", Page("Themes"))
            .Write("support.md", Page("Support"))
            .Write("privacy.md", Page("Privacy"))
            .Write("themes/2026.md", Week("2026-06-08", "2026-06-14"));
        var good = files.ToDictionary(f => f, f => File.ReadAllText(Path.Combine(content.Root, f)), StringComparer.Ordinal);
        await using var site = new TestSite(content.Root);
        using var browser = site.Browser();
        var today = new DateOnly(2026, 6, 8);
        var known = Wrong.Select(w => w.Code).ToHashSet(StringComparer.Ordinal);
        Assert.DoesNotContain(ContentChecker.Check(content.Root, today).Faults, f => known.Contains(f.Code));
        content.Write("themes/2020.md", Week("2020-06-08", "2020-06-14"));
        foreach (var (what, file, text, code, named, line) in Wrong)
        {
            if (text is null)
            {
                content.Delete(file);
                content.Delete("themes/2020.md");
            }
            else
                content.Write(file, text);
            Assert.True(
                ContentChecker
                    .Check(content.Root, today)
                    .Faults.Any(f => f.Code == code && f.Line == line && f.File.EndsWith("/" + named, StringComparison.Ordinal)),
                what
            );
            site.Library.Refresh(openAll: true);
            foreach (var path in Speaking)
            {
                using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
                Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{what}: {path} answered {(int)answer.StatusCode}");
            }
            if (good.TryGetValue(file, out var before))
                content.Write(file, before);
            else
                content.Delete(file);
            content.Write("themes/2020.md", Week("2020-06-08", "2020-06-14"));
        }
    }
}
