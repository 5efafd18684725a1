using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace InfantMHWeek.Platform.Forms;

/// <summary>
/// A page answers the methods that it has a handler for, and 405 to others: the framework would show it with nothing read, which no page
/// is made for.
/// </summary>
sealed class HandledMethods : IAsyncPageFilter, IOrderedFilter
{
    // Outside all that expects a form to have been looked at.
    public int Order => int.MinValue;

    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (context.HandlerMethod is not null || PublicForms.Reads(context.HttpContext.Request.Method))
            return next();
        var takesForms = context.ActionDescriptor.HandlerMethods.Any(h => HttpMethods.IsPost(h.HttpMethod));
        context.HttpContext.Response.Headers.Allow = takesForms ? "GET, HEAD, POST, OPTIONS" : "GET, HEAD, OPTIONS";
        context.Result = new StatusCodeResult(StatusCodes.Status405MethodNotAllowed);
        return Task.CompletedTask;
    }
}
