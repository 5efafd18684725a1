using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace InfantMHWeek.Platform.Forms.TagHelpers;

/// <summary>
/// What every question of a form has: a label, a hint, the error beside it, and what was typed before.
/// The tags: <c>&lt;field&gt;</c>, <c>&lt;long-field&gt;</c>, <c>&lt;choices&gt;</c>, <c>&lt;tick&gt;</c>, <c>&lt;pick&gt;</c>,
/// <c>&lt;date-field&gt;</c>, <c>&lt;hours-field&gt;</c>;
/// <c>&lt;form-errors&gt;</c> stands at the top of the page. Give <c>for</c> (a bound property) and <c>label</c>.
/// </summary>
public abstract class FormFieldTagHelper : TagHelper
{
    [HtmlAttributeName("for")]
    public ModelExpression For { get; set; } = null!;
    public string Label { get; set; } = "";
    public string? Hint { get; set; }

    /// <summary>Says "(optional)" after the label.</summary>
    public bool Optional { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    protected string Name => ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name);
    protected string Id => IdOf(Name);
    protected string? Error => ErrorOf(Name);

    internal static string IdOf(string name) => TagBuilder.CreateSanitizedId(name, "_");

    string? ErrorOf(string name) =>
        ViewContext.ModelState.TryGetValue(name, out var entry) && entry.Errors.Count > 0 ? entry.Errors[0].ErrorMessage : null;

    /// <summary>What was sent, as it was typed, and otherwise what the property holds.</summary>
    protected string? PostedValue(string name, object? held) =>
        ViewContext.ModelState.TryGetValue(name, out var entry) && entry.RawValue is not null
            ? entry.AttemptedValue
            : Convert.ToString(held, CultureInfo.InvariantCulture);

    protected static TagBuilder Tag(string name, string? css = null, string? text = null)
    {
        var tag = new TagBuilder(name);
        if (css is not null)
            tag.AddCssClass(css);
        if (text is not null)
            tag.InnerHtml.Append(text);
        return tag;
    }

    protected void Start(TagHelperOutput output, string tag = "div")
    {
        output.TagName = tag;
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Error is null ? "field" : "field wrong");
    }

    protected IHtmlContent Words(string tag)
    {
        var label = Tag(tag, "label", Label);
        if (tag == "label")
            label.Attributes["for"] = Id;
        if (Optional)
            label.InnerHtml.AppendHtml(Tag("span", "small", " (optional)"));
        return label;
    }

    protected IHtmlContent HintAndError()
    {
        var both = new HtmlContentBuilder();
        if (Hint is not null)
        {
            var hint = Tag("p", "hint", Hint);
            hint.Attributes["id"] = Id + "-hint";
            both.AppendHtml(hint);
        }
        if (Error is { } wrong)
        {
            var error = Tag("p", "error");
            error.Attributes["id"] = Id + "-error";
            error.InnerHtml.AppendHtml(Tag("span", "visually-hidden", "Error: ")).Append(wrong);
            both.AppendHtml(error);
        }
        return both;
    }

    protected string? DescribedBy(string? more = null)
    {
        var ids = string.Join(
            ' ',
            new[] { Hint is null ? null : Id + "-hint", Error is null ? null : Id + "-error", more }.OfType<string>()
        );
        return ids.Length == 0 ? null : ids;
    }

    /// <param name="describe">False inside a group, which has its own description.</param>
    protected TagBuilder Control(string tag, string name, string id, bool describe = true, string? more = null)
    {
        var control = Tag(tag);
        control.Attributes["name"] = name;
        control.Attributes["id"] = id;
        if (describe && DescribedBy(more) is { } ids)
            control.Attributes["aria-describedby"] = ids;
        if (Error is not null)
            control.Attributes["aria-invalid"] = "true";
        return control;
    }
}
