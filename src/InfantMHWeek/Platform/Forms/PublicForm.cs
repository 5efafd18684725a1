using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Platform.Forms;

/// <summary>
/// Put on the model of every page whose form anybody can send: <see cref="FormGuard"/> counts it under this name, and the page must
/// ask it before it does anything (<c>&lt;form-guard /&gt;</c> inside the form, <c>guard.RefuseAsync(this, …)</c> in the handler).
/// Without it such a page does not open at all (<see cref="PublicForms"/>).
/// </summary>
/// <param name="name">The form; each has budgets of its own.</param>
[AttributeUsage(AttributeTargets.Class)]
sealed class PublicFormAttribute(string name) : Attribute, IAsyncPageFilter, IOrderedFilter
{
    public string Name { get; } = name;

    /// <summary>How many at once from one network; by the settings when 0.</summary>
    public int AtOnce { get; init; }

    /// <summary>After that, one more each time so many seconds have passed; by the settings when 0.</summary>
    public int SecondsPerForm { get; init; }

    /// <summary>Whether a person needs some seconds for it; false where there is only a button to press.</summary>
    public bool Timed { get; init; } = true;

    // Inside FormPage, which keeps what was typed when the store is away.
    int IOrderedFilter.Order => 10;

    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var done = await next();
        if (done.Exception is not null || PublicForms.Reads(context.HttpContext.Request.Method) || FormGuard.WasAsked(context.HttpContext))
            return;
        if (done.Result is NotFoundResult || (done.Result is null or PageResult && !context.ModelState.IsValid))
            return;
        throw new InvalidOperationException($"{context.ActionDescriptor.DisplayName} took a form without asking the guard.");
    }
}

/// <summary>Declares that a form which anybody can send is guarded by something else.</summary>
/// <param name="what">By what: the token in its address, the budgets of signing in.</param>
[AttributeUsage(AttributeTargets.Class)]
sealed class GuardedByAttribute(string what) : Attribute
{
    public string What { get; } = what;
}
