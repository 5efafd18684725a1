using CsCheck;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Editing.Drafts;
using InfantMHWeek.Editing.History;
using InfantMHWeek.Editing.Plans;
using InfantMHWeek.Editing.Publishing;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static InfantMHWeek.Tests.TestContentFolder;

namespace InfantMHWeek.Tests.Editing;

/// <summary>What happens when people, the disk and the plan come together, and when the process dies in between.</summary>
[OneStore("a folder of its own beside the site; its rows are tried by ReviewJourneyTests")]
public sealed class SafeSavingTests
{
    // Every save waits for the disk several times: INTERLEAVINGS=500 takes a minute or two.
    static readonly int Rounds = int.TryParse(
        Environment.GetEnvironmentVariable("INTERLEAVINGS"),
        System.Globalization.CultureInfo.InvariantCulture,
        out var set
    )
        ? set
        : 40;
    static readonly CancellationToken Cancel = CancellationToken.None;

    enum Step
    {
        Open,
        Type,
        Keep,
        Publish,
        Disk,
        Plan,
        Wait,
    }

    sealed class Person(Author author)
    {
        public Author Author => author;
        public string? Opened { get; set; }
        public string Text { get; set; } = "";
        public int Stamp { get; set; }
        public string? LastTyped { get; set; }
    }

    static string Body(string file, params string[] lines) => Page(file, string.Join("\n\n", lines));

    /// <summary>Many pages, each worked on by two people, a developer at the disk, and a planned change, in random order.</summary>
    [Fact]
    public async Task No_text_is_ever_lost_and_every_published_state_is_in_the_history()
    {
        await using var folder = new EditedFolder();
        var random = new Random(20220613);
        for (var round = 0; round < Rounds; round++)
        {
            var file = $"page-{round}.md";
            folder.Content.Write(file, Body(file, "line 0", "line 1", "line 2", "line 3", "line 4"));
            folder.Library.Refresh(openAll: false);
            await RoundAsync(folder, file, random);
            // The folder stays small, as if each round were a site of its own.
            folder.Content.Delete(file);
        }
    }

