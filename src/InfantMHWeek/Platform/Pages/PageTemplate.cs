using System.Text;

namespace InfantMHWeek.Platform.Pages;

/// <summary>A page of which only some places differ from answer to answer: the rest is drawn once.</summary>
/// <param name="html">A whole page with at least one <see cref="Mark"/> in it.</param>
sealed class PageTemplate(string html)
{
    /// <summary>Stands in a view where something is to be filled in; of private use, so that no text contains it.</summary>
    public const string Mark = "\uE000";
    const string MarkInHtml = "&#xE000;";
    readonly string[] parts = html.Split(MarkInHtml);

    /// <summary>The page with its fillings, in UTF-8.</summary>
    /// <param name="fillings">HTML, one for each mark, in their order; what a visitor typed must be encoded already.</param>
    public byte[] Fill(params ReadOnlySpan<string> fillings)
    {
        var page = new StringBuilder(parts[0]);
        for (var i = 1; i < parts.Length; i++)
            page.Append(fillings[i - 1]).Append(parts[i]);
        return Encoding.UTF8.GetBytes(page.ToString());
    }
}
