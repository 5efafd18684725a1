using System.Globalization;
using InfantMHWeek.Platform.Text;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace InfantMHWeek.Platform.Forms;

/// <summary>Reads what strangers typed to be shown to others: what nobody can see is dropped, and only the web is linked to.</summary>
static class UserTextFields
{
    /// <summary>Plain text of at most so many characters; line breaks stay.</summary>
    public static string ShownText(this ModelStateDictionary errors, string field, string? typed, int most, string? needed = null)
    {
        var text = UserText.Clean(typed);
        if (text.Length > most)
            errors.AddModelError(
                field,
                $"Please use at most {most.ToString("N0", CultureInfo.InvariantCulture)} characters. You have "
                    + $"{text.Length.ToString("N0", CultureInfo.InvariantCulture)}."
            );
        else if (text.Length == 0 && needed is not null)
            errors.AddModelError(field, needed);
        return text;
    }

    public static string ShownLine(this ModelStateDictionary errors, string field, string? typed, int most, string? needed = null) =>
        errors.ShownText(field, typed, most, needed).Replace('\n', ' ');

    public static string ShownLink(this ModelStateDictionary errors, string field, string? typed)
    {
        var text = errors.ShownLine(field, typed, UserText.MaxLink);
        if (text.Length == 0)
            return "";
        if (!UserText.TryLink(text, out var link))
            errors.AddModelError(field, "Enter a web address that begins with https://");
        return link;
    }
}