    static async Task RoundAsync(EditedFolder folder, string file, Random random)
    {
        Person[] people = [new(EditedFolder.Ana), new(EditedFolder.Ben)];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var planned = new List<string>();
        using var scope = folder.Scope();
        var (db, editor) = (scope.ServiceProvider.GetRequiredService<SiteDb>(), scope.ServiceProvider.GetRequiredService<PageEditor>());
        var (plans, due, keeper) = (
            scope.ServiceProvider.GetRequiredService<PlannedChanges>(),
            scope.ServiceProvider.GetRequiredService<DuePlans>(),
            scope.ServiceProvider.GetRequiredService<PageDrafts>()
        );
        foreach (var person in people)
            await OpenAsync(person);
        Look();
        for (var step = 0; step < 14; step++)
        {
            var person = people[random.Next(2)];
            switch ((Step)random.Next(7))
            {
                case Step.Open when person.LastTyped is null:
                    await OpenAsync(person);
                    break;
                case Step.Type:
                    Type(person, $"{person.Author.Name}-{step}");
                    break;
                case Step.Keep:
                    person.Stamp = await keeper.KeepAsync(Fields(person), person.Author, Cancel) ?? person.Stamp;
                    break;
                case Step.Publish:
                    await PublishAsync(person);
                    break;
                case Step.Disk:
                    await File.WriteAllTextAsync(
                        Path.Combine(folder.Content.Root, file),
                        Changed(folder.AtDisk(file), $"disk-{step}", random),
                        Cancel
                    );
                    Look();
                    await editor.OpenAsync(file, Cancel);
                    break;
                case Step.Plan when await editor.OpenAsync(file, Cancel) is { } there:
                    var text = Changed(there.Text, $"plan-{step}", random);
                    if (
                        (
                            await plans.PlanAsync(
                                new(file, there.Hash, text),
                                folder.Clock.GetUtcNow().UtcDateTime.AddMinutes(random.Next(1, 30)),
                                person.Author,
                                null,
                                Cancel
                            )
                        ).Answer == PlanResult.Planned
                    )
                        planned.Add(text);
                    break;
                case Step.Wait:
                    folder.Clock.Advance(TimeSpan.FromMinutes(random.Next(1, 20)));
                    await due.RunDueAsync(Cancel);
                    break;
            }
            Look();
            db.ChangeTracker.Clear();
        }

        var history = await folder.History(file);
        var published = history.Where(r => r.State == RevisionState.Published).Select(r => r.Text).ToHashSet(StringComparer.Ordinal);
        Assert.All(seen, text => Assert.Contains(text, published));
        var drafts = await db.Set<PageDraft>().AsNoTracking().Where(d => d.File == file).Select(d => d.Text).ToListAsync(Cancel);
        foreach (var person in people.Where(p => p.LastTyped is not null))
            Assert.Contains([.. published.OfType<string>(), .. drafts, person.Text], t =>
                t.Contains(person.LastTyped!, StringComparison.Ordinal)
            );
        var kept = await db.Set<PlannedChange>().AsNoTracking().Where(p => p.File == file).Select(p => p.Text).ToListAsync(Cancel);
        Assert.All(planned, text => Assert.Contains(kept, k => k == text));

        void Look() => seen.Add(folder.AtDisk(file));
        EditedText Fields(Person person) =>
            new(file, person.Opened, person.Text.Replace("\n", "\r\n", StringComparison.Ordinal), person.Stamp);

        async Task OpenAsync(Person person)
        {
            var there = (await editor.OpenAsync(file, Cancel))!;
            (person.Opened, person.Text) = (there.Hash, there.Text);
        }

        void Type(Person person, string words)
        {
            person.Text = Changed(person.Text, words, random);
            person.LastTyped = words;
        }

        async Task PublishAsync(Person person)
        {
            var before = folder.AtDisk(file);
            var outcome = await editor.PublishAsync(Fields(person), person.Author, null, Cancel);
            if (outcome.Answer is PublishStatus.Published or PublishStatus.NothingChanged)
            {
                Assert.Equal(outcome.Text, folder.AtDisk(file));
                (person.Opened, person.Text, person.LastTyped, person.Stamp) = (outcome.Hash, outcome.Text, null, 0);
                return;
            }
            Assert.Equal(before, folder.AtDisk(file));
            if (person.LastTyped is not null)
                Assert.Contains(person.LastTyped, outcome.Text, StringComparison.Ordinal);
            (person.Opened, person.Text) = (outcome.Hash, outcome.Text);
        }
    }

    static string Changed(string text, string words, Random random)
    {
        var lines = text.Split('\n');
        var choices = Enumerable.Range(5, Math.Max(1, lines.Length - 6)).Where(i => lines[i].Length > 0).ToList();
        lines[choices[random.Next(choices.Count)]] = words;
        return string.Join('\n', lines);
    }

    /// <summary>Killed after the history took the text and before the file did.</summary>
    [Fact]
    public async Task A_text_whose_file_was_not_written_stays_in_the_history_as_interrupted()
    {
        await using var folder = new EditedFolder();
        await folder.Open();
        await LeaveAsync(folder, Page("About", "On its way."));
        await folder.RecoverAsync();

        Assert.Equal(
            (RevisionState.Interrupted, Page("About", "On its way.")),
            (await folder.History()).Where(r => r.State != RevisionState.Published).Select(r => (r.State, r.Text!)).Single()
        );
        Assert.Equal(Page("About"), folder.AtDisk());
    }

    /// <summary>Killed after the file was changed and before the history said so.</summary>
    [Fact]
    public async Task A_text_whose_file_was_written_is_found_published()
    {
        await using var folder = new EditedFolder();
        await folder.Open();
        await LeaveAsync(folder, Page("About", "On its way."));
        folder.Content.Write("about.md", Page("About", "On its way."));
        await folder.RecoverAsync();

        Assert.Equal([RevisionState.Published, RevisionState.Published], (await folder.History()).Select(r => r.State));
        Assert.Equal("Ana", (await folder.History())[^1].Who);
    }

