using System.Globalization;
using SkiaSharp;

namespace InfantMHWeek.Campaign.Sharing;

/// <summary>Text broken into lines, at the largest size at which it fits.</summary>
sealed record TextBlock(IReadOnlyList<string> Lines, float Size)
{
    const float LineHeight = 1.2f;
    const float Ascent = 0.95f;

    public float Height => Lines.Count * Size * LineHeight;

    /// <summary>
    /// Shrinks by small steps until all fits. What does not fit even at <paramref name="smallest"/> is cut, with an ellipsis.
    /// </summary>
    public static TextBlock Fit(string text, float largest, float smallest, SKSize room, int maxLines)
    {
        // No-break spaces are left in: they belong to their words.
        var words = text.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        for (var size = largest; size >= smallest; size -= 2)
        {
            if (words.Any(word => Lettering.WidthOf(word, size) > room.Width))
                continue;
            var block = new TextBlock(Wrap(words, size, room.Width), size);
            if (block.Lines.Count <= maxLines && block.Height <= room.Height)
                return block with { Lines = Balance(words, block, room.Width) };
        }
        var pieces = words.SelectMany(word => Chop(word, smallest, room.Width));
        return new(Cut(Wrap(pieces, smallest, room.Width), smallest, room.Width, maxLines), smallest);
    }

    /// <summary>Draws the block below <paramref name="top"/>.</summary>
    public void Draw(SKCanvas canvas, float x, float top, float weight, SKColor colour)
    {
        for (var i = 0; i < Lines.Count; i++)
            Lettering.Draw(canvas, Lines[i], new SKPoint(x, top + (i * LineHeight + Ascent) * Size), Size, weight, colour);
    }

    static List<string> Wrap(IEnumerable<string> words, float size, float width)
    {
        List<string> lines = [];
        foreach (var word in words)
        {
            var longer = lines.Count is 0 ? word : $"{lines[^1]} {word}";
            if (lines.Count > 0 && Lettering.WidthOf(longer, size) <= width)
                lines[^1] = longer;
            else
                lines.Add(word);
        }
        return lines;
    }

    /// <summary>Narrows the column as far as the number of lines allows, so that no word is left alone on the last one.</summary>
    static IReadOnlyList<string> Balance(string[] words, TextBlock block, float width)
    {
        var lines = block.Lines;
        for (var narrower = width; narrower > 0; narrower -= block.Size / 4)
        {
            var next = Wrap(words, block.Size, narrower);
            if (next.Count > lines.Count || next.Any(line => Lettering.WidthOf(line, block.Size) > narrower))
                break;
            lines = next;
        }
        return lines;
    }

    /// <summary>Breaks a word that is wider than the column, but never between a letter and its accent.</summary>
    static IEnumerable<string> Chop(string word, float size, float width)
    {
        var piece = "";
        for (var elements = StringInfo.GetTextElementEnumerator(word); elements.MoveNext(); )
        {
            var longer = piece + elements.GetTextElement();
            if (piece.Length > 0 && Lettering.WidthOf(longer, size) > width)
            {
                yield return piece;
                longer = elements.GetTextElement();
            }
            piece = longer;
        }
        yield return piece;
    }

    static List<string> Cut(List<string> lines, float size, float width, int maxLines)
    {
        if (lines.Count <= maxLines)
            return lines;
        var last = lines[maxLines - 1];
        while (last.Length > 0 && Lettering.WidthOf(last + "…", size) > width)
            last = last[..^1];
        return [.. lines.Take(maxLines - 1), last.TrimEnd() + "…"];
    }
}
