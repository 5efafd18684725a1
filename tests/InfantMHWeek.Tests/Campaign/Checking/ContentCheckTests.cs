using System.Text;
using InfantMHWeek.Campaign.Checking;
using InfantMHWeek.Campaign.Diagnostics;
using static InfantMHWeek.Tests.TestContentFolder;

namespace InfantMHWeek.Tests.Campaign.Checking;

/// <summary>For each fault a text that has it, with its line, and nearly the same text that does not.</summary>
public sealed class ContentCheckTests
{
    static readonly DateOnly Today = new(2026, 6, 8);
    const string Sources = "s1:\n  title: A survey\n  base: 2,000\n  fieldwork: May 2026\n  method: online\n";

    /// <summary>Code, file, bad text, line of the fault, good text.</summary>
    public static TheoryData<string, string, string, int, string> Samples =>
        new()
        {
            { "IMH004", "Bad Name.md", Page("A"), 1, "" },
            { "IMH010", "a.md", "No facts here.", 1, Page("A") },
            { "IMH011", "a.md", "\n" + Page("A"), 1, "\uFEFF" + Page("A") },
            { "IMH012", "a.md", "---\ntitle: A\nsummary: B\n", 1, Page("A") },
            { "IMH013", "a.md", "---\ntitle: A: B\nsummary: C\n---\n", 2, "---\ntitle: \"A: B\"\nsummary: C\n---\n" },
            { "IMH014", "a.md", Page("A", facts: "revieved: 2026-01-01"), 4, Page("A", facts: "reviewed: 2026-01-01") },
            { "IMH014", "a.md", Page("A", facts: "hashtags: IMHAW22"), 4, Page("A") },
            { "IMH015", "a.md", "---\ntitle: A\n---\n", 1, Page("A") },
            { "IMH016", "a.md", Page("A", facts: "title: B"), 4, Page("A") },
            { "IMH017", "a.md", Page("A", facts: "reviewed: 08/06/2026"), 4, Page("A", facts: "reviewed: 2026-06-08") },
            { "IMH017", "a.md", Page("A", facts: "publish: 2026-03-29 01:30"), 4, Page("A", facts: "publish: 2026-03-29 02:30") },
            { "IMH017", "a.md", Page("A", facts: "publish: 2026-10-25 01:30"), 4, Page("A", facts: "publish: 2026-10-25 02:30") },
            { "IMH017", "a.md", Page("A", facts: "sensitive: maybe"), 4, Page("A", facts: "sensitive: no") },
            { "IMH018", "a.md", Page(new string('x', 91)), 2, Page(new string('x', 90)) },
            { "IMH019", "a.md", Page("A", facts: "related:\n  - /about"), 5, Page("A", facts: "related: /about") },
            { "IMH020", "themes/2022.md", Page("A", facts: "hashtags: #IMHAW22"), 4, Page("A", facts: "hashtags: IMHAW22") },
            {
                "IMH021",
                "a.md",
                Page("A", facts: "publish: 2026-06-09\nexpire: 2026-06-08"),
                5,
                Page("A", facts: "publish: 2026-06-08\nexpire: 2026-06-09")
            },
            { "IMH022", "a.md", Page("A", facts: "related: /abuot"), 4, Page("A", facts: "related: /about") },
            { "IMH023", "site.yml", "name: A\nfeatured-theme: 2031\n", 2, "name: A\nfeatured-theme: 2022\n" },
            { "IMH023", "site.yml", "featured-theme: 2023\n", 1, "featured-theme: 2022\n" },
            { "IMH023", "site.yml", "featured-theme: 2024\n", 1, "featured-theme: 2022\n" },
            { "IMH023", "site.yml", "featured-theme: 2025\n", 1, "featured-theme: 2022\n" },
            { "IMH024", "home.md", Page("A", facts: "withdrawn: Gone"), 4, Page("A") },
            { "IMH024", "support.md", Page("A", facts: "expire: 2027-01-01"), 4, Page("A") },
            { "IMH024", "privacy.md", Page("A", facts: "publish: 2026-06-09"), 4, Page("A", facts: "publish: 2026-06-08") },
            { "IMH026", "redirects.yml", "/about: /\n", 1, "/us: /about\n" },
            { "IMH015", "site.yml", "# Nothing yet\n", 1, "name: A\n" },
            { "IMH027", "themes/2031.md", Week("2026-06-02", "2026-06-07"), 4, Week("2031-06-02", "2031-06-07") },
            { "IMH028", "themes/2031.md", Week("2030-06-09", "2030-06-15"), 4, Week("2030-06-10", "2030-06-15") },
            { "IMH029", "site.yml", "name: A\nfeatured-theme: 2021\n", 2, "name: A\nfeatured-theme: 2030\n" },
            { "IMH030", "a.md", Page("A", new string('>', 200) + " deep"), 6, Page("A", ">> less deep") },
            { "IMH031", "a.md", Page("A", "::: notice\nWords."), 6, Page("A", "::: notice\nWords.\n:::") },
            { "IMH032", "a.md", Page("A", "::: notise\nWords.\n:::"), 6, Page("A", "::: notice\nWords.\n:::") },
            {
                "IMH033",
                "a.md",
                Page("A", "::: notice\nWords.\n\n::: help\n:::\n\n:::"),
                9,
                Page("A", "::: notice\nWords.\n:::\n\n::: help\n:::")
            },
            { "IMH034", "a.md", Page("A", "Words.\n\n:::\n\nMore.\n\n:::"), 8, Page("A", "Words.") },
            { "IMH034", "a.md", Page("A", ":::: notice\nWords.\n::::"), 6, Page("A", "::: notice\nWords.\n:::") },
            { "IMH035", "a.md", Page("A", "::: nation France\nWords.\n:::"), 6, Page("A", "::: nation Scotland\nWords.\n:::") },
            { "IMH036", "a.md", Page("A", new string('x', 17_000)), 6, Page("A", "Short.") },
            { "IMH037", "a.md", Page("A", "One <b>bold</b> word."), 6, Page("A", "One **bold** word.") },
            { "IMH037", "a.md", Page("A", "## A heading {#own .red}"), 6, Page("A", "## A heading") },
            { "IMH038", "a.md", Page("A", "# A second title"), 6, Page("A", "## A heading") },
            { "IMH039", "a.md", Page("A", "## One\n\n#### Three"), 8, Page("A", "## One\n\n### Two") },
            { "IMH040", "a.md", Page("A", "• one\n• two"), 6, Page("A", "- one\n- two") },
            { "IMH041", "a.md", Page("A", "Words.[^1]"), 6, Page("A", "Words.[^1]\n\n[^1]: A note.") },
            {
                "IMH042",
                "a.md",
                Page("A", "::: notice\n" + ContainerSamples.Inside("notice") + "\n:::"),
                7,
                Page("A", "::: notice\nWords.\n:::")
            },
            {
                "IMH042",
                "a.md",
                Page("A", "::: quote\nReal words.\n\nWho said it\n:::"),
                9,
                Page("A", "::: quote\nReal words.\n\nA mother\n:::")
            },
            {
                "IMH042",
                "a.md",
                Page("A", "::: statistic s1\n**0%** of parents said so.\n:::"),
                7,
                Page("A", "::: statistic s1\n**10%** of parents said so.\n:::")
            },
            {
                "IMH042",
                "a.md",
                Page("A", "::: statistics s1\nA caption\n\n| Who | Yes |\n|-----|----:|\n| All | 0% |\n:::"),
                11,
                Page("A", "::: statistics s1\nA caption\n\n| Who | Yes |\n|-----|----:|\n| All | 0.0% |\n:::")
            },
            { "IMH042", "sources.yml", "s1:\n  title: Source name\n", 1, Sources },
            { "IMH050", "a.md", Page("A", "[a map](javascript:alert(1))"), 6, Page("A", "[a map](https://www.example.org/)") },
            { "IMH051", "a.md", Page("A", "[The week](/abuot)"), 6, Page("A", "[The week](/about)") },
            { "IMH052", "a.md", Page("A", "## One\n\n[First](#on)"), 8, Page("A", "## One\n\n[First](#one)") },
            { "IMH053", "a.md", Page("A", "[The week](/old)"), 6, Page("A", "[The week](/about)") },
            { "IMH054", "a.md", Page("A", "[](/about)"), 6, Page("A", "[About](/about)") },
            { "IMH055", "a.md", Page("A", "For more [click here](/about)."), 6, Page("A", "More [about the week](/about).") },
            { "IMH056", "a.md", Page("A", "![A leaf](/media/none.png)"), 6, Page("A", "![A leaf](/media/leaf.png)") },
            { "IMH057", "a.md", Page("A", "![](/media/leaf.png)"), 6, Page("A", "![](/media/leaf.png \"decorative\")") },
            {
                "IMH060",
                "a.md",
                Page("A", "::: statistic\n**84%** of people\n:::"),
                6,
                Page("A", "::: statistic s1\n**84%** of people\n:::")
            },
            {
                "IMH061",
                "a.md",
                Page("A", "::: statistic s2\n**84%** of people\n:::"),
                6,
                Page("A", "::: statistic s1\n**84%** of people\n:::")
            },
            {
                "IMH062",
                "a.md",
                Page("A", "::: statistics s1\nNo table.\n:::"),
                6,
                Page("A", "::: statistics s1\nA caption\n\n| Who | Yes |\n|-----|----:|\n| All | 84% |\n:::")
            },
            {
                "IMH062",
                "a.md",
                Page("A", "::: statistic s1\n84% of people\n:::"),
                6,
                Page("A", "::: statistic s1\n**84%** of people\n:::")
            },
            {
                "IMH063",
                "a.md",
                Page("A", "Some 84% of people said so."),
                6,
                Page("A", "Some 84% of people said so.[^1]\n\n[^1]: The survey.")
            },
            {
                "IMH070",
                "a.md",
                Page("A", "A text about abuse."),
                6,
                Page("A", "::: content-note\nAbout abuse.\n:::\n\nA text about abuse.", "sensitive: yes")
            },
            {
                "IMH071",
                "a.md",
                Page("A", "A text.", "sensitive: yes"),
                1,
                Page("A", "::: content-note\nGentle.\n:::\n\nA text.", "sensitive: yes")
            },
            { "IMH080", "a.md", Page("A", "We utilise words."), 6, Page("A", "We use words.") },
            { "IMH081", "a.md", Page("A", string.Concat(Enumerable.Repeat("word ", 26)) + "."), 6, Page("A", "Few words.") },
            {
                "IMH090",
                "emails/staff-reset.md",
                "---\nsubject: A\n---\n\nHello {naem}, {link} until {until}\n",
                5,
                "---\nsubject: A\n---\n\nHello, {link} until {until}\n"
            },
            {
                "IMH090",
                "emails/course-applied.md",
                "---\nsubject: Dear {name}\n---\n\n{link}\n",
                2,
                "---\nsubject: A\n---\n\nDear {name}, {link}\n"
            },
            { "IMH090", "emails/event-reply-mine.md", "---\nsubject: A\n---\n\nDear {name}\n", 5, "---\nsubject: A\n---\n\nDear friend\n" },
            {
                "IMH091",
                "emails/course-applied.md",
                "---\nsubject: A\n---\n\nDear {name}\n",
                4,
                "---\nsubject: A\n---\n\nDear {name}: {link}\n"
            },
            {
                "IMH092",
                "emails/test.md",
                "---\nsubject: A\n---\n\nSee [our page](/about).\n",
                5,
                "---\nsubject: A\n---\n\nSee [our page](https://week.example/about).\n"
            },
            { "IMH092", "emails/test.md", "---\nsubject: A\n---\n\n::: notice\nWords.\n:::\n", 5, "---\nsubject: A\n---\n\nWords.\n" },
            { "IMH093", "emails/course-aplied.md", "---\nsubject: A\n---\n\n{link}\n", 2, "" },
            { "IMH013", "redirects.yml", "/a: [b\n", 1, "/a: /about\n" },
            { "IMH014", "site.yml", "nmae: X\n", 1, "name: X\n" },
            { "IMH015", "sources.yml", "s1:\n  link: https://www.example.org/\n", 1, Sources },
            { "IMH017", "redirects.yml", "/a: https://www.example.org/\n", 1, "/a: /about\n" },
            {
                "IMH017",
                "support.yml",
                "line:\n  name: A line\n  checked: yesterday\n",
                3,
                "line:\n  name: A line\n  checked: 2026-06-01\n"
            },
            { "IMH022", "redirects.yml", "/a: /nothing\n", 1, "/a: /about\n" },
            { "IMH015", "site.yml", "organisation:\n  charity-number: \"1\"\n", 1, "organisation:\n  name: A\n  charity-number: \"1\"\n" },
            { "IMH017", "a.md", Page("A", facts: "scene: familys"), 4, Page("A", facts: "scene: families") },
            { "IMH017", "words.yml", "search:\n  /about:\n    - crying\n", 2, "search:\n  /about: crying\n" },
            { "IMH017", "words.yml", "search:\n  /about: cry, a\n  /: cry\n", 3, "search:\n  /about: cry, a\n  /: b\n" },
            { "IMH022", "words.yml", "crisis:\n  /nothing: die\n", 2, "crisis:\n  /about: die\n" },
            { "IMH052", "words.yml", "search:\n  /about#none: cry\n", 2, "search:\n  /about: cry\n" },
            { "IMH022", "site.yml", "navigation:\n  - /nothing\n", 1, "navigation:\n  - /about\n" },
            { "IMH072", "support.yml", "line:\n  name: A line\n  checked:\n", 1, "line:\n  name: A line\n  checked: 2026-06-01\n" },
            {
                "IMH073",
                "support.yml",
                "line:\n  name: A line\n  checked: 2026-03-09\n",
                1,
                "line:\n  name: A line\n  checked: 2026-03-10\n"
            },
            {
                "IMH074",
                "support.yml",
                "line:\n  name: A line\n  checked: 2025-12-09\n",
                1,
                "line:\n  name: A line\n  checked: 2026-06-01\n"
            },
        };

