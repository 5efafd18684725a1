using InfantMHWeek.Campaign.Content;

namespace InfantMHWeek.Tests.Campaign.Content;

/// <summary>What pages say is kept small, and says the same however it is kept.</summary>
public sealed class CompactTextTests
{
    static readonly string Long = string.Concat(Enumerable.Range(0, 500).Select(n => $"Line {n}: “songs” for babies – à la carte 👶\n"));

    [Theory]
    [InlineData("")]
    [InlineData("Short, with an “é” and 👶.")]
    public void A_short_text_stays_as_it_is(string words)
    {
        var text = new CompactText(words);
        Assert.False(text.Pack());
        Assert.Equal(words, text.ToString());
    }

    [Fact]
    public void A_long_text_and_its_end_say_the_same_before_and_after()
    {
        var text = new CompactText(Long);
        var end = text.EndingWith(Long[^1000..]);
        foreach (var smaller in new[] { true, false })
        {
            Assert.Equal((Long, Long[^1000..]), (text.ToString(), end.ToString()));
            Assert.Equal(smaller, text.Pack());
        }
        Assert.Equal((Long, Long[^1000..]), (text.ToString(), end.ToString()));
    }

    [Fact]
    public void What_gains_nothing_is_left_alone()
    {
        var noise = new string([.. new Random(1).GetItems([.. Enumerable.Range(33, 94).Select(c => (char)c)], 5000)]);
        var text = new CompactText(noise);
        Assert.False(text.Pack());
        Assert.Equal(noise, text.ToString());
    }

    [Fact]
    public async Task Readers_notice_nothing_while_it_is_made_smaller()
    {
        for (var round = 0; round < 50; round++)
        {
            var text = new CompactText(Long);
            var reading = Parallel.ForAsync(0, 8, TestContext.Current.CancellationToken, (_, _) =>
            {
                Assert.Equal(Long, text.ToString());
                return ValueTask.CompletedTask;
            });
            text.Pack();
            await reading;
        }
    }

    /// <summary>The folder is opened again every quarter of a minute: what has not changed is not held a second time.</summary>
    [Fact]
    public void A_sweep_keeps_the_files_that_are_known()
    {
        using var content = new TestContentFolder();
        content.Write("about.md", TestContentFolder.Page("About", "About us."));
        var folder = new ContentFolder(content.Root);
        var known = folder.Read(new Dictionary<string, ContentFile>(), openAll: true).ToDictionary(f => f.Name, StringComparer.Ordinal);
        content.Write("new.md", TestContentFolder.Page("New", "New."));

        var swept = folder.Read(known, openAll: true);

        Assert.Equal(known.Count + 1, swept.Count);
        Assert.All(known.Values, f => Assert.Same(f, swept.Single(s => s.Name == f.Name)));
    }
}
