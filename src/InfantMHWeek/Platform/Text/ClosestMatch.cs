namespace InfantMHWeek.Platform.Text;

/// <summary>Finds what somebody probably meant.</summary>
static class ClosestMatch
{
    /// <summary>
    /// The candidate with the fewest changed letters, case apart, if that is at most a third of them; null when nothing is near.
    /// </summary>
    public static string? To(string written, IEnumerable<string> candidates)
    {
        var wanted = written.ToLowerInvariant();
        return candidates
            .Select(c => (Word: c, Most: MostIn(c.Length)))
            .Select(c => (c.Word, c.Most, Distance: EditDistance.Between(wanted, c.Word.ToLowerInvariant(), c.Most)))
            .Where(c => c.Distance <= c.Most)
            .OrderBy(c => c.Distance)
            .ThenBy(c => c.Word, StringComparer.Ordinal)
            .Select(c => c.Word)
            .FirstOrDefault();
    }

    /// <summary>How many changed letters still leave a word of this length recognisable.</summary>
    public static int MostIn(int length) => Math.Max(1, length / 3);
}
