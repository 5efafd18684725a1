using System.Collections;
using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace InfantMHWeek.Platform.Forms.TagHelpers;

/// <summary>One answer that can be chosen.</summary>
public sealed record Choice(string Value, string Label, string? Hint = null);

/// <summary>
/// Radio buttons, or checkboxes where the property holds several values: <c>&lt;choices for="Nation" label="Where do you work?"
/// options="Nations.All" /&gt;</c>.
/// </summary>
[HtmlTargetElement("choices", TagStructure = TagStructure.WithoutEndTag)]
public sealed class ChoicesTagHelper : FormFieldTagHelper
{
    public IEnumerable<Choice> Options { get; set; } = [];

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Start(output, "fieldset");
        if (DescribedBy() is { } ids)
            output.Attributes.SetAttribute("aria-describedby", ids);
        output.Content.AppendHtml(Words("legend")).AppendHtml(HintAndError());
        var several = For.ModelExplorer.ModelType != typeof(string) && typeof(IEnumerable).IsAssignableFrom(For.ModelExplorer.ModelType);
        var chosen = Chosen(several);
        foreach (var (number, option) in Options.Index())
        {
            // The first one bears the group's id, so that the error summary leads to it.
            var id = number == 0 ? Id : string.Create(CultureInfo.InvariantCulture, $"{Id}-{number}");
            output.Content.AppendHtml(Tick(id, Name, several ? "checkbox" : "radio", option, chosen.Contains(option.Value)));
        }
    }

    HashSet<string> Chosen(bool several)
    {
        if (ViewContext.ModelState.TryGetValue(Name, out var entry) && entry.RawValue is { } raw)
            return Set(raw is string[] many ? many : [entry.AttemptedValue ?? ""]);
        return Set(
            several
                ? ((IEnumerable?)For.Model ?? Array.Empty<string>()).Cast<object>().Select(v => v.ToString()!)
                : [Convert.ToString(For.Model, CultureInfo.InvariantCulture) ?? ""]
        );
    }

    // "True" is how .NET writes what a form calls "true".
    static HashSet<string> Set(IEnumerable<string> values) => new(values, StringComparer.OrdinalIgnoreCase);

    static TagBuilder Tick(string id, string name, string type, Choice option, bool chosen)
    {
        var box = Tag("input");
        box.TagRenderMode = TagRenderMode.SelfClosing;
        box.Attributes["type"] = type;
        box.Attributes["id"] = id;
        box.Attributes["name"] = name;
        box.Attributes["value"] = option.Value;
        if (chosen)
            box.Attributes["checked"] = "checked";
        var label = Tag("label", null, option.Label);
        label.Attributes["for"] = id;
        var line = Tag("div", "choice");
        line.InnerHtml.AppendHtml(box).AppendHtml(label);
        if (option.Hint is null)
            return line;
        var hint = Tag("p", "hint", option.Hint);
        hint.Attributes["id"] = id + "-hint";
        box.Attributes["aria-describedby"] = id + "-hint";
        line.InnerHtml.AppendHtml(hint);
        return line;
    }
}

/// <summary>One box to tick, for a <c>bool</c>.</summary>
[HtmlTargetElement("tick", TagStructure = TagStructure.WithoutEndTag)]
public sealed class TickTagHelper : FormFieldTagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Start(output);
        var box = Control("input", Name, Id);
        box.TagRenderMode = TagRenderMode.SelfClosing;
        box.Attributes["type"] = "checkbox";
        box.Attributes["value"] = "true";
        if (string.Equals(PostedValue(Name, For.Model), "true", StringComparison.OrdinalIgnoreCase))
            box.Attributes["checked"] = "checked";
        var label = Tag("label", null, Label);
        label.Attributes["for"] = Id;
        if (Optional)
            label.InnerHtml.AppendHtml(Tag("span", "small", " (optional)"));
        var line = Tag("div", "choice");
        line.InnerHtml.AppendHtml(box).AppendHtml(label);
        output.Content.AppendHtml(HintAndError()).AppendHtml(line);
    }
}

/// <summary>A list to pick one from: for many options, such as a filter of the staff's lists.</summary>
[HtmlTargetElement("pick", TagStructure = TagStructure.WithoutEndTag)]
public sealed class PickTagHelper : FormFieldTagHelper
{
    public IEnumerable<Choice> Options { get; set; } = [];

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Start(output);
        var list = Control("select", Name, Id);
        var chosen = PostedValue(Name, For.Model) ?? "";
        foreach (var option in Options)
        {
            var line = Tag("option", null, option.Label);
            line.Attributes["value"] = option.Value;
            if (option.Value == chosen)
                line.Attributes["selected"] = "selected";
            list.InnerHtml.AppendHtml(line);
        }
        output.Content.AppendHtml(Words("label")).AppendHtml(HintAndError()).AppendHtml(list);
    }
}
