using InfantMHWeek.Platform.Hosting;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Platform.Forms;

/// <summary>
/// Put on the model of every page with a form: its answers are never stored by a browser or a proxy, search engines
/// leave it alone, and the layout loads <c>forms.css</c> and <c>forms.js</c>. Razor Pages adds and checks the form token by itself.
/// </summary>
/// <param name="byToken">The address holds a token that acts for a person: it is not told to any page that is opened from here.</param>
[AttributeUsage(AttributeTargets.Class)]
sealed class FormPageAttribute(bool byToken = false) : ResultFilterAttribute, IAsyncPageFilter
{
    /// <summary>Where the layout finds that this is a form page.</summary>
    public const string Key = "FormPage";

    public bool ByToken { get; } = byToken;

    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    /// <summary>
    /// Where the store takes nothing, on a full disk for instance, the form comes back with all that was typed and says so:
    /// an error page would lose it, and nothing may look as if it had been sent. (What fails before or after,
    /// <see cref="StoreOutageResponse"/> answers.)
    /// </summary>
    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var done = await next();
        if (
            done.ExceptionHandled
            || !StoreTrouble.Is(done.Exception)
            || !HttpMethods.IsPost(context.HttpContext.Request.Method)
            || context.HandlerInstance is not PageModel page
        )
            return;
        page.HttpContext.RequestServices.GetRequiredService<ILogger<FormPageAttribute>>()
            .LogError("A form could not be stored: {Problem}", done.Exception!.GetBaseException().GetType().Name);
        StoreOutageResponse.Mark(page.Response);
        var why = StoreTrouble.IsForeign(done.Exception)
            ? "The website is being updated just now, so nothing has been sent."
            : "We could not save this just now, so nothing has been sent. It is not your fault.";
        page.ModelState.AddModelError("", why + " What you typed is still there: please press the button again in a few minutes.");
        (done.ExceptionHandled, done.Result) = (true, new StoreOutageResponse.StoreOutagePageResult(done.Exception));
    }

    public override void OnResultExecuting(ResultExecutingContext context)
    {
        context.HttpContext.Response.Headers.CacheControl = "no-store";
        if (ByToken)
            context.HttpContext.Response.ForHolderOfLink();
        if (context.Controller is PageModel page)
            page.ViewData[Key] = this;
    }
}
