using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace InfantMHWeek.Platform.Forms.TagHelpers;

/// <summary>A question that is answered in several boxes beside each other.</summary>
public abstract class BoxesTagHelper : FormFieldTagHelper
{
    /// <param name="css">The class of the boxes together.</param>
    /// <param name="boxes">The parts of the property by their names, which label them, and what they hold.</param>
    protected void Show(TagHelperOutput output, string css, bool numbers, params IEnumerable<(string Part, string? Held)> boxes)
    {
        Start(output, "fieldset");
        if (DescribedBy() is { } ids)
            output.Attributes.SetAttribute("aria-describedby", ids);
        var all = Tag("div", css);
        // The link of the error summary leads to the first box, which bears the group's own id.
        foreach (var (part, held) in boxes)
            all.InnerHtml.AppendHtml(Box(part, held, all.HasInnerHtml ? $"{Id}-{part.ToLowerInvariant()}" : Id, numbers));
        output.Content.AppendHtml(Words("legend")).AppendHtml(HintAndError()).AppendHtml(all);
    }

    TagBuilder Box(string part, string? held, string id, bool numbers)
    {
        var box = Control("input", $"{Name}.{part}", id, describe: false);
        box.TagRenderMode = TagRenderMode.SelfClosing;
        if (numbers)
        {
            box.AddCssClass("chars-4");
            box.Attributes["inputmode"] = "numeric";
        }
        else
            box.Attributes["type"] = "text";
        box.Attributes["autocomplete"] = "off";
        box.Attributes["value"] = PostedValue($"{Name}.{part}", held) ?? "";
        var label = Tag("label", null, part);
        label.Attributes["for"] = id;
        var both = Tag("div");
        both.InnerHtml.AppendHtml(label).AppendHtml(box);
        return both;
    }
}

/// <summary>A date in three boxes, for a property of type <see cref="DateFields"/>.</summary>
[HtmlTargetElement("date-field", TagStructure = TagStructure.WithoutEndTag)]
public sealed class DateFieldTagHelper : BoxesTagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var held = For.Model as DateFields;
        Show(output, "date-boxes", numbers: true, ("Day", held?.Day), ("Month", held?.Month), ("Year", held?.Year));
    }
}

/// <summary>From when to when in two boxes, for a property of type <see cref="HoursFields"/>.</summary>
[HtmlTargetElement("hours-field", TagStructure = TagStructure.WithoutEndTag)]
public sealed class HoursFieldTagHelper : BoxesTagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var held = For.Model as HoursFields;
        Show(output, "hour-boxes", numbers: false, ("Starts", held?.Starts), ("Ends", held?.Ends));
    }
}
