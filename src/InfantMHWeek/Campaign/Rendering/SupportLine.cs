using System.Globalization;
using System.Text;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Platform.Time;
using Microsoft.AspNetCore.Html;

namespace InfantMHWeek.Campaign.Rendering;

/// <summary>One service to call, as a row of a list: wherever a page names some, they look the same.</summary>
static class SupportLine
{
    /// <param name="brief">Beside other words: its name, its number and whom it is for.</param>
    /// <returns>A list item. All that comes from the register is encoded in it.</returns>
    public static HtmlString Html(SupportService service, bool brief = false)
    {
        var html = new StringBuilder(service.Emergency ? "<li class=\"emergency\">" : "<li>");
        html.Append(
            !brief && service.Link is { } link && LinkSanitizing.Allows(link)
                ? $"<strong><a href=\"{Encode(link)}\">{Encode(service.Name)}</a></strong>"
                : $"<strong>{Encode(service.Name)}</strong>"
        );
        if (service.Phone is { } phone)
            html.Append(CultureInfo.InvariantCulture, $" <a class=\"phone\" href=\"{Encode(service.Dials!)}\">{Encode(phone)}</a>");
        if (service.Text is { } text && !(brief && service.Phone is not null))
            html.Append(
                service.Texts is { } texts
                    ? $" <a class=\"phone\" href=\"{Encode(texts)}\">text {Encode(text)}</a>"
                    : $" text {Encode(text)}"
            );
        // Where lines stand below the name of their nation, it need not be said again.
        var where = service.Nation != "UK" && (brief || service.IsForMost) ? $"({service.Nation})" : null;
        if (string.Join(' ', new[] { service.For, where }.OfType<string>()) is { Length: > 0 } purpose)
            html.Append(CultureInfo.InvariantCulture, $" <span class=\"help-for\">{Encode(purpose)}</span>");
        if (!brief && service.Hours is { } hours)
            html.Append(CultureInfo.InvariantCulture, $" <span class=\"help-for\">{Encode(hours)}</span>");
        // What nobody has checked yet is for staff to hear of, and not for somebody who needs it.
        if (service.Checked is { } day)
            html.Append(CultureInfo.InvariantCulture, $" <span class=\"help-checked\">Checked {day.InWords()}</span>");
        return new(html.Append("</li>").ToString());
    }

    static string Encode(string text) => System.Net.WebUtility.HtmlEncode(text);
}
