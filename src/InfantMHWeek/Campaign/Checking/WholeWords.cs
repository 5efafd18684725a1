namespace InfantMHWeek.Campaign.Checking;

static class WholeWords
{
    /// <summary>Where a word or phrase stands in a text as whole words, whatever its capitals; null when it does not.</summary>
    public static int? Find(string text, string phrase, int from = 0)
    {
        if (phrase.Length == 0)
            return null;
        for (
            var at = text.IndexOf(phrase, from, StringComparison.OrdinalIgnoreCase);
            at >= 0;
            at = text.IndexOf(phrase, at + 1, StringComparison.OrdinalIgnoreCase)
        )
        {
            var end = at + phrase.Length;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end])))
                return at;
        }
        return null;
    }
}
