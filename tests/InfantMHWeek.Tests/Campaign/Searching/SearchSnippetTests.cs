using InfantMHWeek.Campaign.Searching;
using static InfantMHWeek.Tests.Campaign.Searching.SearchPages;

namespace InfantMHWeek.Tests.Campaign.Searching;

/// <summary>What of a page is shown below its title.</summary>
public sealed class SearchSnippetTests : IDisposable
{
    readonly SearchIndex index = new();

    public void Dispose() => index.Dispose();

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

        Assert.StartsWith("…[Trauma] that is [early]. word0", Marked(index.Find("early trauma").Hits[0].Snippet), StringComparison.Ordinal);
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
}
