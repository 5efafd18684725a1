namespace InfantMHWeek.Platform.Text;

/// <summary>How far apart two spellings are. Libraries count a swap of neighbours, the commonest slip of all, as two mistakes.</summary>
static class EditDistance
{
    /// <summary>What is longer is no word, and is never near another.</summary>
    const int Longest = 100;

    /// <summary>
    /// The least number of letters left out, added, mistaken or swapped with their neighbour that turns one word into the
    /// other (Damerau-Levenshtein, optimal string alignment), or anything above <paramref name="most"/> once it is more.
    /// </summary>
    public static int Between(ReadOnlySpan<char> from, ReadOnlySpan<char> to, int most)
    {
        if (Math.Max(from.Length, to.Length) > Longest)
            return int.MaxValue;
        if (Math.Abs(from.Length - to.Length) > most)
            return most + 1;

        Span<int> beforeLast = stackalloc int[to.Length + 1];
        Span<int> last = stackalloc int[to.Length + 1];
        Span<int> current = stackalloc int[to.Length + 1];
        for (var j = 0; j <= to.Length; j++)
            last[j] = j;

        for (var i = 1; i <= from.Length; i++)
        {
            current[0] = i;
            var least = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var mistaken = last[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                var slips = Math.Min(mistaken, Math.Min(last[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                    slips = Math.Min(slips, beforeLast[j - 2] + 1);
                current[j] = slips;
                least = Math.Min(least, slips);
            }

            if (least > most)
                return least;
            var spare = beforeLast;
            beforeLast = last;
            last = current;
            current = spare;
        }

        return last[to.Length];
    }
}
