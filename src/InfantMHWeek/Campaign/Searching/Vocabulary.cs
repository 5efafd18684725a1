using System.Runtime.InteropServices;
using InfantMHWeek.Platform.Text;

namespace InfantMHWeek.Campaign.Searching;

/// <summary>
/// The words of all pages as they are spelled there, and how often: FTS5 itself knows only their stems. Never changes;
/// <see cref="Change"/> makes the next one.
/// </summary>
sealed class Vocabulary
{
    public static readonly Vocabulary Empty = new(new(StringComparer.OrdinalIgnoreCase), lastRow: 0);

    readonly Dictionary<string, Use> uses;
    long lastRow;

    Vocabulary(Dictionary<string, Use> uses, long lastRow) => (this.uses, this.lastRow) = (uses, lastRow);

    /// <summary>The vocabulary once some pages have gone and others have come.</summary>
    public VocabularyChange Change(IEnumerable<SearchDocument> gone, IEnumerable<SearchDocument> come)
    {
        var after = new Vocabulary(new(uses, uses.Comparer), lastRow);
        var unused = new List<string>();
        foreach (var text in gone.SelectMany(Texts))
            after.Forget(text, unused);
        var met = new List<(long, string)>();
        foreach (var text in come.SelectMany(Texts))
            after.Learn(text, met);
        return new(after, met, after.Drop(unused));
    }

    /// <summary>The most used words that begin like this one.</summary>
    public List<string> Completions(string word, int most)
    {
        var folded = Spelling.Fold(word);
        var letters = Spelling.Letters(folded);
        return uses.Where(use =>
                (use.Value.Letters & letters) == letters && Spelling.Fold(use.Key).StartsWith(folded, StringComparison.Ordinal)
            )
            .OrderByDescending(use => use.Value.Count)
            .Take(most)
            .Select(use => use.Key)
            .ToList();
    }

    /// <summary>The word that was probably meant: the one with the fewest slips, and among those the most used.</summary>
    public string? Nearest(string word)
    {
        var folded = Spelling.Fold(word);
        var letters = Spelling.Letters(folded);
        var most = Spelling.SlipsForgiven(folded.Length);
        if (most == 0)
            return null;

        string? nearest = null;
        var count = 0;
        foreach (var (candidate, use) in uses)
        {
            if (ulong.PopCount(letters ^ use.Letters) > 2 * (ulong)most)
                continue;
            var slips = EditDistance.Between(folded, Spelling.Fold(candidate), most);
            if (slips < most || (slips == most && use.Count > count))
                (nearest, most, count) = (candidate, slips, use.Count);
        }

        return nearest?.ToLowerInvariant();
    }

    static IEnumerable<string> Texts(SearchDocument document) => [document.Title, document.Summary, document.Text];

    void Learn(string text, List<(long, string)> met)
    {
        var words = uses.GetAlternateLookup<ReadOnlySpan<char>>();
        var reader = new WordReader(text);
        while (reader.Next())
        {
            ref var use = ref CollectionsMarshal.GetValueRefOrAddDefault(words, reader.Word, out var known);
            if (!known)
            {
                var word = reader.Word.ToString();
                use = new(++lastRow, 0, Spelling.Letters(Spelling.Fold(word)));
                met.Add((lastRow, word));
            }

            use.Count++;
        }
    }

    void Forget(string text, List<string> unused)
    {
        var words = uses.GetAlternateLookup<ReadOnlySpan<char>>();
        var reader = new WordReader(text);
        while (reader.Next())
        {
            ref var use = ref CollectionsMarshal.GetValueRefOrNullRef(words, reader.Word);
            if (--use.Count == 0)
                unused.Add(reader.Word.ToString());
        }
    }

    // A page that was only edited forgets its words and learns most of them again: only now is it known which are gone.
    List<long> Drop(List<string> unused)
    {
        var gone = new List<long>();
        foreach (var word in unused)
            if (uses[word] is { Count: 0, Row: var row })
            {
                uses.Remove(word);
                gone.Add(row);
            }

        return gone;
    }

    /// <summary>What is known of a word: its row in the index, how often pages use it, and its letters.</summary>
    [StructLayout(LayoutKind.Auto)]
    record struct Use(long Row, int Count, ulong Letters);
}

/// <summary>A vocabulary after a change, with the words met for the first time and the rows of those no page uses now.</summary>
sealed record VocabularyChange(Vocabulary After, IReadOnlyList<(long Row, string Word)> Met, IReadOnlyList<long> Gone);
