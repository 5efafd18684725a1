using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Xml.Linq;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using InfantMHWeek.Campaign.Checking;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Diagnostics;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Campaign.Rendering;
using Markdig;
using Page = InfantMHWeek.Campaign.Content.Page;

namespace InfantMHWeek.Tests.Campaign.Hostile;

/// <summary>2,000 hostile files: the site starts, serves every other page, runs nothing, and names each fault with its line.</summary>
public sealed class HostileContentTests(HostileFolder folder) : IClassFixture<HostileFolder>
{
    static readonly HtmlParser Parser = new();
    static readonly Registers Registers = RegisterReader
        .Read(
            [
                FileOf("sources.yml", "s1:\n  title: A <b>survey</b>\n"),
                FileOf("support.yml", "line:\n  name: \"<b>A line\"\n  phone: \"999\"\n"),
            ],
            RegisterReader.None,
            name => name
        )
        .Registers;

    static readonly string[] Names = [.. HostileFiles.All.Select(f => f.Name), .. HostileFiles.MadeByShell];

    // ---- The whole site

    [Fact]
    public void There_are_as_many_hostile_files_as_promised()
    {
        Assert.Equal(HostileFiles.Count, Names.Length);
        Assert.Distinct(Names, StringComparer.Ordinal);
        Assert.True(HostileText.Active.Count >= 60);
        Assert.Equal(HostileFiles.MutatedFrontMatters, Names.Count(n => n.StartsWith("mutated-facts-", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Every_other_page_is_served()
    {
        foreach (var number in HostileFolder.GoodPages)
            Assert.Contains(
                $"The words of page {number}.",
                (await folder.Site.Open($"/good-{number}")).QuerySelector("main")!.TextContent,
                StringComparison.Ordinal
            );
        Assert.Contains("The words of home.", (await folder.Site.Open("/")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hostile_page_is_shown_inert_or_is_unavailable_alone()
    {
        using var browser = folder.Site.Browser();
        var wrong = new ConcurrentQueue<string>();
        var shown = 0;
        // A name of Latin letters is the address of another hostile file, which then answers for both.
        await Parallel.ForEachAsync(
            Names.Where(n => !IsOfProgram(n)).Select(PageNames.PathOf).Distinct(StringComparer.Ordinal),
            TestContext.Current.CancellationToken,
            async (path, stop) =>
            {
                using var answer = await browser.GetAsync(
                    new Uri(string.Join('/', path.Split('/').Select(Uri.EscapeDataString)), UriKind.Relative),
                    stop
                );
                if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable))
                    wrong.Enqueue($"{path}: {(int)answer.StatusCode}");
                var html = await answer.Content.ReadAsStringAsync(stop);
                if (html.Contains("Words from outside", StringComparison.Ordinal))
                    wrong.Enqueue($"{path}: shows a file from outside the folder");
                if (answer.StatusCode != HttpStatusCode.OK)
                    return;
                Interlocked.Increment(ref shown);
                var page = Parser.ParseDocument(html);
                foreach (var found in ActiveContent.In(page, IsLayout).Take(3))
                    wrong.Enqueue($"{path}: {found}");
                foreach (var id in page.QuerySelectorAll("[id]").GroupBy(e => e.Id!, StringComparer.Ordinal).Where(g => g.Count() > 1))
                    wrong.Enqueue($"{path}: id {id.Key} is there {id.Count()} times");
            }
        );

        Assert.Empty(wrong);
        Assert.InRange(shown, 500, 1900);
        // A page that is unavailable is logged as an error of its own; anything else would be an exception that nobody caught.
        Assert.DoesNotContain(folder.Site.Log, line =>
            line.StartsWith("Fatal", StringComparison.Ordinal)
            || (line.StartsWith("Error", StringComparison.Ordinal) && !line.Contains("answered 503", StringComparison.Ordinal))
        );
    }

    static bool IsOfProgram(string name) => name is "search.md" or "health/live.md";

    static bool IsLayout(IElement element) =>
        element.LocalName switch
        {
            "script" => element.GetAttribute("type") == "application/ld+json" && !element.HasAttribute("src")
                || (element.GetAttribute("type") == "module" && element.GetAttribute("src")!.Split('.')[0] is "/exit" or "/share"),
            "meta" => element.ParentElement is { LocalName: "head" } && !element.HasAttribute("http-equiv"),
            "link" => element.ParentElement is { LocalName: "head" }
                && (
                    element.GetAttribute("rel") is "canonical" or "stylesheet" or "icon" or "apple-touch-icon" or "manifest" or "alternate"
                    || (element.GetAttribute("rel") is "preload" && element.GetAttribute("href") is "/letters.woff2")
                ),
            "details" => element.ClassName == "fold" && element.ParentElement is { ClassName: "page" or "page " },
            "summary" => element.ParentElement is { LocalName: "details", ClassName: "fold" },
            "form" => element.GetAttribute("action") == "/search" && element.Closest("header.masthead") is not null
                || (element.GetAttribute("action") == "/events#found-title" && element.Closest(".on-next") is not null),
            "input" or "button" => element.Closest("header.masthead form, .on-next form") is not null
                && !element.HasAttribute("formaction"),
            _ => false,
        };

    [Fact]
    public async Task Feeds_maps_figures_and_the_search_stand()
    {
        using var browser = folder.Site.Browser();
        foreach (var path in new[] { "/feed.atom", "/sitemap.xml" })
            XDocument.Parse(await browser.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken));
        foreach (
            var path in new[]
            {
                "/site.webmanifest",
                "/robots.txt",
                "/search?q=alert",
                "/search?q=%3Cscript%3E",
                "/share/facts-0.png",
                "/health/live",
            }
        )
        {
            using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.InRange((int)answer.StatusCode, 200, 404);
        }
        var snapshot = folder.Site.Library.Current;
        var figures = snapshot
            .Pages.Values.Where(p => p.Markdown.Contains("::: statistics", StringComparison.Ordinal))
            .SelectMany(p => snapshot.Render(p).Figures.Select(f => $"{p.Path}/{Uri.EscapeDataString(f.Id)}.csv"))
            .ToList();
        Assert.NotEmpty(figures);
        foreach (var path in figures)
        {
            using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    // ---- The faults

    [Fact]
    public void Every_page_that_is_not_shown_has_a_fault_with_its_file_and_line() =>
        Assert.Empty(NotSaid(folder.Site.Library.Faults, folder.Site.Library.Current.Pages.Values.Select(p => p.File)));

    [Fact]
    public void The_check_names_the_same_files_and_throws_nothing()
    {
        var (files, faults) = ContentChecker.Check(folder.Root, new DateOnly(2026, 6, 8));

        Assert.True(files >= HostileFiles.Count);
        Assert.Empty(NotSaid(faults, folder.Site.Library.Current.Pages.Values.Select(p => p.File)));
        Assert.All(faults.Select(f => f.ToString()), line => Assert.DoesNotContain(line, char.IsControl));
        // What is shown in spite of its text is reported too: refused links, HTML shown as text, pictures from elsewhere.
        foreach (var code in new[] { "IMH037", "IMH050", "IMH056" })
            Assert.Contains(faults, f => f.Code == code);
    }

    [Fact]
    public void A_fault_without_its_file_or_line_would_be_noticed() =>
        Assert.NotEmpty(NotSaid([.. folder.Site.Library.Faults.Select(f => f with { Line = f.Line + 100_000 })], []));

    /// <summary>The files that are neither shown nor named with a line they have.</summary>
    IEnumerable<string> NotSaid(IReadOnlyList<Diagnostic> faults, IEnumerable<string> shown)
    {
        var lines = HostileFiles.All.ToDictionary(f => f.Name, f => f.Lines, StringComparer.Ordinal);
        var said = faults.Where(f => f.Message.Length > 0).ToLookup(f => f.File, f => f.Line, StringComparer.Ordinal);
        var name = Path.GetFileName(folder.Root);
        foreach (var file in Names.Except(shown, StringComparer.Ordinal))
            if (!said[$"{name}/{file}"].Any(line => line >= 1 && line <= lines.GetValueOrDefault(file, 1) + 1))
                yield return file;
        foreach (var (file, last) in lines)
            if (said[$"{name}/{file}"].Any(line => line < 1 || line > last + 1))
                yield return $"{file} has {last} lines, not {said[$"{name}/{file}"].Max()}";
    }

    // ---- Each wall alone

    /// <summary>The curated texts, and every mixed one that can be read.</summary>
    static IEnumerable<Page> Pages(Func<string, bool> named) =>
        HostileFiles
            .All.Where(f => named(f.Name))
            .Select(f =>
                PageReader.Read(FileOf(f.Name, Encoding.UTF8.GetString(f.Bytes).Replace("\0", "", StringComparison.Ordinal)), f.Name).Page
            )
            .OfType<Page>();

    [Theory]
    [InlineData(Sanitizers.Links)]
    [InlineData(Sanitizers.Html)]
    [InlineData(Sanitizers.All)]
    public void Each_wall_alone_leaves_nothing_active(Sanitizers walls)
    {
        var pages = Pages(n => n.StartsWith("active-", StringComparison.Ordinal) || n.StartsWith("mixed-", StringComparison.Ordinal))
            .ToList();
        Assert.True(pages.Count > 500, $"{pages.Count} texts can be read");
        Assert.Empty(pages.AsParallel().SelectMany(page => Active(page, walls).Select(found => $"{page.File}: {found}")));
    }

    [Fact]
    public void Without_the_walls_the_same_texts_are_active() =>
        Assert.InRange(
            Pages(n => n.StartsWith("active-", StringComparison.Ordinal)).Count(page => Active(page, Sanitizers.None).Any()),
            40,
            HostileText.Active.Count
        );

    static IEnumerable<string> Active(Page page, Sanitizers walls)
    {
        var rendered = PageRenderer.Render(page, Registers, walls);
        return ActiveContent.In(Parser.ParseDocument(rendered.Html + rendered.ContentNote));
    }

    // The library with everything switched on and HTML obeyed, as careless sites use it.
    static readonly MarkdownPipeline Careless = new MarkdownPipelineBuilder().UseAdvancedExtensions().Build();

    [Fact]
    public void The_HTML_wall_holds_against_a_renderer_that_lets_everything_through() =>
        Assert.Empty(
            HostileText
                .Active.AsParallel()
                .SelectMany(text =>
                    ActiveContent
                        .In(Parser.ParseDocument(HtmlSanitizing.Clean(Markdown.ToHtml(text, Careless))))
                        .Select(found => $"{text}: {found}")
                )
        );

    [Fact]
    public void Such_a_renderer_alone_is_active() =>
        Assert.InRange(
            HostileText.Active.Count(text => ActiveContent.In(Parser.ParseDocument(Markdown.ToHtml(text, Careless))).Any()),
            100,
            HostileText.Active.Count
        );

    // ---- Registers

    [Fact]
    public void Hostile_registers_never_throw_and_name_their_faults()
    {
        foreach (
            var text in HostileFiles
                .All.Where(f => f.Name.Contains("facts-", StringComparison.Ordinal))
                .Select(f => Encoding.UTF8.GetString(f.Bytes).Replace("---\n", "", StringComparison.Ordinal))
        )
        {
            foreach (var name in new[] { "site.yml", "sources.yml", "support.yml", "words.yml", "redirects.yml" })
            {
                var (_, faults) = RegisterReader.Read([FileOf(name, text)], RegisterReader.None, n => n);
                Assert.All(faults, f => Assert.InRange(f.Line, 1, text.Count(c => c is '\n' or '\r') + 2));
            }
        }
    }

    [Theory]
    [InlineData("sources.yml", "s1:\n  title: T\n  link: javascript:alert(1)\n", 3)]
    [InlineData("sources.yml", "s1:\n  title: T\n  link: //evil.example/\n", 3)]
    [InlineData("sources.yml", "s1:\n  title: T\n  title: U\n", 3)]
    [InlineData("sources.yml", "s1:\n  title: [T]\n", 2)]
    [InlineData("support.yml", "s1:\n  name: T\n  link: data:text/html,x\n", 3)]
    [InlineData("support.yml", "s1:\n  name: T\n  emergency: maybe\n", 3)]
    [InlineData("site.yml", "name: \"A\\x01B\"\n", 1)]
    [InlineData("site.yml", "name: A\uffff\n", 1)]
    [InlineData("site.yml", "navigation: /about\n", 1)]
    [InlineData("site.yml", "contacts: me\n", 1)]
    [InlineData("redirects.yml", "/old: /caf\u00e9\n", 1)]
    [InlineData("redirects.yml", "/old: \"/a\\x01b\"\n", 1)]
    [InlineData("redirects.yml", "/old: //evil.example\n", 1)]
    [InlineData("redirects.yml", "/old: /old\n", 1)]
    [InlineData("words.yml", "harm: abuse\n", 1)]
    public void A_register_that_would_harm_is_refused_with_its_line(string name, string text, int line)
    {
        var (_, faults) = RegisterReader.Read([FileOf(name, text)], RegisterReader.None, n => n);
        Assert.Contains(faults, f => f.Kind.Breaks && f.File == name && f.Line == line);
    }

    [Fact]
    public void An_empty_word_finds_nothing() => Assert.Null(WholeWords.Find("Some words", ""));

    // ---- While the site runs

    [Fact]
    public void A_running_site_outlives_a_hostile_file()
    {
        using var content = new TestContentFolder();
        var library = new PageLibrary(content.Root, TimeProvider.System);
        foreach (var text in HostileText.FrontMatters.Append("---\na: [\na: [\n---\n"))
        {
            content.Write("about.md", text);
            library.Refresh(openAll: true);
            Assert.NotNull(library.Current.Find("/about"));
        }
    }

    static ContentFile FileOf(string name, string text) => new(name, text, "hash", default, []);
}
