using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace InfantMHWeek.Platform.Forms.TagHelpers;

/// <summary>
/// One line of "Check your answers", inside <c>&lt;dl class="answers"&gt;</c>: <c>&lt;answer label="Name" value="@name"
/// change="./you" /&gt;</c>.
/// An empty value reads "Not given"; line breaks are kept.
/// </summary>
[HtmlTargetElement("answer", TagStructure = TagStructure.WithoutEndTag)]
public sealed class AnswerTagHelper : TagHelper
{
    public string Label { get; set; } = "";
    public string? Value { get; set; }

    /// <summary>The address of the page where it can be changed, or null.</summary>
    public string? Change { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Content.AppendHtml(Text("dt", Label)).AppendHtml(Text("dd", string.IsNullOrWhiteSpace(Value) ? "Not given" : Value));
        if (Change is null)
            return;
        var link = Text("a", "Change");
        link.Attributes["href"] = Change;
        var what = Text("span", " " + Label.ToLowerInvariant());
        what.AddCssClass("visually-hidden");
        link.InnerHtml.AppendHtml(what);
        var cell = new TagBuilder("dd");
        cell.AddCssClass("change");
        cell.InnerHtml.AppendHtml(link);
        output.Content.AppendHtml(cell);
    }

    static TagBuilder Text(string tag, string text)
    {
        var element = new TagBuilder(tag);
        element.InnerHtml.Append(text);
        return element;
    }
}

/// <summary>One line of a list of things to do, inside <c>&lt;ul class="tasks"&gt;</c>.</summary>
[HtmlTargetElement("task", TagStructure = TagStructure.WithoutEndTag)]
public sealed class TaskTagHelper : TagHelper
{
    public string Label { get; set; } = "";

    /// <summary>Where it is done; without a link it cannot be begun yet.</summary>
    public string? Href { get; set; }
    public string Status { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "li";
        output.TagMode = TagMode.StartTagAndEndTag;
        var label = new TagBuilder(Href is null ? "span" : "a");
        if (Href is not null)
            label.Attributes["href"] = Href;
        label.InnerHtml.Append(Label);
        var status = new TagBuilder("span");
        status.AddCssClass("small");
        status.InnerHtml.Append(Status);
        output.Content.AppendHtml(label).Append(" ").AppendHtml(status);
    }
}
