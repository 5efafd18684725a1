using System.Text.RegularExpressions;
using InfantMHWeek.Platform.Text;
using Markdig;

namespace InfantMHWeek.Platform.Mail;

/// <summary>Makes a mail's subject, text and HTML from its wording.</summary>
static partial class MailText
{
    const string Paragraphs = "\n\n";
    static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().Build();

    /// <summary>A value is put in as text: nothing in it can become a heading, a link or a header.</summary>
    public static (string Subject, string Text, string Html) Compose(MailWording wording, IReadOnlyDictionary<string, string> values)
    {
        string Fill(string text, Func<string, string, string> show) =>
            Placeholder()
                .Replace(text, m =>
                    values.TryGetValue(m.Groups["name"].Value, out var value)
                        ? show(m.Groups["name"].Value, Greeted(m.Groups["name"].Value, value))
                        : m.Value
                );
        var markdown = WithoutEmpty(wording.Markdown, values);
        var subject = OneLine(Fill(wording.Subject, (_, value) => OneLine(value)));
        var html = Markdown.ToHtml(Fill(markdown, Escape), Pipeline);
        var text = Fill(markdown, (_, value) => value);
        return (subject, text.Trim() + "\n", html);
    }

    /// <summary>Without the paragraphs that hold nothing but a value which is empty.</summary>
    static string WithoutEmpty(string markdown, IReadOnlyDictionary<string, string> values) =>
        string.Join(Paragraphs, markdown.Split(Paragraphs).Where(p => !IsEmpty(p.Trim(), values)));

    static bool IsEmpty(string paragraph, IReadOnlyDictionary<string, string> values) =>
        Placeholder().Match(paragraph) is { Success: true } only
        && only.Value == paragraph
        && values.TryGetValue(only.Groups["name"].Value, out var value)
        && string.IsNullOrWhiteSpace(value);

    /// <summary>Who is greeted or named was typed by somebody, perhaps not by the reader: only what looks like a name is.</summary>
    static string Greeted(string name, string value) =>
        name switch
        {
            "name" => PersonName.Of(value) ?? "there",
            "from" => PersonName.Of(value) ?? "A colleague",
            _ => value,
        };

    static string OneLine(string text) => Breaks().Replace(text, " ").Trim();

    static string Escape(string name, string value)
    {
        // Only what we filled in as an address of our own is a link; an address that somebody typed as their name is not.
        if ((name is "link" or "apply") && Uri.TryCreate(value, UriKind.Absolute, out var address) && (address.Scheme is "https" or "http"))
            return $"<{address.AbsoluteUri}>";
        return Special().Replace(value, m => m.Value is "\r" or "\n" ? m.Value : "\\" + m.Value);
    }

    [GeneratedRegex(@"\{(?<name>[a-z][a-z-]*)\}", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"[\p{C}\u2028\u2029]+", RegexOptions.NonBacktracking)]
    private static partial Regex Breaks();

    [GeneratedRegex(@"[!-/:-@\[-`{-~]", RegexOptions.NonBacktracking)]
    private static partial Regex Special();
}