    [Theory, MemberData(nameof(Samples))]
    public void A_fault_is_named_with_its_line_and_not_without_cause(string code, string file, string bad, int line, string good)
    {
        var fault = Check(file, bad).First(f => f.Code == code && f.File.EndsWith("/" + file, StringComparison.Ordinal));
        Assert.Equal(line, fault.Line);
        Assert.NotEmpty(fault.Message);
        Assert.NotEmpty(fault.Advice);
        if (good.Length > 0)
            Assert.DoesNotContain(Check(file, good), f => f.Code == code);
    }

    static string Week(string from, string to) => Page("A week", facts: $"starts: {from}\nends: {to}");

    static IReadOnlyList<Diagnostic> Check(string file, string text)
    {
        using var content = new TestContentFolder();
        Directory.CreateDirectory(Path.Combine(content.Root, "media"));
        content
            .Write("media/leaf.png", [1])
            .Write("sources.yml", Sources)
            .Write("redirects.yml", "/old: /about\n")
            .Write("themes/2021.md", Week("2021-06-07", "2021-06-13"))
            .Write("themes/2022.md", Page("2022"))
            .Write("themes/2023.md", Page("2023", facts: "withdrawn: A mistake"))
            .Write("themes/2024.md", Page("2024", facts: "publish: 2026-06-09"))
            .Write("themes/2025.md", Page("2025", facts: "expire: 2026-06-01"))
            .Write("themes/2030.md", Week("2030-06-03", "2030-06-09"))
            .Write("words.yml", "prefer:\n  utilise:\n    say: use\nharm:\n  - abuse\n")
            .Write(file, text);
        return ContentChecker.Check(content.Root, Today).Faults;
    }