    /// <summary>Killed between swapping the two names and taking the old text away, or while the text was being written.</summary>
    [Fact]
    public async Task Texts_left_beside_their_file_join_the_history_or_go()
    {
        await using var folder = new EditedFolder();
        await folder.Open();
        var name = ContentWriter.UnderWay + Guid.NewGuid().ToString("N") + "-about.md";
        folder.Content.Write(name, Page("About", "Somebody's words in that moment."));
        var known = ContentWriter.UnderWay + Guid.NewGuid().ToString("N") + "-about.md";
        folder.Content.Write(known, Page("About"));
        await folder.RecoverAsync();

        Assert.Contains(await folder.History(), r => r.Text == Page("About", "Somebody's words in that moment."));
        Assert.Empty(Directory.GetFiles(folder.Content.Root, ".*"));
        Assert.Equal(2, (await folder.History()).Count);
    }

    /// <summary>
    /// A process may be killed in the middle of a letter. Whose words the half are, only a revision that is under way can say.
    /// </summary>
    [Fact]
    public async Task Half_a_text_that_is_known_whole_goes_and_what_nobody_knows_stays()
    {
        await using var folder = new EditedFolder();
        await folder.Open();
        var whole = Page("About", "On its way, naïve.");
        await LeaveAsync(folder, whole);
        var bytes = System.Text.Encoding.UTF8.GetBytes(whole);
        var half = bytes[..(Array.IndexOf(bytes, (byte)0xC3) + 1)];
        var known = await LeaveBesideAsync(half);
        var unknown = await LeaveBesideAsync([.. System.Text.Encoding.UTF8.GetBytes("Somebody else"), 0xC3]);
        var locked = await LeaveBesideAsync(bytes);
        await using (new FileStream(locked, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            await folder.RecoverAsync();

        Assert.False(File.Exists(known));
        Assert.True(File.Exists(unknown));
        Assert.True(File.Exists(locked));
        Assert.Equal(RevisionState.Interrupted, (await folder.History()).Single(r => r.Text == whole).State);

        // What could not be read then can be read now, and is in the history already.
        await folder.RecoverAsync();
        Assert.Equal([unknown], Directory.GetFiles(folder.Content.Root, ".*"));

        async Task<string> LeaveBesideAsync(byte[] text)
        {
            var path = Path.Combine(folder.Content.Root, ContentWriter.UnderWay + Guid.NewGuid().ToString("N") + "-about.md");
            await File.WriteAllBytesAsync(path, text, Cancel);
            return path;
        }
    }

    static Task LeaveAsync(EditedFolder folder, string text) =>
        folder.Write(db =>
        {
            db.Set<PageRevision>()
                .Add(
                    new()
                    {
                        Id = Guid.NewGuid(),
                        File = "about.md",
                        Text = text,
                        Hash = ContentHash.Of(text),
                        At = TestSite.Start.UtcDateTime.AddMinutes(1),
                        StaffId = EditedFolder.Ana.StaffId,
                        Who = "Ana",
                        Origin = RevisionOrigin.Editor,
                        State = RevisionState.UnderWay,
                    }
                );
            return Task.CompletedTask;
        });

    /// <summary>
    /// Two threads save at once, again and again: each text that was acknowledged is in the history, and the file is always whole.
    /// </summary>
    [Fact]
    public async Task A_save_at_the_very_moment_of_another_overwrites_nothing()
    {
        await using var folder = new EditedFolder(Page("About", "start"));
        var acknowledged = new System.Collections.Concurrent.ConcurrentBag<string>();
        using var stop = new CancellationTokenSource();
        var watcher = Task.Run(
            () =>
            {
                while (!stop.IsCancellationRequested)
                    Assert.EndsWith("end\n", folder.AtDisk().Replace("start", "end", StringComparison.Ordinal), StringComparison.Ordinal);
            },
            Cancel
        );
        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(n =>
                    Task.Run(
                        async () =>
                        {
                            for (var i = 0; i < 15; i++)
                            {
                                var opened = await folder.Open();
                                var text = Page("About", $"words {n} {i} end");
                                if (
                                    (await folder.Publish(opened, text, n % 2 == 0 ? EditedFolder.Ana : EditedFolder.Ben)).Answer
                                    == PublishStatus.Published
                                )
                                    acknowledged.Add(text);
                            }
                        },
                        Cancel
                    )
                )
        );
        await stop.CancelAsync();
        await watcher;
        var history = (await folder.History()).Select(r => r.Text).ToHashSet(StringComparer.Ordinal);
        Assert.NotEmpty(acknowledged);
        Assert.All(acknowledged, text => Assert.Contains(text, history));
    }
}
