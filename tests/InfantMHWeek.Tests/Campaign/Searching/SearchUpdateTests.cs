using System.Globalization;
using InfantMHWeek.Campaign.Searching;
using static InfantMHWeek.Tests.Campaign.Searching.SearchPages;

namespace InfantMHWeek.Tests.Campaign.Searching;

/// <summary>The index while pages change, and its answers in parts.</summary>
public sealed class SearchUpdateTests : IDisposable
{
    readonly SearchIndex index = new();

    public void Dispose() => index.Dispose();

    [Fact]
    public void Gives_the_part_asked_for_and_the_number_of_all()
    {
        index.Update([.. Enumerable.Range(0, 45).Select(i => Page(Invariant($"/{i}"), text: $"Trauma {Words(i)}"))]);

        var all = index.Paths("trauma", take: 100);

        Assert.Equal(45, all.Count);
        Assert.Equal(45, index.Find("trauma").Total);
        Assert.Equal(all[..20], index.Paths("trauma"));
        Assert.Equal(all[20..40], index.Paths("trauma", skip: 20));
        Assert.Equal(all[40..], index.Paths("trauma", skip: 40));
        Assert.Equal(all[3..5], index.Paths("trauma", take: 2, skip: 3));
        Assert.Equal((45, 0), Sizes(index.Find("trauma", skip: 100)));
        Assert.Equal((45, 0), Sizes(index.Find("trauma", take: 0)));
        Assert.Equal((45, 0), Sizes(index.Find("trauma", take: -1, skip: -1)));
        Assert.Equal((45, 0), Sizes(index.Find("trauma", take: int.MaxValue, skip: int.MaxValue)));

        static (int, int) Sizes(SearchResults results) => (results.Total, results.Hits.Count);
    }

    [Fact]
    public void Holds_nothing_before_the_first_update() => Assert.Equal(0, index.Find("trauma").Total);

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    public void Holds_exactly_the_documents_of_the_last_update(int unchanged)
    {
        // A few of many are written one by one, many at once into new databases.
        var others = Enumerable.Range(0, unchanged).Select(i => Page(Invariant($"/{i}"), text: "Nothing")).ToList();
        index.Update([.. others, Page("/kept", text: "Kept"), Page("/changed", text: "Before"), Page("/removed", text: "Removal")]);
        index.Update([.. others, Page("/kept", text: "Kept"), Page("/changed", text: "After"), Page("/added", text: "Addition")]);

        Assert.Equal(["/kept"], index.Paths("kept"));
        Assert.Equal(["/changed"], index.Paths("after"));
        Assert.Equal(["/added"], index.Paths("addition"));
        Assert.Equal(0, index.Find("before").Total);
        Assert.Equal(0, index.Find("removal").Total);
        Assert.Equal(unchanged, index.Find("nothing").Total);
        Assert.Null(index.Find("bfore").Suggestion);

        index.Update([]);
        Assert.Equal(0, index.Find("kept after addition nothing").Total);
    }

    [Fact]
    public void Forgets_a_misspelling_once_it_is_corrected()
    {
        var others = Enumerable.Range(0, 40).Select(i => Page(Invariant($"/{i}"), text: "Nothing")).ToList();
        index.Update([.. others, Page("/page", text: "Tramua")]);
        Assert.Null(index.Find("tramua").Suggestion);

        index.Update([.. others, Page("/page", text: "Trauma")]);
        Assert.Equal("trauma", index.Find("tramua").Suggestion);
    }

    [Fact]
    public void Writes_only_documents_whose_hash_is_new()
    {
        index.Update([Page("/page", text: "Before") with { Hash = "1" }]);

        index.Update([Page("/page", text: "After") with { Hash = "1" }]);
        Assert.Equal(["/page"], index.Paths("before"));

        index.Update([Page("/page", text: "After") with { Hash = "2" }]);
        Assert.Equal(["/page"], index.Paths("after"));
    }

