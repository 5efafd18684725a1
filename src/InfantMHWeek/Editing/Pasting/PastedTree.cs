using System.Net;
using System.Text;

namespace InfantMHWeek.Editing.Pasting;

/// <summary>Puts what is read where it belongs. Never more than a few levels; what nobody closes in older pages is closed.</summary>
sealed class PastedTree
{
    const int MaxDepth = 24;
    readonly List<PastedNode> open = [new("body")];
    readonly StringBuilder words = new();
    int tooDeep;

    public PastedNode Root => open[0];

    public void AddWords(ReadOnlySpan<char> read) => words.Append(read);

    public void Open(PastedNode node)
    {
        EndWords();
        // Nobody closes these in older pages.
        if (tooDeep == 0 && node.Name is ("p" or "li" or "tr" or "td" or ['h', >= '1' and <= '6']) && IsOpenHere("p"))
            Close("p");
        if (tooDeep == 0 && node.Name is ("tr" or "td") && IsOpenHere("td"))
            Close("td");
        if (tooDeep == 0 && node.Name is ("li" or "tr") && IsOpenHere(node.Name))
            Close(node.Name);
        if (open.Count > MaxDepth)
        {
            tooDeep++;
            return;
        }
        Add(node);
        open.Add(node);
    }

    /// <summary>Whether such an element is open, with no list or table begun inside it.</summary>
    bool IsOpenHere(string name)
    {
        for (var i = open.Count - 1; i > 0; i--)
        {
            if (open[i].Name == name)
                return true;
            if (open[i].Name is "table" || (name is ("li" or "p") && open[i].Name is ("ul" or "ol" or "td" or "blockquote")))
                return false;
        }
        return false;
    }

    public void Close(string name)
    {
        EndWords();
        if (tooDeep > 0)
        {
            tooDeep--;
            return;
        }
        var i = open.FindLastIndex(n => n.Name == name);
        if (i > 0)
            open.RemoveRange(i, open.Count - i);
    }

    public void Add(PastedNode node)
    {
        EndWords();
        open[^1].Children.Add(node);
        if (!PastedElements.IsBlock(node.Name))
            return;
        for (var i = open.Count - 1; i >= 0 && !open[i].HoldsBlock; i--)
            open[i].HoldsBlock = true;
    }

    public void EndWords()
    {
        if (words.Length == 0)
            return;
        open[^1].Children.Add(new("", WebUtility.HtmlDecode(words.ToString())));
        words.Clear();
    }
}
