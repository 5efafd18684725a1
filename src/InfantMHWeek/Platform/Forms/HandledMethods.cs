using InfantMHWeek.Platform.Hosting;
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
        context.HttpContext.Response.Headers.Allow = OptionsAnswer.MethodsOf(context.ActionDescriptor);
        context.Result = new StatusCodeResult(StatusCodes.Status405MethodNotAllowed);
        return Task.CompletedTask;
    }
}
