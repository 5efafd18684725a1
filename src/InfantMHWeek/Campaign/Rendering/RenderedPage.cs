using Microsoft.AspNetCore.Html;

namespace InfantMHWeek.Campaign.Rendering;

/// <summary>A page's text as safe HTML, with the parts that the layout places by itself.</summary>
/// <param name="Html">The body: what stands before the first heading, then one <c>section</c> for each heading of level 2.</param>
/// <param name="ContentNote">The content note's HTML, lifted out so that it comes before the text; null without one.</param>
/// <param name="Headings">The headings of level 2, for the table of contents.</param>
/// <param name="Figures">The tables of figures, for charts and CSV files.</param>
sealed record RenderedPage(string Html, string? ContentNote, IReadOnlyList<PageHeading> Headings, IReadOnlyList<Figure> Figures)
{
    /// <summary>The single figures, for the pictures that people share.</summary>
    public IReadOnlyList<KeyFact> Facts { get; init; } = [];

    /// <summary>What a view may show as it is: only the renderer makes it, behind its walls.</summary>
    public HtmlString Text => new(Html);

    /// <summary>The text in two parts, one up to the end of so many sections.</summary>
    public (HtmlString Before, HtmlString After) SplitAfter(int sections)
    {
        const string end = "</section>";
        var at = 0;
        for (var i = 0; i < sections && Html.IndexOf(end, at, StringComparison.Ordinal) is >= 0 and var next; i++)
            at = next + end.Length;
        return (new(Html[..at]), new(Html[at..]));
    }

    /// <inheritdoc cref="Text"/>
    public HtmlString? Note => ContentNote is null ? null : new(ContentNote);
}

sealed record PageHeading(string Id, string Title);

/// <summary>One <c>statistics</c> table: the first column says who, the others hold values as written.</summary>
sealed record Figure(
    string Id,
    string Caption,
    IReadOnlyList<string> Columns,
    IReadOnlyList<IReadOnlyList<string>> Rows,
    IReadOnlyList<string> Sources
);

/// <summary>One <c>statistic</c>: the number as written, and what it says.</summary>
sealed record KeyFact(string Number, string Words, IReadOnlyList<string> Sources)
{
    /// <summary>Of a hundred; null where it is no share.</summary>
    public double? Share => Number.EndsWith('%') && FigureRenderer.Number(Number) is { } share and >= 0 and <= 100 ? share : null;
}
