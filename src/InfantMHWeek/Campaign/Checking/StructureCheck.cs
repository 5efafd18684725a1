using InfantMHWeek.Campaign.Rendering;
using Markdig.Extensions.CustomContainers;
using Markdig.Syntax;

namespace InfantMHWeek.Campaign.Checking;

/// <summary>Asks whether a text can be shown as it was meant: it can be parsed, and its containers are whole.</summary>
static class StructureCheck
{
    public static void Run(string markdown, int firstLine, FaultList faults)
    {
        if (FindLongParagraph(markdown) is { } longLine)
        {
            faults.Add(FaultKinds.LongParagraph, longLine + firstLine, 1, "", $"This paragraph is longer than {Dialect.MaxParagraph:N0} characters.", "Divide it with empty lines.");
            return;
        }
        try
        {
            CheckContainers(Dialect.Parse(markdown), markdown, firstLine, faults);
        }
        catch (ArgumentException)
        {
            faults.Add(FaultKinds.TooDeep, firstLine, 1, "", "Lists, quotations or brackets are nested too deeply here to be shown.", "Take out levels; two are enough for any reader.");
        }
    }

    static int? FindLongParagraph(string markdown)
    {
        var (line, startLine, length) = (0, 0, 0);
        foreach (var text in markdown.AsSpan().EnumerateLines())
        {
            if (text.IsWhiteSpace()) (startLine, length) = (line + 1, 0);
            else if ((length += text.Length + 1) > Dialect.MaxParagraph) return startLine;
            line++;
        }
        return null;
    }

    static void CheckContainers(MarkdownDocument document, string markdown, int firstLine, FaultList faults)
    {
        foreach (var container in document.Descendants<CustomContainer>())
        {
            var written = LineAt(markdown, container.Span.Start);
            var name = Containers.NameOf(container);
            var outer = container.Parent as CustomContainer;
            if (name.Length == 0)
                Say(FaultKinds.StrayColons, "These colons close nothing.", "Take the line out, or name a container: ::: notice");
            else if (container.OpeningFencedCharCount != 3)
                Say(FaultKinds.StrayColons, "A container has exactly three colons.", $"Write: ::: {name}");
            else if (!Containers.Names.Contains(name))
                Say(FaultKinds.UnknownContainer, $"There is no container \"{name}\".",
                    Content.NearestWord.To(name, Containers.Names) is { } near ? $"Did you mean \"{near}\"?" : "There are: " + string.Join(", ", Containers.Names.Order(StringComparer.Ordinal)) + ".");
            // Inside an unclosed container everything looks nested: only the one that was left open is to blame.
            if (outer is { ClosingFencedCharCount: 0 } || name.Length == 0) continue;
            if (outer is null && container.ClosingFencedCharCount == 0)
                Say(FaultKinds.OpenContainer, $"The container \"{name}\" is not closed, so it would swallow the rest of the page.", "Put a line with only ::: where it ends.");
            else if (container.Parent is not MarkdownDocument)
                Say(FaultKinds.NestedContainer, $"The container \"{name}\" stands inside another one or in a list.", "Close the one before it first, and begin ::: at the start of the line.");

            void Say(FaultKind kind, string message, string advice) =>
                faults.Add(kind, container.Line + firstLine, container.Column + 1, written, message, advice);
        }
    }

    static string LineAt(string text, int position)
    {
        var end = text.IndexOf('\n', Math.Clamp(position, 0, text.Length));
        return text[position..(end < 0 ? text.Length : end)].TrimEnd('\r');
    }
}
