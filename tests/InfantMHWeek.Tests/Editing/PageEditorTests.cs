using CsCheck;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Editing.Drafts;
using InfantMHWeek.Editing.History;
using InfantMHWeek.Editing.Merging;
using InfantMHWeek.Editing.Plans;
using InfantMHWeek.Editing.Publishing;
using static InfantMHWeek.Tests.TestContentFolder;

namespace InfantMHWeek.Tests.Editing;

/// <summary>The law of safe saving, without the screens around it.</summary>
[OneStore("the law of merging; ReviewJourneyTests and PageLifeTests store")]
public sealed class PageEditorTests
{
    static readonly string[] Lines = ["one", "two", "three", "four"];

    [Fact]
    public async Task A_published_text_is_at_the_disk_byte_for_byte_and_in_the_history()
    {
        await using var folder = new EditedFolder();
        var text = Page("About", "Trailing spaces stay.  \n\n\n* odd\tlist\n\n\n");
        var outcome = await folder.Publish(await folder.Open(), text, note: "Better words");

        Assert.Equal(PublishStatus.Published, outcome.Answer);
        Assert.Equal(text, folder.AtDisk());
        Assert.Equal("Trailing spaces stay.  \n\n\n* odd\tlist\n\n\n", folder.Library.Current.Find("/about")!.Markdown[1..^1]);
        var last = (await folder.History())[^1];
        Assert.Equal((text, "Ana", "Better words", RevisionState.Published), (last.Text, last.Who, last.Note, last.State));
        Assert.Empty(await folder.Drafts());
        Assert.Empty(Directory.GetFiles(folder.Content.Root, ".*"));
    }

    [Theory]
    [InlineData("\uFEFF---\r\ntitle: A\r\nsummary: B\r\n---\r\n\r\nOne.\r\n\r\nTwo.\r\n")]
    [InlineData("---\r\ntitle: A\nsummary: B\r\n---\n\r\nOne.\n\nTwo.\r\n")]
    [InlineData("---\ntitle: A\nsummary: B\n---\n\nOne.\n\nTwo.\n")]
    public async Task Line_ends_that_a_browser_changed_come_back_as_they_were(string text)
    {
        await using var folder = new EditedFolder(text);
        var opened = await folder.Open();
        var sent = LineEnds.Plain(text).Replace("\n", "\r\n", StringComparison.Ordinal);

        Assert.Equal(PublishStatus.NothingChanged, (await folder.Publish(opened, sent)).Answer);
        Assert.Equal(
            PublishStatus.Published,
            (await folder.Publish(opened, sent.Replace("One.", "One more.", StringComparison.Ordinal))).Answer
        );
        Assert.Equal(text.Replace("One.", "One more.", StringComparison.Ordinal), folder.AtDisk());
    }

    [Fact]
    public async Task The_comparison_is_with_what_was_opened_not_with_what_is_there_at_saving()
    {
        await using var folder = new EditedFolder(Page("About", "One.\n\nTwo."));
        var opened = await folder.Open();
        await folder.Publish(await folder.Open(), Page("About", "One by Ben.\n\nTwo."), EditedFolder.Ben);
        var outcome = await folder.Publish(opened, Page("About", "One by Ana.\n\nTwo."));

        Assert.Equal(PublishStatus.Conflict, outcome.Answer);
        Assert.Equal((Page("About", "One by Ben.\n\nTwo."), "Ben"), (outcome.Theirs, outcome.TheirName));
        Assert.Equal(Page("About", "One by Ben.\n\nTwo."), folder.AtDisk());
        // Having seen both, she decides; his text stays in the history.
        Assert.Equal(PublishStatus.Published, (await folder.Publish(outcome.Hash, Page("About", "One by both.\n\nTwo."))).Answer);
        Assert.Contains(await folder.History(), r => r.Text == Page("About", "One by Ben.\n\nTwo."));
    }

