using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Platform.Forms;

/// <summary>
/// Put on the model of every page with a form: its answers are never stored by a browser or a proxy, search engines
/// leave it alone, and the layout loads <c>forms.css</c> and <c>forms.js</c>. Razor Pages adds and checks the form token by itself.
/// </summary>
/// <param name="byToken">The address holds a token that acts for a person: it is not told to any page that is opened from here.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class FormPageAttribute(bool byToken = false) : ResultFilterAttribute
{
    /// <summary>Where the layout finds that this is a form page.</summary>
    public const string Key = "FormPage";

    public bool ByToken { get; } = byToken;

    public override void OnResultExecuting(ResultExecutingContext context)
    {
        context.HttpContext.Response.Headers.CacheControl = "no-store";
        if (ByToken) context.HttpContext.Response.Headers["Referrer-Policy"] = "no-referrer";
        if (context.Controller is PageModel page) page.ViewData[Key] = this;
    }
}
