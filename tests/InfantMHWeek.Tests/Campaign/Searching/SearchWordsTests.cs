using InfantMHWeek.Campaign.Searching;
using static InfantMHWeek.Tests.Campaign.Searching.SearchPages;

namespace InfantMHWeek.Tests.Campaign.Searching;

/// <summary>Whatever somebody types: misspelt, not a word at all, or made to break it.</summary>
public sealed class SearchWordsTests : IDisposable
{
    readonly SearchIndex index = new();

    public void Dispose() => index.Dispose();

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
            Page("/bond", text: "A bond before birth. Ŵythnos Babanod."),
        ]);

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

        Assert.Equal(["/trauma"], index.Paths(words));
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
            Page("/trauma", "Trauma"),
            Page("/early", "Early"),
        ]);

        Assert.Equal(["/words"], index.Paths(words));
    }

    [Fact]
    public void Bears_any_text()
    {
        index.Update([
            Page("/odd", "\0\uD800 trauma \uDC00", "\uDC00", "trauma\uD800\0 trauma \uDBFF"),
            Page("/long", text: new string('a', 100_000) + " 😀 " + new string('"', 1000)),
            Page("/empty"),
        ]);

        Assert.Equal(["/odd"], index.Paths("trauma"));
        Assert.Equal(["/long"], index.Paths(new string('a', 10_000)));
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

        Assert.Equal(["/trauma"], index.Paths("trauma"));
    }

    [Fact]
    public void Looks_for_ten_words_and_two_hundred_characters_at_most()
    {
        index.Update([Page("/found", text: "one two three four five six seven eight nine ten")]);

        Assert.Equal(["/found"], index.Paths("one two three four five six seven eight nine ten eleven"));
        Assert.Null(index.Find("one two three four five six seven eight nine ten zzzzzz truama").Suggestion);
        Assert.Equal(["/found"], index.Paths("one" + new string(' ', 197) + "zzzzzz"));
    }
}
