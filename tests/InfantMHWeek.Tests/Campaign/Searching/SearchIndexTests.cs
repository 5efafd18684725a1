using InfantMHWeek.Campaign.Searching;
using static InfantMHWeek.Tests.Campaign.Searching.SearchPages;

namespace InfantMHWeek.Tests.Campaign.Searching;

/// <summary>Which pages are found, and in which order.</summary>
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

        Assert.Equal(["/found"], index.Paths(words));
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

        Assert.Equal(["/found"], index.Paths(words));
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

        Assert.Equal(["/other"], index.Paths("trau days"));
    }

    [Fact]
    public void Puts_a_title_before_a_summary_before_a_text()
    {
        var often = string.Concat(Enumerable.Repeat("trauma ", 10));
        index.Update([
            Page("/text", "One", "Of a week", often),
            Page("/summary", "Two", "Of trauma", "Some words about other things, and then some more of them."),
            Page("/title", "Trauma", "Of a week", "Some words about other things, and then some more of them."),
            Page("/none", "Four", "Of a week", "Some words"),
        ]);

        Assert.Equal(["/title", "/summary", "/text"], index.Paths("trauma"));
    }

    [Fact]
    public void Puts_the_word_itself_before_what_it_begins()
    {
        index.Update([
            Page("/article", text: "An article, and another article."),
            Page("/art", text: "Art for babies and parents."),
            Page("/none", text: "A word."),
            Page("/neither", text: "Two words."),
        ]);

        Assert.Equal(["/art", "/article"], index.Paths("art"));
    }

    [Fact]
    public void Finds_pages_with_any_word_only_when_none_has_all()
    {
        index.Update([Page("/both", text: "Early trauma."), Page("/early", text: "Early."), Page("/trauma", text: "Trauma.")]);

        Assert.Equal(["/both"], index.Paths("trauma early"));
        Assert.Equal(["/both", "/early"], index.Paths("early zebra").Order(StringComparer.Ordinal).ToList());
    }
}
