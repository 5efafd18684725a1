namespace InfantMHWeek.Services.Importing;

/// <summary>What lists show of a long description.</summary>
static class ShortText
{
    /// <summary>The first part, if it is short, is what lists show; a long text is cut for them at a sentence.</summary>
    public static (string Summary, string Description) Split(string text)
    {
        if (
            text.IndexOf("\n\n", StringComparison.Ordinal) is > 0 and <= ServiceDetails.MaxSummary and var end
            && !text[..end].Contains('\n')
        )
            return (text[..end], text[(end + 2)..]);
        if (text.Length <= ServiceDetails.MaxSummary && !text.Contains('\n', StringComparison.Ordinal))
            return (text, "");
        return (Of(text), text);
    }

    /// <summary>The beginning of a long text, cut at a sentence or a word.</summary>
    public static string Of(string text)
    {
        if (text.Length <= ServiceDetails.MaxSummary)
            return text.Replace('\n', ' ');
        var start = text[..(ServiceDetails.MaxSummary - 1)].Replace('\n', ' ');
        var (sentence, word) = (start.LastIndexOf(". ", StringComparison.Ordinal), start.LastIndexOf(' '));
        return sentence > 40 ? start[..(sentence + 1)] : start[..(word > 0 ? word : start.Length - 1)] + "…";
    }
}
