using System.Globalization;
using InfantMHWeek.Campaign.Searching;
using Xunit;

namespace InfantMHWeek.Tests.Campaign.Searching;

public sealed class SearchIndexTests : IDisposable
{
    readonly SearchIndex index = new();

    public void Dispose() => index.Dispose();

    [Theory]
    [InlineData("relationships", "Every relationship matters.")]
    [InlineData("relationship", "Early relationships matter.")]
    [InlineData("babies", "A baby sees the world.")]
    [InlineData("baby's", "Babies see the world.")]
    [InlineData("TRAUMA", "Understanding early trauma")]
    [InlineData("wythnos", "Ŵythnos Iechyd Meddwl Babanod")]
    [InlineData("Ŵythnos", "wythnos y babanod")]
    [InlineData("ŵythnos", "W\u0302ythnos y babanod")]
    [InlineData("W\u0302ythnos", "Ŵythnos y babanod")]
    [InlineData("2022", "The week of 2022.")]
    [InlineData("हिन्दी", "यह हिन्दी में है")]
    [InlineData("𐐀𐐁", "Deseret 𐐀𐐁 letters")]
    public void Finds_a_word_in_any_of_its_forms(string words, string text)
    {
        index.Update([Page("/found", text: text), Page("/other", text: "Nothing of the kind.")]);

        Assert.Equal(["/found"], Paths(words));
    }

    [Theory]
    [InlineData("tra")]
    [InlineData("early trau")]
    [InlineData("attach")]
    [InlineData("attachm")]
    [InlineData("attachmen")]
    public void Finds_a_last_word_that_is_only_begun(string words)
    {
        index.Update([Page("/found", text: "Attachment after early trauma."), Page("/other", text: "Nothing of the kind.")]);

        Assert.Equal(["/found"], Paths(words));
    }

    [Theory]
    [InlineData("aged")]
    [InlineData("babies aged")]
    public void Takes_a_beginning_as_typed_and_not_as_stemmed(string words)
    {
        index.Update([Page("/found", text: "Babies of all ages."), Page("/other", text: "We agree on babies, again.")]);

        var results = index.Find(words);

        Assert.Equal("/found", Assert.Single(results.Hits).Path);
        Assert.Contains("[ages]", Marked(results.Hits[0].Snippet), StringComparison.Ordinal);
    }

    [Fact]
    public void Finds_every_word_that_begins_as_typed_however_many_there_are()
    {
        var words = Enumerable.Range(0, 30).Select(i => $"tra{(char)('a' + (i / 5))}{(char)('a' + (i % 5))}x").ToList();
        index.Update([.. words.Select(word => Page($"/{word}", text: word)), Page("/other", text: "Nothing of the kind.")]);

        Assert.Equal(30, index.Find("tra").Total);
        Assert.Equal(5, index.Find("traa").Total);
    }

    [Fact]
    public void Takes_words_before_the_last_as_whole()
    {
        index.Update([Page("/found", text: "Early trauma."), Page("/other", text: "Early days.")]);

        Assert.Equal(["/other"], Paths("trau days"));
    }

    [Fact]
    public void Puts_a_title_before_a_summary_before_a_text()
    {
        var often = string.Concat(Enumerable.Repeat("trauma ", 10));
        index.Update([
            Page("/text", "One", "Of a week", often),
            Page("/summary", "Two", "Of trauma", "Some words about other things, and then some more of them."),
            Page("/title", "Trauma", "Of a week", "Some words about other things, and then some more of them."),
            Page("/none", "Four", "Of a week", "Some words")]);

        Assert.Equal(["/title", "/summary", "/text"], Paths("trauma"));
    }

    [Fact]
    public void Puts_the_word_itself_before_what_it_begins()
    {
        index.Update([
            Page("/article", text: "An article, and another article."),
            Page("/art", text: "Art for babies and parents."),
            Page("/none", text: "A word."), Page("/neither", text: "Two words.")]);

        Assert.Equal(["/art", "/article"], Paths("art"));
    }

    [Fact]
    public void Finds_pages_with_any_word_only_when_none_has_all()
    {
        index.Update([Page("/both", text: "Early trauma."), Page("/early", text: "Early."), Page("/trauma", text: "Trauma.")]);

        Assert.Equal(["/both"], Paths("trauma early"));
        Assert.Equal(["/both", "/early"], Paths("early zebra").Order(StringComparer.Ordinal).ToList());
    }

    [Fact]
    public void Marks_the_words_found_as_they_are_written()
    {
        index.Update([Page("/found", "Early Traumas & babies", text: "<b>Traumatic</b>: 😀trauma, early or late. A drama.")]);

        var hit = Assert.Single(index.Find("trauma early").Hits);

        Assert.Equal("[Early] [Traumas] & babies", Marked(hit.Title));
        Assert.Equal("<b>Traumatic</b>: 😀[trauma], [early] or late. A drama.", Marked(hit.Snippet));
    }

