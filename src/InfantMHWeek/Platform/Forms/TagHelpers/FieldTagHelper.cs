using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace InfantMHWeek.Platform.Forms.TagHelpers;

/// <summary>One line of text: <c>&lt;field for="Email" label="Email address" type="email" autocomplete="email" /&gt;</c>.</summary>
[HtmlTargetElement("field", TagStructure = TagStructure.WithoutEndTag)]
public sealed class FieldTagHelper : FormFieldTagHelper
{
    public string Type { get; set; } = "text";
    public string? Autocomplete { get; set; }
    public string? Inputmode { get; set; }

    /// <summary>About how many characters the answer has; the box is that wide. The whole width when left out.</summary>
    public int? Width { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Start(output);
        var box = Control("input", Name, Id);
        box.TagRenderMode = TagRenderMode.SelfClosing;
        box.Attributes["type"] = Type;
        if (Type != "password")
            box.Attributes["value"] = PostedValue(Name, For.Model) ?? "";
        box.Attributes["autocomplete"] = Autocomplete ?? "off";
        if (Inputmode is not null)
            box.Attributes["inputmode"] = Inputmode;
        if (Type is "email" or "url")
            box.Attributes["spellcheck"] = "false";
        if (Width is { } width)
            box.AddCssClass(
                width switch
                {
                    <= 4 => "chars-4",
                    <= 10 => "chars-10",
                    <= 20 => "chars-20",
                    _ => "chars-30",
                }
            );
        output.Content.AppendHtml(Words("label")).AppendHtml(HintAndError()).AppendHtml(box);
    }
}

/// <summary>Several lines of text. With <c>most</c> it says how many characters may be used; script counts along.</summary>
[HtmlTargetElement("long-field", TagStructure = TagStructure.WithoutEndTag)]
public sealed class LongFieldTagHelper : FormFieldTagHelper
{
    public int Rows { get; set; } = 5;
    public int? Most { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Start(output);
        var box = Control("textarea", Name, Id, more: Most is null ? null : Id + "-count");
        box.Attributes["rows"] = Rows.ToString(CultureInfo.InvariantCulture);
        // A line break first, because a browser drops one.
        box.InnerHtml.Append("\n" + PostedValue(Name, For.Model));
        output.Content.AppendHtml(Words("label")).AppendHtml(HintAndError()).AppendHtml(box);
        if (Most is not { } most)
            return;
        var count = Tag("p", "hint", $"You can write up to {most.ToString("N0", CultureInfo.InvariantCulture)} characters");
        count.Attributes["id"] = Id + "-count";
        count.Attributes["data-count"] = Id;
        count.Attributes["data-most"] = most.ToString(CultureInfo.InvariantCulture);
        output.Content.AppendHtml(count);
    }
}
