namespace InfantMHWeek.Editing.Pasting;

/// <summary>A part of what was pasted: an element that means something in our pages, or (without a name) words.</summary>
sealed class PastedNode(string name, string text = "", string? href = null, bool bold = false)
{
    public bool Bold => bold;
    public string Name => name;
    public string Text => text;
    public string? Href => href;
    public List<PastedNode> Children { get; } = [];

    /// <summary>Whether a block stands in it, so that it is no part of a line.</summary>
    public bool HoldsBlock { get; set; }
}
