using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace InfantMHWeek.Platform.Forms.TagHelpers;

/// <summary>Inside a public form: the box that people never see, and the signed time at which the page was opened.</summary>
[HtmlTargetElement("form-guard", TagStructure = TagStructure.WithoutEndTag)]
public sealed class FormGuardTagHelper : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    // A tag helper has to be public, and its constructor with it; the guard is the site's own.
    FormGuard Guard => ViewContext.HttpContext.RequestServices.GetRequiredService<FormGuard>();

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        var seal = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        foreach (
            var (name, value) in new[]
            {
                ("type", "hidden"),
                ("name", FormGuard.SealField),
                ("value", Guard.ProtectFormStamp(ViewContext.HttpContext)),
            }
        )
            seal.Attributes[name] = value;
        output
            .Content.AppendHtml(
                $"<div class=\"trap\" aria-hidden=\"true\"><label>Leave this empty <input name=\"{FormGuard.TrapField}\" "
                    + "tabindex=\"-1\" autocomplete=\"off\"></label></div>"
            )
            .AppendHtml(seal);
    }
}
