using InfantMHWeek.Campaign.Checking;
using InfantMHWeek.Campaign.Diagnostics;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Text;
using Microsoft.Extensions.DependencyInjection;

namespace InfantMHWeek.Tests.Platform.Mail;

/// <summary>What a mail may say is declared once: the wordings keep to it, and the program fills all of it in.</summary>
[OneStore("the words of mails")]
public sealed class MailKindsTests
{
    static readonly string Content = Path.Combine(SiteFolders.Home, "..", "..", "content");

    [Fact]
    public void Every_wording_that_ships_is_of_a_kind_that_is_declared_and_the_other_way_round()
    {
        var wordings = Directory.GetFiles(Path.Combine(Content, "emails"), "*.md").Select(Path.GetFileNameWithoutExtension).ToList();
        Assert.DoesNotContain(wordings, w => MailKinds.Find(w!) is null);
        Assert.Empty(MailKinds.All.Where(k => !wordings.Any(w => MailKinds.Find(w!) == k)).Select(k => k.Name));
        Assert.Distinct(MailKinds.All.Select(k => k.Name), StringComparer.Ordinal);
    }

    /// <summary>The control of what every test looks at when its site ends: a mail that lacks a value is told.</summary>
    [Fact]
    public async Task A_mail_that_is_queued_without_a_value_is_told()
    {
        await using var site = new TestSite { MayLackPlaceholders = true };
        await using var scope = site.Services.CreateAsyncScope();
        var outbox = scope.ServiceProvider.GetRequiredService<Outbox>();
        Task Queue(string about, params string[] given) =>
            site.Write(db =>
                outbox.QueueAsync(
                    db,
                    "staff-reset",
                    about,
                    EmailAddress.Parse("ada@week.example", null),
                    given.ToDictionary(g => g, g => "x", StringComparer.Ordinal)
                )
            );

        await Queue("1", "link", "until");
        Assert.DoesNotContain(site.Log, l => l.Contains(TestSite.LacksPlaceholders, StringComparison.Ordinal));
        await Queue("2", "link");
        Assert.Contains(site.Log, l =>
            l.Contains("staff-reset", StringComparison.Ordinal)
            && l.Contains(TestSite.LacksPlaceholders, StringComparison.Ordinal)
            && l.Contains("until", StringComparison.Ordinal)
        );
    }

    /// <summary>Every wording that ships, with each of its placeholders misspelt, and with each that it must have taken out.</summary>
    [Fact]
    public void A_slip_in_any_placeholder_of_any_wording_is_an_error()
    {
        var library = new InfantMHWeek.Campaign.Library.PageLibrary(Content, TimeProvider.System);
        foreach (var kind in MailKinds.All.Where(k => !k.Name.EndsWith('-')))
        {
            var file = $"emails/{kind.Name}.md";
            var text = library.Contents.Files[file].Text!;
            Assert.DoesNotContain(Check(text), f => f.Severity == Severity.Error);
            foreach (var placeholder in kind.Fills.Where(p => text.Contains("{" + p + "}", StringComparison.Ordinal)))
            {
                Assert.Contains(Check(text.Replace("{" + placeholder + "}", "{" + placeholder + "x}", StringComparison.Ordinal)), f =>
                    f.Code == "IMH090" && f.Advice.Contains("{" + placeholder + "}", StringComparison.Ordinal)
                );
                Assert.Equal(
                    kind.Required.Contains(placeholder),
                    Check(text.Replace("{" + placeholder + "}", "it", StringComparison.Ordinal)).Any(f => f.Code == "IMH091")
                );
            }

            IReadOnlyList<Diagnostic> Check(string changed) =>
                ContentChecker.CheckOne(
                    library,
                    InfantMHWeek.Campaign.Library.LibraryContents.FileOf(file, changed),
                    new DateOnly(2026, 11, 29)
                );
        }
    }

    /// <summary>The samples that the editor inserts have one home, and the check knows every one of them.</summary>
    [Fact]
    public void No_sample_of_the_editor_passes_the_check()
    {
        using var content = new TestContentFolder();
        content.Write("sources.yml", "s1:\n  title: A survey\n");
        foreach (
            var box in (string[])
                ["notice", "warning", "quote", "content-note", "action", "statistic s1", "statistics s1", "nation Scotland"]
        )
        {
            content.Write("a.md", TestContentFolder.Page("A", $"::: {box}\n{ContainerSamples.Inside(box)}\n:::"));
            Assert.Contains(ContentChecker.Check(content.Root, new DateOnly(2026, 6, 8)).Faults, f =>
                f.Code == "IMH042" && f.Line >= 7 && f.Severity == Severity.Error
            );
        }
        var scripts = string.Concat(
            Directory.GetFiles(Path.Combine(SiteFolders.Home, "wwwroot", "editor"), "*.js").Select(File.ReadAllText)
        );
        Assert.DoesNotContain("0%", scripts, StringComparison.Ordinal);
        Assert.DoesNotContain("84%", scripts, StringComparison.Ordinal);
        // Those that stand in no box are in the script, and known to the check.
        foreach (
            var (inserted, sample) in ((string, string)[])
                [
                    ("important words", "**important words**"),
                    ("| One  | 1        |", "| What | How many |\n|------|---------:|\n| One  | 1        |"),
                ]
        )
        {
            Assert.Contains(inserted, scripts, StringComparison.Ordinal);
            content.Write("a.md", TestContentFolder.Page("A", sample));
            Assert.Contains(ContentChecker.Check(content.Root, new DateOnly(2026, 6, 8)).Faults, f => f.Code == "IMH042");
        }
    }
}
