using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Rendering;
using InfantMHWeek.Platform.Tables;

namespace InfantMHWeek.Campaign.Sharing;

/// <summary>A table of figures as CSV, with where it comes from in the last columns.</summary>
static class FigureCsv
{
    public static string Write(Figure figure, IReadOnlyDictionary<string, Source> sources)
    {
        var from = figure.Sources.Select(id => sources.GetValueOrDefault(id)).OfType<Source>();
        var source = string.Join("; ", from.Select(s => s.Publisher is null ? s.Title : $"{s.Title}, {s.Publisher}"));
        var rows = figure.Rows.Select(row => row.Append(figure.Caption).Append(source));
        return TableWriter.Write([.. figure.Columns, "Figure", "Source"], rows, always: false);
    }
}
