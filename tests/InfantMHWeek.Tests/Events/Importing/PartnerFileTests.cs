namespace InfantMHWeek.Tests.Events.Importing;

/// <summary>Every date of a partner's file is right, or named as left out.</summary>
public sealed class PartnerFileTests
{
    static readonly IReadOnlyList<PartnerFile> Files = [.. CalendarFiles.All, .. TableFiles.All];

    [Fact]
    public void Every_date_is_right_or_named()
    {
        Assert.True(Files.Count >= 60, $"{Files.Count} files");
        var wrong = new List<string>();
        foreach (var file in Files)
        {
            var (dates, problems) = file.Read();
            if (!dates.SequenceEqual(file.Dates.Order(StringComparer.Ordinal), StringComparer.Ordinal))
                wrong.Add($"{file}: {string.Join("; ", dates)} instead of {string.Join("; ", file.Dates)}; {string.Join(" ", problems)}");
            if (
                problems.Count != file.LeftOut.Length
                || !file.LeftOut.All(words => problems.Any(p => p.Contains(words, StringComparison.Ordinal)))
            )
                wrong.Add($"{file}: said {string.Join(" ", problems)} instead of {string.Join("; ", file.LeftOut)}");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }
}
