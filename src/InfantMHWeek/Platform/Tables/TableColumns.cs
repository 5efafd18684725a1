namespace InfantMHWeek.Platform.Tables;

/// <summary>A column of a table that we understand.</summary>
/// <param name="Name">As it is chosen and posted.</param>
/// <param name="Also">What it is called elsewhere, letters and digits only.</param>
sealed record KnownColumn(string Name, string Label, params string[] Also);

/// <summary>Which column of a table that somebody sent is which of those that we know.</summary>
/// <param name="Chosen">For each column the name of a known one; empty where it is passed over.</param>
sealed record TableColumns(TableFile Table, IReadOnlyList<string> Chosen, IReadOnlyList<KnownColumn> Known)
{
    const int RowsShown = 3,
        MostTitleRows = 15;

    /// <param name="chosen">As a person said; guessed by their names where that does not fit the table.</param>
    public static TableColumns Of(TableFile table, IReadOnlyList<KnownColumn> known, IReadOnlyList<string?>? chosen = null)
    {
        table = WithoutTitle(table, known);
        var head = table.Rows.Count > 0 ? table.Rows[0].Cells : [];
        return new(
            table,
            chosen is not null && chosen.Count == head.Count && head.Count > 0 ? [.. chosen.Select(c => c ?? "")] : Guess(head, known),
            known
        );
    }

    /// <summary>What each column probably is; empty where we cannot tell.</summary>
    public static IReadOnlyList<string> Guess(IReadOnlyList<string> head, IReadOnlyList<KnownColumn> known)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return
        [
            .. head.Select(h =>
            {
                var key = string.Concat(h.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
                var found = known.FirstOrDefault(c => Plain(c.Name) == key) ?? known.FirstOrDefault(c => c.Also.Contains(key));
                return found is not null && taken.Add(found.Name) ? found.Name : "";
            }),
        ];
    }

    static string Plain(string name) => name.Replace("-", "", StringComparison.Ordinal);

    /// <summary>What stands above the row that names the columns is a title.</summary>
    static TableFile WithoutTitle(TableFile table, IReadOnlyList<KnownColumn> known)
    {
        var rows = table.Rows.Take(MostTitleRows).Select(r => Guess(r.Cells, known).Count(c => c.Length > 0)).ToList();
        var best = rows.Count == 0 ? 0 : rows.Max();
        return best < 2 ? table : table with { Rows = [.. table.Rows.Skip(rows.IndexOf(best))] };
    }

    public bool Has(string column) => Chosen.Contains(column, StringComparer.Ordinal);

    /// <summary>A cell by the name of its column, without spaces around it; empty where there is none.</summary>
    public string Cell(TableFile.Row row, string column)
    {
        for (var index = 0; index < Chosen.Count && index < row.Cells.Count; index++)
            if (Chosen[index] == column)
                return Unmarked(row.Cells[index].Trim());
        return "";
    }

    /// <summary>The apostrophe that keeps a cell from being a formula is none of the text.</summary>
    static string Unmarked(string cell) => cell is ['\'', '=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠', ..] ? cell[1..] : cell;

    public string FirstCells(int column) =>
        string.Join(
            " · ",
            Table.Rows.Skip(1).Take(RowsShown).Where(r => column < r.Cells.Count && r.Cells[column].Length > 0).Select(r => r.Cells[column])
        );
}
