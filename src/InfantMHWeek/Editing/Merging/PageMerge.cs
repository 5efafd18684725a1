using System.Text;
using DiffPlex;
using DiffPlex.Chunkers;

namespace InfantMHWeek.Editing.Merging;

/// <summary>Brings two people's changes of one text together, line by line, if they do not touch the same place.</summary>
static class PageMerge
{
    /// <returns>The text with both changes, or null when they overlap.</returns>
    public static string? Merge(string from, string mine, string theirs)
    {
        if (mine == theirs || theirs == from)
            return mine;
        if (mine == from)
            return theirs;
        var lines = LineEndingsPreservingChunker.Instance.Chunk(from);
        var (myChanges, theirChanges) = (ChangesOf(from, mine), ChangesOf(from, theirs));
        var merged = new StringBuilder();
        int at = 0,
            i = 0,
            j = 0;
        while (i < myChanges.Count || j < theirChanges.Count)
        {
            var my = i < myChanges.Count ? myChanges[i] : null;
            var their = j < theirChanges.Count ? theirChanges[j] : null;
            if (my is not null && their is not null && my.Touches(their) && my != their)
                return null;
            var next = their is null || (my is not null && my.Start <= their.Start) ? my! : their;
            for (; at < next.Start; at++)
                merged.Append(lines[at]);
            merged.Append(next.Text);
            at = next.End;
            if (next == my)
                i++;
            if (next == their)
                j++;
        }
        for (; at < lines.Count; at++)
            merged.Append(lines[at]);
        return merged.ToString();
    }

    static List<Change> ChangesOf(string from, string to)
    {
        var found = Differ.Instance.CreateDiffs(
            from,
            to,
            ignoreWhiteSpace: false,
            ignoreCase: false,
            LineEndingsPreservingChunker.Instance
        );
        return
        [
            .. found.DiffBlocks.Select(b => new Change(
                b.DeleteStartA,
                b.DeleteStartA + b.DeleteCountA,
                string.Concat(found.PiecesNew.Skip(b.InsertStartB).Take(b.InsertCountB))
            )),
        ];
    }

    /// <summary>Lines <c>Start</c> to before <c>End</c> become <c>Text</c>.</summary>
    sealed record Change(int Start, int End, string Text)
    {
        // Neighbours count as touching: two sentences that meet were each written without the other.
        public bool Touches(Change other) => Start <= other.End && other.Start <= End;
    }
}