    [Fact]
    public void Files_that_are_no_text_are_named_with_the_place()
    {
        using var content = new TestContentFolder();
        content.Write("latin.md", Encoding.Latin1.GetBytes("---\ntitle: Café\n---\n"));
        content.Write("nul.md", "---\ntitle: A\0\n---\n"u8.ToArray());
        content.Write("large.md", new byte[300 * 1024]);
        File.CreateSymbolicLink(Path.Combine(content.Root, "link.md"), "/etc/hostname");
        File.CreateSymbolicLink(Path.Combine(content.Root, "loop.md"), Path.Combine(content.Root, "loop.md"));
        var faults = ContentChecker.Check(content.Root, Today).Faults;

        Assert.Contains(faults, f =>
            f.Code == "IMH002" && f.File.EndsWith("latin.md", StringComparison.Ordinal) && (f.Line, f.Column) == (2, 11)
        );
        Assert.Contains(faults, f =>
            f.Code == "IMH002" && f.File.EndsWith("nul.md", StringComparison.Ordinal) && (f.Line, f.Column) == (2, 9)
        );
        Assert.Contains(faults, f => f.Code == "IMH003" && f.File.EndsWith("large.md", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.Code == "IMH005" && f.File.EndsWith("link.md", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.Code == "IMH001" && f.File.EndsWith("loop.md", StringComparison.Ordinal));
    }

    [Fact]
    public void Two_files_with_one_address_are_named()
    {
        using var content = new TestContentFolder();
        content.Write("about.MD", Page("About again"));
        Assert.Contains(ContentChecker.Check(content.Root, Today).Faults, f => f.Code is "IMH004" or "IMH006");
    }

    [Fact]
    public void Years_without_any_page_are_named()
    {
        using var content = new TestContentFolder();
        content.Write("themes.md", Page("Themes"));
        var fault = Assert.Single(ContentChecker.Check(content.Root, Today).Faults, f => f.Code == "IMH025");
        Assert.EndsWith("/themes.md", fault.File, StringComparison.Ordinal);
        content.Write("themes/2022.md", Page("2022"));
        Assert.DoesNotContain(ContentChecker.Check(content.Root, Today).Faults, f => f.Code == "IMH025");
    }

    [Fact]
    public void A_site_without_its_first_page_support_or_privacy_is_named()
    {
        using var content = new TestContentFolder();
        content.Write("site.yml", "name: A\n").Write("support.md", Page("Support")).Write("privacy.md", Page("Privacy"));
        Assert.DoesNotContain(ContentChecker.Check(content.Root, Today).Faults, f => f.Code == "IMH025");
        foreach (var file in (string[])["home.md", "support.md", "privacy.md"])
        {
            var text = File.ReadAllText(Path.Combine(content.Root, file));
            content.Delete(file);
            Assert.EndsWith(
                "/" + file,
                Assert.Single(ContentChecker.Check(content.Root, Today).Faults, f => f.Code == "IMH025").File,
                StringComparison.Ordinal
            );
            content.Write(file, text);
        }
    }

    [Fact]
    public void A_slip_in_a_placeholder_is_told_with_what_was_meant_and_where()
    {
        var fault = Check("emails/course-applied.md", "---\nsubject: A\n---\n\nHello {naem},\n\n{link}\n").First(f => f.Code == "IMH090");
        Assert.Equal(("{naem}", 5, 7, "Did you mean {name}?"), (fault.Text, fault.Line, fault.Column, fault.Advice));
    }

    /// <summary>The control: what somebody may really have written in a box is no sample.</summary>
    [Theory]
    [InlineData("::: statistic s1\n**100%** of people\n:::")]
    [InlineData("::: statistic s1\n**10 %** of people\n:::")]
    [InlineData("::: statistic s1\n**1.0%** of people\n:::")]
    [InlineData("::: notice\nWrite to us.\n:::")]
    [InlineData("Write here if you like.")]
    public void What_is_no_sample_is_left_alone(string text) =>
        Assert.DoesNotContain(Check("a.md", Page("A", text)), f => f.Code == "IMH042");

    [Fact]
    public void One_figure_with_two_values_is_named_on_the_later_page()
    {
        const string Statement = "of the public see early relationships as very important";
        using var content = new TestContentFolder();
        content.Write("sources.yml", Sources);
        content
            .Write("a.md", Page("A", $"::: statistic s1\n**75%** {Statement}.\n:::"))
            .Write("b.md", Page("B", $"::: statistic s1\n**57%** {Statement}.\n:::"));
        var fault = Assert.Single(ContentChecker.Check(content.Root, Today).Faults, f => f.Code == "IMH064");
        Assert.Contains("75%", fault.Message + fault.Text, StringComparison.Ordinal);

        content.Write("b.md", Page("B", $"::: statistic s1\n**75%** {Statement}.\n:::"));
        Assert.DoesNotContain(ContentChecker.Check(content.Root, Today).Faults, f => f.Code == "IMH064");
    }

    [Fact]
    public void The_same_words_about_other_people_are_another_figure()
    {
        using var content = new TestContentFolder();
        content
            .Write("sources.yml", Sources)
            .Write(
                "a.md",
                Page(
                    "A",
                    "::: statistics s1\nVery important\n\n| Who | Yes |\n|---|---|\n| Professionals | 97% |\n| The public | 75% |\n:::"
                )
            );
        Assert.DoesNotContain(ContentChecker.Check(content.Root, Today).Faults, f => f.Code == "IMH064");
    }

    [Fact]
    public void Only_sources_of_figures_are_asked_for_their_method()
    {
        using var content = new TestContentFolder();
        content
            .Write("sources.yml", "s1:\n  title: A survey\ns2:\n  title: A page\n")
            .Write("a.md", Page("A", "::: statistic s1\n**84%** of people\n:::", "sources: s2"));
        var fault = Assert.Single(ContentChecker.Check(content.Root, Today).Faults, f => f.Code == "IMH065");
        Assert.Equal("s1", fault.Text);
    }

    [Fact]
    public void All_faults_of_a_file_are_named_at_once()
    {
        using var content = new TestContentFolder();
        content.Write("a.md", "---\ntitle: A: B\nsummary: C: D\nrevieved: 2026-01-01\n---\n");
        Assert.Equal(
            [2, 3, 4],
            ContentChecker
                .Check(content.Root, Today)
                .Faults.Where(f => f.File.EndsWith("a.md", StringComparison.Ordinal) && f.Line > 1)
                .Select(f => f.Line)
        );
    }

    [Fact]
    public void Every_kind_of_fault_has_a_sample()
    {
        var elsewhere = new[] { "IMH001", "IMH002", "IMH003", "IMH005", "IMH006", "IMH025", "IMH064", "IMH065" };
        Assert.Empty(
            DiagnosticKinds.All.Select(k => k.Code).Except(Samples.Select(s => s.Data.Item1).Concat(elsewhere), StringComparer.Ordinal)
        );
        Assert.Distinct(DiagnosticKinds.All.Select(k => k.Code), StringComparer.Ordinal);
    }

    [Fact]
    public void No_message_speaks_of_programs()
    {
        foreach (var row in Samples)
        foreach (var fault in Check(row.Data.Item2, row.Data.Item3))
            Assert.DoesNotMatch("Exception|System\\.|null|Scalar|Mapping|Sequence", fault.Message + fault.Advice);
    }

    [Fact]
    public void The_content_that_ships_has_no_errors()
    {
        var (_, faults) = ContentChecker.Check(
            Path.Combine(InfantMHWeek.Platform.Configuration.SiteFolders.Home, "..", "..", "content"),
            Today
        );
        Assert.DoesNotContain(faults, f => f.Severity == Severity.Error);
    }
}
