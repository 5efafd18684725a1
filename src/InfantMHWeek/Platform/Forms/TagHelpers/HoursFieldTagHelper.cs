using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace InfantMHWeek.Platform.Forms.TagHelpers;

/// <summary>From when to when in two boxes, for a property of type <see cref="HoursFields"/>.</summary>
[HtmlTargetElement("hours-field", TagStructure = TagStructure.WithoutEndTag)]
public sealed class HoursFieldTagHelper : FormFieldTagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Start(output, "fieldset");
        // The link of the error summary leads to the first box, which bears the group's own id.
        if (DescribedBy() is { } ids)
            output.Attributes.SetAttribute("aria-describedby", ids);
        var held = For.Model as HoursFields;
        var boxes = Tag("div", "hour-boxes");
        boxes.InnerHtml.AppendHtml(Box("Starts", held?.Starts, Id)).AppendHtml(Box("Ends", held?.Ends, Id + "-ends"));
        output.Content.AppendHtml(Words("legend")).AppendHtml(HintAndError()).AppendHtml(boxes);
    }

    TagBuilder Box(string part, string? held, string id)
    {
        var box = Control("input", $"{Name}.{part}", id, describe: false);
        box.TagRenderMode = TagRenderMode.SelfClosing;
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
