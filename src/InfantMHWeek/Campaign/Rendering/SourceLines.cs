using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Platform.Time;
using Markdig.Renderers;

namespace InfantMHWeek.Campaign.Rendering;

/// <summary>The sources below a figure, each with what is not known of it.</summary>
static class SourceLines
{
    public static void Write(HtmlRenderer renderer, IEnumerable<Source> sources, bool withGaps)
    {
        foreach (var source in sources)
        {
            var title = Encode(source.Title);
            renderer
                .Write("<p>Source: ")
                .Write(source.Link is { } link && LinkSanitizing.Allows(link) ? $"<a href=\"{Encode(link)}\">{title}</a>" : title);
            if (!withGaps)
            {
                renderer.WriteLine("</p>");
                continue;
            }
            if (source.Publisher is { } publisher)
                renderer.Write(", ").Write(Encode(publisher));
            if (source.Published is { } published)
                renderer.Write(", ").Write(DateInWords(published));
            renderer.Write(".");
            if (source.Respondents is { } respondents)
                renderer.Write($" Asked: {Encode(respondents)}.");
            if (source.Base is { } answers)
                renderer.Write($" Answers: {Encode(answers)}.");
            renderer.WriteLine("</p>");
            if (source.Gaps.ToList() is { Count: > 0 } gaps)
                renderer.WriteLine($"<p class=\"gap\">Not known: {string.Join(", ", gaps)}.</p>");
        }
    }

    static string DateInWords(string written) => FrontMatter.TryDate(written, out var date) ? date.InWords() : Encode(written);

    static string Encode(string text) => System.Net.WebUtility.HtmlEncode(text);
}
