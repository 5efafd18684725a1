using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace InfantMHWeek.Tests.Events.Importing;

/// <summary>Sends a partner's file as a person of the staff does: they look first, and then bring it in.</summary>
static class PartnerUpload
{
    static readonly Uri Page = new("/staff/events/import", UriKind.Relative),
        Bringing = new("/staff/events/import?handler=Bring", UriKind.Relative);

    public static async Task<HttpResponseMessage> Look(
        HttpClient staff,
        byte[] file,
        string name = "list.csv",
        params (string Field, string Value)[] answers
    )
    {
        using var opened = await staff.GetAsync(Page, TestContext.Current.CancellationToken);
        var form = Fields(await TestSite.Read(opened));
        using var content = new MultipartFormDataContent();
        foreach (
            var (field, value) in new[]
            {
                ("Email", "partner@example.org"),
                ("ContactName", "Pat Partner"),
                ("Organisation", "Partner network"),
                ("For", "families"),
                ("Book", "no"),
                ("__RequestVerificationToken", form["__RequestVerificationToken"]),
            }
                .Where(f => !answers.Any(a => a.Field == f.Item1))
                .Concat(answers)
        )
            content.Add(new StringContent(value), field);
        content.Add(new ByteArrayContent(file), "file", name);
        return await staff.PostAsync(Page, content, TestContext.Current.CancellationToken);
    }

    /// <summary>Presses the button on the page that showed what would happen.</summary>
    public static async Task<HttpResponseMessage> Bring(HttpClient staff, IDocument looked)
    {
        using var content = new MultipartFormDataContent();
        foreach (var (field, value) in All(looked))
            content.Add(new StringContent(value), field);
        return await staff.PostAsync(Bringing, content, TestContext.Current.CancellationToken);
    }

    public static string Words(IDocument page) =>
        string.Join(' ', page.QuerySelectorAll(".error-summary, .notice, .warning").Select(e => e.TextContent));

    static Dictionary<string, string> Fields(IDocument page) =>
        All(page).DistinctBy(f => f.Field).ToDictionary(f => f.Field, f => f.Value, StringComparer.Ordinal);

    static IEnumerable<(string Field, string Value)> All(IDocument page) =>
        page.QuerySelector("main form[method=post]")!
            .QuerySelectorAll("input[name], select[name]")
            .Select(e =>
                e switch
                {
                    IHtmlInputElement { Type: "file" } => default,
                    IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false } => default,
                    IHtmlInputElement input => (Field: input.Name!, input.Value),
                    IHtmlSelectElement select => (Field: select.Name!, select.Value ?? ""),
                    _ => default,
                }
            )
            .Where(f => f.Field is not null);
}
