using System.Globalization;
using System.Text;

namespace InfantMHWeek.Platform.Moderation;

/// <summary>The last part of a public address: readable, and nobody else's.</summary>
static class PublicSlug
{
    public const int MaxLength = 80;
    const int MostOfTitle = 60;

    /// <param name="otherwise">Stands for a title without a letter of the alphabet.</param>
    public static string Of(string title, Guid id, string otherwise)
    {
        var words = new StringBuilder();
        foreach (var letter in title.Normalize(NormalizationForm.FormD).ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(letter))
                words.Append(letter);
            else if (words.Length > 0 && words[^1] != '-' && CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
                words.Append('-');
        }
        var text = words.ToString(0, Math.Min(words.Length, MostOfTitle)).Trim('-');
        return (text.Length == 0 ? otherwise : text) + "-" + id.ToString("N")[^8..];
    }
}