    [Fact]
    public void Marks_a_word_that_is_only_begun_as_a_whole()
    {
        index.Update([Page("/found", "Traumatic", text: "Ŵythnos of contrauma and trauma")]);

        Assert.Equal("Ŵythnos of contrauma and [trauma]", Marked(index.Find("trau").Hits[0].Snippet));
        Assert.Equal("[Ŵythnos] of contrauma and trauma", Marked(index.Find("wyth").Hits[0].Snippet));
    }

    [Fact]
    public void Shows_some_thirty_words_around_what_was_found()
    {
        var text = $"{Words(200)}. It is here that trauma stands, early or late. {Words(200)}";
        index.Update([Page("/found", text: text)]);

        var snippet = Marked(index.Find("trauma").Hits[0].Snippet);

        Assert.StartsWith("…It is here that [trauma] stands, early or late. word0 ", snippet, StringComparison.Ordinal);
        Assert.EndsWith("…", snippet, StringComparison.Ordinal);
        Assert.Equal(30, snippet.Split(' ').Length);
    }

    [Fact]
    public void Shows_the_place_that_has_most_of_the_words()
    {
        index.Update([Page("/found", text: $"Trauma alone. {Words(100)}. Trauma that is early. {Words(100)}. Early alone.")]);

        Assert.StartsWith(
            "…[Trauma] that is [early]. word0", Marked(index.Find("early trauma").Hits[0].Snippet), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("trauma", "A summary")]
    [InlineData("summary", "A [summary]")]
    public void Shows_the_summary_when_the_text_has_none_of_the_words(string words, string shown)
    {
        index.Update([Page("/found", "Trauma", "A summary", "A text.")]);

        Assert.Equal(shown, Marked(index.Find(words).Hits[0].Snippet));
    }

    [Fact]
    public void Shows_how_the_text_begins_when_there_is_no_summary()
    {
        index.Update([Page("/found", "Trauma", text: Words(100))]);

        Assert.Equal($"{Words(30)}…", Marked(index.Find("trauma").Hits[0].Snippet));
    }

    [Theory]
    [InlineData("early truama", "early trauma")]
    [InlineData("truama", "trauma")]
    [InlineData("Early, TRUAMA!", "Early trauma")]
    [InlineData("traum4", "trauma")]
    [InlineData("relatoinshps", "relationships")]
    [InlineData("babi3s", "babies")]
    [InlineData("bonf", "bond")]
    [InlineData("wytnhos", "ŵythnos")]
    [InlineData("erly truama zzzzzz", "early trauma zzzzzz")]
    [InlineData("bnod", "bond")]
    [InlineData("bnox", null)]
    [InlineData("bo", null)]
    [InlineData("traumatologist", null)]
    [InlineData("zzzzzz", null)]
    [InlineData("early trauma", null)]
    [InlineData("trau", null)]
    [InlineData("bonds early", null)]
    public void Suggests_what_was_probably_meant(string words, string? suggestion)
    {
        index.Update([
            Page("/trauma", text: "Early trauma, and babies in relationships."),
            Page("/bond", text: "A bond before birth. Ŵythnos Babanod.")]);

        Assert.Equal(suggestion, index.Find(words).Suggestion);
    }

    [Fact]
    public void Suggests_the_word_used_most_of_those_as_near()
    {
        index.Update([Page("/a", text: "band band bond"), Page("/b", text: "bond bond"), Page("/c", text: "bind")]);
        Assert.Equal("bond", index.Find("bxnd").Suggestion);

        index.Update([Page("/a", text: "band band bond"), Page("/c", text: "bind")]);
        Assert.Equal("band", index.Find("bxnd").Suggestion);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("?!…")]
    [InlineData("\0")]
    [InlineData("😀")]
    [InlineData("\uD83D")]
    [InlineData("\uDE00\uD83D")]
    [InlineData("\u0302")]
    [InlineData("\"*\" ^ ( ) { } : - +")]
    public void Finds_nothing_without_a_word(string words)
    {
        index.Update([Page("/trauma", "Trauma")]);

        Assert.Equal(new SearchResults(0, [], null), index.Find(words) with { Hits = [] });
    }

    [Theory]
    [InlineData("\"trauma")]
    [InlineData("trauma\"")]
    [InlineData("\"\"trauma\"\"")]
    [InlineData("'trauma'")]
    [InlineData("trauma*")]
    [InlineData("*trauma")]
    [InlineData("^trauma")]
    [InlineData("-trauma")]
    [InlineData("+trauma")]
    [InlineData("{trauma")]
    [InlineData("((((trauma")]
    [InlineData("trauma)")]
    [InlineData("trauma\0")]
    [InlineData("\0trauma")]
    [InlineData("😀trauma😀")]
    [InlineData("\uD800trauma\uDC00")]
    [InlineData("trauma\uD800")]
    [InlineData("trauma;--")]
    [InlineData("trauma\\")]
    [InlineData("trauma\u202E")]
    public void Takes_no_sign_as_query_language(string words)
    {
        index.Update([Page("/trauma", "Trauma"), Page("/other", "Other")]);

        Assert.Equal(["/trauma"], Paths(words));
    }

    [Theory]
    [InlineData("trauma NOT early")]
    [InlineData("trauma AND early")]
    [InlineData("trauma OR early")]
    [InlineData("NEAR(trauma early, 2)")]
    [InlineData("title:trauma early")]
    public void Takes_no_word_as_query_language(string words)
    {
        index.Update([
            Page("/words", text: "Trauma and/or early; not near 2 a title."),
            Page("/trauma", "Trauma"), Page("/early", "Early")]);

        Assert.Equal(["/words"], Paths(words));
    }

    [Fact]
    public void Bears_any_text()
    {
        index.Update([
            Page("/odd", "\0\uD800 trauma \uDC00", "\uDC00", "trauma\uD800\0 trauma \uDBFF"),
            Page("/long", text: new string('a', 100_000) + " 😀 " + new string('"', 1000)),
            Page("/empty")]);

        Assert.Equal(["/odd"], Paths("trauma"));
        Assert.Equal(["/long"], Paths(new string('a', 10_000)));
        Assert.Equal(0, index.Find(new string('b', 10_000)).Total);
        Assert.Equal(1, index.Find(string.Concat(Enumerable.Repeat("trauma ", 2_000))).Total);
    }

    [Fact]
    public void Bears_every_character_in_a_search()
    {
        index.Update([Page("/trauma", "Trauma"), Page("/all", text: Characters(0, char.MaxValue))]);

        for (var first = 0; first < char.MaxValue; first += 150)
        {
            index.Find(Characters(first, 150));
            index.Find(string.Join(' ', Characters(first, 150).Chunk(15).Select(word => new string(word))));
        }

        Assert.Equal(["/trauma"], Paths("trauma"));
    }

    [Fact]
    public void Looks_for_ten_words_and_two_hundred_characters_at_most()
    {
        index.Update([Page("/found", text: "one two three four five six seven eight nine ten")]);

        Assert.Equal(["/found"], Paths("one two three four five six seven eight nine ten eleven"));
        Assert.Null(index.Find("one two three four five six seven eight nine ten zzzzzz truama").Suggestion);
        Assert.Equal(["/found"], Paths("one" + new string(' ', 197) + "zzzzzz"));
    }

    [Fact]
    public void Gives_the_part_asked_for_and_the_number_of_all()
    {
        index.Update([.. Enumerable.Range(0, 45).Select(i => Page(Invariant($"/{i}"), text: $"Trauma {Words(i)}"))]);

        var all = Paths("trauma", take: 100);

        Assert.Equal(45, all.Count);
        Assert.Equal(45, index.Find("trauma").Total);
        Assert.Equal(all[..20], Paths("trauma"));
        Assert.Equal(all[20..40], Paths("trauma", skip: 20));
        Assert.Equal(all[40..], Paths("trauma", skip: 40));
        Assert.Equal(all[3..5], Paths("trauma", take: 2, skip: 3));
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

        Assert.Equal(["/kept"], Paths("kept"));
        Assert.Equal(["/changed"], Paths("after"));
        Assert.Equal(["/added"], Paths("addition"));
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
        Assert.Equal(["/page"], Paths("before"));

        index.Update([Page("/page", text: "After") with { Hash = "2" }]);
        Assert.Equal(["/page"], Paths("after"));
    }

    [Fact]
    public void Refuses_two_documents_with_one_path_and_keeps_what_it_has()
    {
        index.Update([Page("/page", text: "Before")]);

        Assert.Throws<ArgumentException>(() => index.Update([Page("/page", text: "One"), Page("/page", text: "Two")]));

        Assert.Equal(["/page"], Paths("before"));
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

        SearchDocument RandomPage(int i) => Page(
            Invariant($"/{i}"), random.GetItems(vocabulary, 1)[0], text: string.Join(' ', random.GetItems(vocabulary, random.Next(30))));

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
        var searches = Enumerable.Range(0, 8)
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
                .. Enumerable.Range(1, size).Select(i => Page(Invariant($"/{i}"), text: Invariant($"Filler {edition / 20}")))]);
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

    static SearchDocument Page(string path, string title = "", string summary = "", string text = "") =>
        new(path, title, summary, text, Hash: $"{title}|{summary}|{text}");

    List<string> Paths(string words, int take = 20, int skip = 0) =>
        index.Find(words, take, skip).Hits.Select(hit => hit.Path).ToList();

    static string Marked(IEnumerable<TextRun> runs) => string.Concat(runs.Select(run => run.Marked ? $"[{run.Text}]" : run.Text));

    static string Words(int count) => string.Join(' ', Enumerable.Range(0, count).Select(i => Invariant($"word{i}")));

    static string Characters(int first, int count) => new(Enumerable.Range(first, count).Select(sign => (char)sign).ToArray());

    static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
