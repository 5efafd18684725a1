using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Library;
using Microsoft.Extensions.Time.Testing;

namespace InfantMHWeek.Tests.Campaign.Content;

/// <summary>Several instances over one content folder: none shows the new page before the others can, none goes back.</summary>
public sealed class SharedFolderTests
{
    static readonly TimeSpan After = TimeSpan.FromSeconds(1);
    readonly FakeTimeProvider clock = new(TestSite.Start);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Old_and_new_never_alternate_whoever_notices_first(bool together)
    {
        using var content = new TestContentFolder();
        content.Write("about.md", Page("old"));
        var instances = Enumerable.Range(0, 3).Select(_ => new PageLibrary(content.Root, clock, together ? After : TimeSpan.Zero)).ToList();
        var seen = new List<string>();

        content.Write("about.md", Page("new"));
        File.SetLastWriteTimeUtc(Path.Combine(content.Root, "about.md"), clock.GetUtcNow().UtcDateTime);
        foreach (var noticing in instances)
        {
            clock.Advance(TimeSpan.FromMilliseconds(200));
            noticing.Refresh(openAll: false);
            seen.AddRange(instances.Select(Shown));
        }
        clock.Advance(After);
        seen.AddRange(instances.Select(Shown));

        Assert.Equal(["new", "new", "new"], seen[^3..]);
        // The control, instances that show what they know at once, goes back and forth.
        Assert.Equal(together, seen.SequenceEqual(seen.OrderDescending(StringComparer.Ordinal), StringComparer.Ordinal));
    }

    [Fact]
    public async Task Only_one_instance_publishes_at_a_time()
    {
        using var content = new TestContentFolder();
        content.Write("about.md", Page("old"));
        using var one = new ContentWriter(new PageLibrary(content.Root, clock, After));
        using var other = new ContentWriter(new PageLibrary(content.Root, clock, After));
        var first = await one.EnterAsync(TestContext.Current.CancellationToken);
        var second = other.EnterAsync(TestContext.Current.CancellationToken);
        Assert.False(second.IsCompleted);
        first.Dispose();
        (await second).Dispose();
    }

    static string Shown(PageLibrary library) => library.Current.Pages["/about"].Title;

    static string Page(string title) => $"---\ntitle: {title}\nsummary: Who we are.\nreviewed: 2026-06-01\n---\nText.\n";
}
