using System.Net;

namespace InfantMHWeek.Platform.Pages;

/// <summary>What a partner copies into a page of their own.</summary>
static class EmbedCode
{
    /// <param name="address">The whole address of the list.</param>
    /// <param name="title">What the frame is called, for people who hear the page.</param>
    public static string Of(string address, string title) =>
        $"<iframe src=\"{WebUtility.HtmlEncode(address)}\" title=\"{WebUtility.HtmlEncode(title)}\" width=\"100%\" height=\"600\" "
        + "loading=\"lazy\"></iframe>";
}
