using InfantMHWeek.Campaign.Diagnostics;
using InfantMHWeek.Platform.Text;
using Markdig.Extensions.CustomContainers;
using Markdig.Syntax;

namespace InfantMHWeek.Campaign.Rendering;

/// <summary>Asks whether the containers of a text are known, closed and not inside each other.</summary>
static class ContainerCheck
{
    public static void Run(MarkdownDocument document, string markdown, int firstLine, DiagnosticList faults)
    {
        foreach (var container in document.Descendants<CustomContainer>())
        {
            var written = LineAt(markdown, container.Span.Start);
            var name = Containers.NameOf(container);
            var outer = container.Parent as CustomContainer;
            if (name.Length == 0)
                Say(DiagnosticKinds.StrayColons, "These colons close nothing.", "Take the line out, or name a container: ::: notice");
            else if (container.OpeningFencedCharCount != 3)
                Say(DiagnosticKinds.StrayColons, "A container has exactly three colons.", $"Write: ::: {name}");
            else if (!Containers.Names.Contains(name))
                Say(
                    DiagnosticKinds.UnknownContainer,
                    $"There is no container \"{name}\".",
                    ClosestMatch.To(name, Containers.Names) is { } near
                        ? $"Did you mean \"{near}\"?"
                        : "There are: " + string.Join(", ", Containers.Names.Order(StringComparer.Ordinal)) + "."
                );
            // Inside an unclosed container everything looks nested: only the one that was left open is to blame.
            if (outer is { ClosingFencedCharCount: 0 } || name.Length == 0)
                continue;
            if (outer is null && container.ClosingFencedCharCount == 0)
                Say(
                    DiagnosticKinds.OpenContainer,
                    $"The container \"{name}\" is not closed, so it would swallow the rest of the page.",
                    "Put a line with only ::: where it ends."
                );
            else if (container.Parent is not MarkdownDocument)
                Say(
                    DiagnosticKinds.NestedContainer,
                    $"The container \"{name}\" stands inside another one or in a list.",
                    "Close the one before it first, and begin ::: at the start of the line."
                );

            void Say(DiagnosticKind kind, string message, string advice) =>
                faults.Add(kind, container.Line + firstLine, container.Column + 1, written, message, advice);
        }
    }

    static string LineAt(string text, int position)
    {
        var end = text.IndexOf('\n', Math.Clamp(position, 0, text.Length));
        return text[position..(end < 0 ? text.Length : end)].TrimEnd('\r');
    }
}