    [Fact]
    public async Task Changes_in_different_places_are_merged_and_shown_before_they_are_published()
    {
        await using var folder = new EditedFolder(Page("About", "One.\n\nTwo.\n\nThree."));
        var opened = await folder.Open();
        folder.Content.Write("about.md", Page("About", "One.\n\nTwo.\n\nThree, from the disk."));
        var outcome = await folder.Publish(opened, Page("About", "One, by Ana.\n\nTwo.\n\nThree."));

        Assert.Equal(PublishStatus.Merged, outcome.Answer);
        Assert.Equal(Page("About", "One, by Ana.\n\nTwo.\n\nThree, from the disk."), outcome.Text);
        Assert.Equal(PublishStatus.Published, (await folder.Publish(outcome.Hash, outcome.Text)).Answer);
        Assert.Equal(outcome.Text, folder.AtDisk());
        Assert.Contains(await folder.History(), r =>
            r.Origin == RevisionOrigin.Outside && r.Text!.Contains("from the disk", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Two_texts_of_one_moment_do_not_stop_the_history()
    {
        await using var folder = new EditedFolder(Page("About", "One."));
        await folder.Open();
        var first = (await folder.History())[^1];
        await folder.Write(db =>
        {
            db.Add(
                new PageRevision
                {
                    Id = Guid.CreateVersion7(),
                    File = first.File,
                    Text = first.Text,
                    Hash = first.Hash,
                    At = first.At,
                    Who = first.Who,
                    Origin = first.Origin,
                    State = first.State,
                }
            );
            return Task.CompletedTask;
        });
        folder.Content.Write("about.md", Page("About", "Two."));
        folder.Library.Refresh(openAll: true);
        await folder.With(async e =>
        {
            await e.RecordExternalEditsAsync(EditedFolder.Cancel);
            return true;
        });
        Assert.Equal(Page("About", "Two."), (await folder.History())[^1].Text);
    }

    [Fact]
    public async Task Errors_block_and_warnings_do_not()
    {
        await using var folder = new EditedFolder();
        var opened = await folder.Open();

        var outcome = await folder.Publish(opened, Page("About", "[A page](/nowhere)"));
        Assert.Equal(PublishStatus.Faulty, outcome.Answer);
        Assert.Contains(outcome.Faults!, f => f.Code == "IMH051" && f.Line == 6);
        Assert.Equal(PublishStatus.Faulty, (await folder.Publish(opened, new string('x', 300_000))).Answer);
        Assert.Equal(Page("About"), folder.AtDisk());
        Assert.Equal(PublishStatus.Published, (await folder.Publish(opened, Page("About", "About 40% of us."))).Answer);
    }

    [Theory]
    [InlineData("../about.md")]
    [InlineData("..%2fabout.md")]
    [InlineData("/etc/passwd.md")]
    [InlineData("themes/../about.md")]
    [InlineData("themes\\2022.md")]
    [InlineData("about.md\0.md")]
    [InlineData("README.md")]
    [InlineData("About.md")]
    [InlineData("about.txt")]
    [InlineData("media/x.md")]
    [InlineData(".git/config.md")]
    [InlineData("other.yml")]
    [InlineData("sub/site.yml")]
    [InlineData("")]
    public async Task Names_that_lead_elsewhere_write_nothing(string file)
    {
        await using var folder = new EditedFolder();
        var before = Everything(folder.Content.Root);

        Assert.Equal(PublishStatus.BadName, (await folder.Publish(null, Page("X"), file: file)).Answer);
        Assert.Null(await folder.Keep(new(file, null, "x")));
        Assert.Equal(before, Everything(folder.Content.Root));
    }

    [Fact]
    public async Task A_link_is_never_followed_out_of_the_folder()
    {
        await using var folder = new EditedFolder();
        var outside = Directory.CreateTempSubdirectory("outside-").FullName;
        await File.WriteAllTextAsync(Path.Combine(outside, "x.md"), "theirs", EditedFolder.Cancel);
        Directory.CreateSymbolicLink(Path.Combine(folder.Content.Root, "linked"), outside);
        File.CreateSymbolicLink(Path.Combine(folder.Content.Root, "y.md"), Path.Combine(outside, "x.md"));

        Assert.Equal(PublishStatus.NotWritten, (await folder.Publish(null, Page("X"), file: "linked/x.md")).Answer);
        Assert.Equal(PublishStatus.NotWritten, (await folder.Publish(null, Page("X"), file: "linked/new.md")).Answer);
        Assert.Equal(PublishStatus.NotWritten, (await folder.Publish(null, Page("X"), file: "y.md")).Answer);
        Assert.Equal("theirs", await File.ReadAllTextAsync(Path.Combine(outside, "x.md"), EditedFolder.Cancel));
        Assert.Single(Directory.GetFiles(outside));
        Directory.Delete(outside, recursive: true);
    }

    [Fact]
    public async Task Saves_of_one_sitting_are_one_entry_and_none_is_lost()
    {
        await using var folder = new EditedFolder();
        var hash = await folder.Open();
        foreach (var word in (string[])["One.", "Two.", "Three."])
        {
            folder.Clock.Advance(TimeSpan.FromMinutes(4));
            hash = (await folder.Publish(hash, Page("About", word))).Hash!;
        }
        folder.Clock.Advance(TimeSpan.FromMinutes(11));
        await folder.Publish(hash, Page("About", "Four."));

        var history = (await folder.History()).Where(r => r.Origin == RevisionOrigin.Editor).ToList();
        Assert.Equal(4, history.Count);
        Assert.Equal([history[2], history[3]], history.Where(r => r.ContinuedBy is null));
    }

    [Fact]
    public async Task Two_windows_of_one_person_do_not_overwrite_each_other()
    {
        await using var folder = new EditedFolder();
        var opened = await folder.Open();
        Task<int?> Keep(string text, int stamp) => folder.Keep(new("about.md", opened, text, stamp));

        var stamp = await Keep("first window", 0);
        await Keep("first window, more", stamp!.Value);
        await Keep("second window", 0);

        Assert.Equal<(string, bool)>(
            [("first window, more\n", true), ("second window\n", false)],
            (await folder.Drafts()).Select(d => (d.Text, d.SetAsideAt is not null))
        );
    }

    [Fact]
    public async Task A_removed_page_is_kept_and_can_come_back()
    {
        await using var folder = new EditedFolder();
        var seen = await folder.Open();
        Assert.Equal(
            PublishStatus.Conflict,
            await folder.With(e => e.RemoveAsync("about.md", "0", EditedFolder.Ana, null, EditedFolder.Cancel))
        );
        Assert.Equal(
            PublishStatus.Published,
            await folder.With(e => e.RemoveAsync("about.md", seen, EditedFolder.Ana, "Old", EditedFolder.Cancel))
        );
        Assert.Null(folder.Library.Current.Find("/about"));

        var history = await folder.History();
        Assert.Null(history[^1].Text);
        Assert.Equal(PublishStatus.Published, (await folder.Publish(null, history[^2].Text!)).Answer);
        Assert.Equal(Page("About"), folder.AtDisk());
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_keeps_the_text_and_says_so()
    {
        await using var folder = new EditedFolder();
        var opened = await folder.Open();
        // A folder where the new file would have to stand refuses it for everybody, also for root.
        Directory.CreateDirectory(Path.Combine(folder.Content.Root, "new.md"));

        var outcome = await folder.Publish(null, Page("New"), file: "new.md");
        Assert.Equal((PublishStatus.NotWritten, Page("New")), (outcome.Answer, outcome.Text));
        Assert.Equal(Page("New"), Assert.Single(await folder.Drafts()).Text);
        Assert.DoesNotContain(await folder.History("new.md"), r => r.State != RevisionState.Published);
        File.Delete(Path.Combine(folder.Content.Root, "about.md"));
        Directory.CreateDirectory(Path.Combine(folder.Content.Root, "about.md"));
        Assert.NotEqual(PublishStatus.Published, (await folder.Publish(opened, Page("About", "Mine."))).Answer);
    }

    [Fact]
    public async Task A_planned_change_happens_once_and_takes_other_changes_with_it()
    {
        await using var folder = new EditedFolder(Page("About", "One.\n\nTwo.\n\nThree."));
        var opened = await folder.Open();
        var at = TestSite.Start.UtcDateTime.AddHours(1);
        Assert.Equal(
            PlanResult.Planned,
            (
                await folder.Plans(p =>
                    p.PlanAsync(
                        new("about.md", opened, Page("About", "One, planned.\n\nTwo.\n\nThree.")),
                        at,
                        EditedFolder.Ana,
                        null,
                        EditedFolder.Cancel
                    )
                )
            ).Answer
        );
        await folder.Publish(opened, Page("About", "One.\n\nTwo.\n\nThree by Ben."), EditedFolder.Ben);
        await Run();
        Assert.Equal(Page("About", "One.\n\nTwo.\n\nThree by Ben."), folder.AtDisk());
        folder.Clock.Advance(TimeSpan.FromHours(2));
        await Run();
        Assert.Equal(Page("About", "One, planned.\n\nTwo.\n\nThree by Ben."), folder.AtDisk());
        var (count, written) = ((await folder.History()).Count, File.GetLastWriteTimeUtc(Path.Combine(folder.Content.Root, "about.md")));
        await Run();
        Assert.Equal(
            (count, written),
            ((await folder.History()).Count, File.GetLastWriteTimeUtc(Path.Combine(folder.Content.Root, "about.md")))
        );

        Task<bool> Run() =>
            folder.DuePlans(async p =>
            {
                await p.RunDueAsync(EditedFolder.Cancel);
                return true;
            });
    }

    [Fact]
    public void Texts_merge_like_two_people_would()
    {
        Assert.Equal("a1\nb\nc2\n", PageMerge.Merge("a\nb\nc\n", "a1\nb\nc\n", "a\nb\nc2\n"));
        Assert.Null(PageMerge.Merge("a\nb\nc\n", "a\nb1\nc\n", "a\nb2\nc\n"));
        Assert.Equal("a\nx\nc\n", PageMerge.Merge("a\nb\nc\n", "a\nx\nc\n", "a\nx\nc\n"));
        var line = Gen.Int[0, 3].Select(i => Lines[i]);
        var text = line.List[0, 12].Select(l => string.Concat(l.Select(x => x + "\n")));
        var together = 0;
        Gen.Select(text, text, text)
            .Sample(
                (from, mine, theirs) =>
                {
                    if (PageMerge.Merge(from, mine, theirs) is not { } merged)
                        return;
                    Interlocked.Increment(ref together);
                    // Both people's new lines are there, and it does not matter who came first.
                    Assert.Equal(merged, PageMerge.Merge(from, theirs, mine));
                    foreach (var word in Lines)
                    {
                        int Count(string s) => s.Split('\n').Count(l => l == word);
                        var (least, most) = (Math.Min(Count(mine), Count(theirs)), Count(mine) + Count(theirs));
                        Assert.InRange(Count(merged), Math.Min(least, Count(mine) + Count(theirs) - Count(from)), most);
                    }
                },
                iter: 3000
            );
        // Some go together, else nothing was looked at.
        Assert.InRange(together, 30, 3000);
    }

    [Fact]
    public void Changing_a_fact_rewrites_its_line_only()
    {
        var text = "---\n# about the dates\ntitle:   \"About: us\"\nsummary: What it says\n\nreviewed: 2026-01-01\n---\nBody\n";
        var page = PageText.Of(text)!;

        Assert.Equal("About: us", page["title"]);
        Assert.Equal(
            text,
            page.With(
                PageKind.Page,
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["title"] = "About: us",
                    ["summary"] = "What it says",
                    ["label"] = "",
                },
                page.Body
            )
        );
        Assert.Equal(
            "---\n# about the dates\ntitle:   \"About: us\"\nsummary: \"New: # \\\"words\\\"\"\nlabel: us\n\n---\nBody\n",
            page.With(
                PageKind.Page,
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["summary"] = "New: # \"words\"",
                    ["label"] = "us",
                    ["reviewed"] = "",
                },
                page.Body
            )
        );
        Assert.Null(PageText.Of("no facts"));
        Assert.Null(PageText.Of("---\nrelated:\n  - /a\n---\n"));
        Assert.Null(PageText.Of("---\ntitle: 'it's\n---\n"));
    }

    [Fact]
    public void Any_value_in_a_field_reads_back_as_itself()
    {
        var page = PageText.Of("---\ntitle: A\nsummary: B\n---\nBody\n")!;
        Gen.Char[' ', '\u2fff']
            .Array[0, 30]
            .Select(c => new string(c))
            .Sample(
                value =>
                {
                    var text = page.With(
                        PageKind.Page,
                        new Dictionary<string, string>(StringComparer.Ordinal) { ["title"] = value },
                        "Body\n"
                    );
                    var expected = string.Join(' ', value.Split(['\u0085', '\u2028', '\u2029'], StringSplitOptions.RemoveEmptyEntries))
                        .Trim();
                    Assert.Equal(expected.Length == 0 ? null : expected, PageText.Of(text)?["title"]);
                    Assert.EndsWith("---\nBody\n", text, StringComparison.Ordinal);
                },
                iter: 5000
            );
    }

    static List<string> Everything(string root) =>
        [.. Directory.EnumerateFileSystemEntries(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