    [Fact]
    public void Refuses_two_documents_with_one_path_and_keeps_what_it_has()
    {
        index.Update([Page("/page", text: "Before")]);

        Assert.Throws<ArgumentException>(() => index.Update([Page("/page", text: "One"), Page("/page", text: "Two")]));

        Assert.Equal(["/page"], index.Paths("before"));
    }

    [Fact]
    public void Answers_after_many_updates_as_if_filled_at_once()
    {
        var random = new Random(2022);
        var vocabulary = Enumerable.Range(0, 300).Select(_ => Word(random)).ToArray();
        var pages = Enumerable.Range(0, 60).ToDictionary(i => i, i => RandomPage(i));
        for (var round = 0; round < 60; round++)
        {
            for (var changes = random.Next(round % 10 == 0 ? 50 : 5); changes >= 0; changes--)
                if (random.Next(80) is var i && !pages.Remove(i))
                    pages[i] = RandomPage(i);
                else if (random.Next(2) == 0)
                    pages[i] = RandomPage(i);
            index.Update([.. pages.Values]);
        }

        using var filled = new SearchIndex();
        filled.Update([.. pages.Values]);
        foreach (var word in vocabulary.Concat(vocabulary.Select(word => word[1..] + "q")).Concat(vocabulary.Select(word => word[..3])))
        {
            var (expected, actual) = (filled.Find(word, take: 100), index.Find(word, take: 100));
            Assert.Equal(expected.Total, actual.Total);
            Assert.Equal(expected.Suggestion is null, actual.Suggestion is null);
            Assert.Equal(Shown(expected), Shown(actual));
        }

        SearchDocument RandomPage(int i) =>
            Page(
                Invariant($"/{i}"),
                random.GetItems(vocabulary, 1)[0],
                text: string.Join(' ', random.GetItems(vocabulary, random.Next(30)))
            );

        static string Word(Random random) => new(random.GetItems("aeioubdst".AsSpan(), random.Next(4, 9)));

        static List<string> Shown(SearchResults results) =>
            [.. results.Hits.Select(hit => $"{hit.Path} {Marked(hit.Title)} {Marked(hit.Snippet)}").Order(StringComparer.Ordinal)];
    }

    [Theory]
    [InlineData(3)]
    [InlineData(200)]
    public async Task Finds_while_it_is_updated_and_nothing_stale_afterwards(int size)
    {
        var stop = TestContext.Current.CancellationToken;
        var published = 0;
        Publish(1);

        // Each on a thread of its own: the pool would start some of them only when others have ended.
        var searches = Enumerable
            .Range(0, 8)
            .Select(_ => Task.Factory.StartNew(SearchUntilTheEnd, stop, TaskCreationOptions.LongRunning, TaskScheduler.Default))
            .ToArray();
        for (var edition = 2; edition <= 80; edition++)
            Publish(edition);
        Volatile.Write(ref published, int.MaxValue);

        Assert.All(await Task.WhenAll(searches), rounds => Assert.True(rounds > 0));

        void Publish(int edition)
        {
            // One page changes each time, and all of them each twentieth time.
            index.Update([
                Page("/edition", "Edition", text: Invariant($"Edition number{edition}")),
                .. Enumerable.Range(1, size).Select(i => Page(Invariant($"/{i}"), text: Invariant($"Filler {edition / 20}"))),
            ]);
            Volatile.Write(ref published, edition);
        }

        int SearchUntilTheEnd()
        {
            for (var rounds = 0; ; rounds++)
            {
                var least = Volatile.Read(ref published);
                if (least == int.MaxValue)
                    return rounds;

                var hit = Assert.Single(index.Find("edition").Hits);
                var shown = string.Concat(hit.Snippet.Select(run => run.Text))["Edition number".Length..];
                Assert.True(int.Parse(shown, CultureInfo.InvariantCulture) >= least);
                Assert.Equal(size, index.Find("filer filler", take: 1).Total);
            }
        }
    }
}
