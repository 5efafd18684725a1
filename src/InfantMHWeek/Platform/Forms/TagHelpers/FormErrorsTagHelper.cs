using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace InfantMHWeek.Platform.Forms.TagHelpers;

/// <summary>
/// All that is wrong, at the top of the page, each a link to its question; takes the focus without script.
/// Says nothing where nothing is wrong. An error without a field (key "") is told as plain words.
/// </summary>
[HtmlTargetElement("form-errors", TagStructure = TagStructure.WithoutEndTag)]
public sealed class FormErrorsTagHelper : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        // In the order of the page's own properties, which is that of its questions; the model state itself goes by the alphabet.
        var questions = ViewContext.ViewData.Model?.GetType().GetProperties().Select(p => p.Name).ToList() ?? [];
        var wrong = ViewContext
            .ModelState.Where(e => e.Value!.Errors.Count > 0)
            .Select(e => (e.Key, e.Value!.Errors[0].ErrorMessage))
            .OrderBy(e => questions.IndexOf(e.Key.Split('.', '[')[0]))
            .ToList();
        if (wrong.Count == 0)
        {
            output.SuppressOutput();
            return;
        }
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        foreach (
            var (name, value) in new[]
            {
                ("class", "error-summary"),
                ("role", "alert"),
                ("tabindex", "-1"),
                ("autofocus", "autofocus"),
                ("aria-labelledby", "error-title"),
            }
        )
            output.Attributes.SetAttribute(name, value);
        output.Content.AppendHtml("<h2 id=\"error-title\">There is a problem</h2>");
        var list = new TagBuilder("ul");
        foreach (var (key, words) in wrong)
        {
            var line = new TagBuilder("li");
            if (key.Length == 0)
                line.InnerHtml.Append(words);
            else
                line.InnerHtml.AppendHtml(Link(key, words));
            list.InnerHtml.AppendHtml(line);
        }
        output.Content.AppendHtml(list);
    }

    static TagBuilder Link(string key, string words)
    {
        var link = new TagBuilder("a");
        link.Attributes["href"] = "#" + FormFieldTagHelper.IdOf(key);
        link.InnerHtml.Append(words);
        return link;
    }
}
