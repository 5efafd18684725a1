using AngleSharp.Html.Dom;

namespace InfantMHWeek.Tests;

/// <summary>Fills in forms as a browser does.</summary>
static class FormPosting
{
    /// <summary>What is typed into a form; a null leaves the field out.</summary>
    public static Dictionary<string, string?> Fields(params (string Name, string? Value)[] fields) =>
        fields.ToDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal);

    /// <summary>
    /// Opens a page, fills in a form of it and sends it, with the token and whatever else the form holds.
    /// </summary>
    /// <param name="fields">What is typed; a null leaves the field out.</param>
    /// <param name="form">Which form, as a CSS selector.</param>
    public static async Task<HttpResponseMessage> Send(
        this HttpClient browser,
        string path,
        IReadOnlyDictionary<string, string?>? fields = null,
        string form = "main form[method=post]"
    )
    {
        using var opened = await browser.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.True(opened.IsSuccessStatusCode, $"{path} answered {(int)opened.StatusCode}");
        var page = await TestSite.Read(opened);
        var found = Assert.IsType<IHtmlFormElement>(page.QuerySelector(form), exactMatch: false);
        return await browser.Send(found, path, fields);
    }

    /// <summary>The same for what is asked about first: looks at what would break, and confirms it.</summary>
    public static async Task<HttpResponseMessage> SendAndConfirm(
        this HttpClient browser,
        string path,
        IReadOnlyDictionary<string, string?>? fields,
        string form
    )
    {
        using var asked = await browser.Send(path, fields, form);
        Assert.Equal(System.Net.HttpStatusCode.OK, asked.StatusCode);
        return await browser.Send(
            Assert.IsType<IHtmlFormElement>((await TestSite.Read(asked)).QuerySelector("#confirm"), exactMatch: false),
            path
        );
    }

    /// <summary>Sends a form of a page that is already open.</summary>
    public static async Task<HttpResponseMessage> Send(
        this HttpClient browser,
        IHtmlFormElement form,
        string path,
        IReadOnlyDictionary<string, string?>? fields = null
    )
    {
        var typed = fields ?? new Dictionary<string, string?>(StringComparer.Ordinal);
        var all = FieldsOf(form)
            .Where(f => !typed.ContainsKey(f.Key))
            .Concat(typed.Where(f => f.Value is not null).Select(f => KeyValuePair.Create(f.Key, f.Value!)));
        using var content = new FormUrlEncodedContent(all);
        var action = form.GetAttribute("action") is { Length: > 0 } written ? written : path;
        return await browser.PostAsync(new Uri(action, UriKind.Relative), content, TestContext.Current.CancellationToken);
    }

    static IEnumerable<KeyValuePair<string, string>> FieldsOf(IHtmlFormElement form)
    {
        foreach (var element in form.Elements)
            switch (element)
            {
                case IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false }
                or IHtmlInputElement { Type: "submit" or "button" or "file" }:
                    break;
                case IHtmlInputElement { Name: { Length: > 0 } name } input:
                    yield return new(name, input.Value);
                    break;
                case IHtmlTextAreaElement { Name: { Length: > 0 } name } area:
                    yield return new(name, area.Value);
                    break;
                case IHtmlSelectElement { Name: { Length: > 0 } name } select:
                    yield return new(name, select.Value ?? "");
                    break;
            }
    }
}
