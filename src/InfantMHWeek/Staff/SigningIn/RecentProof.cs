using InfantMHWeek.Platform.Accounts.SigningIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace InfantMHWeek.Staff.SigningIn;

/// <summary>Put on the pages that change how somebody signs in: whoever finds a browser open is asked again who they are.</summary>
[AttributeUsage(AttributeTargets.Class)]
sealed class RecentProofAttribute : Attribute, IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (context.HttpContext.User.HasClaim(c => c.Type == StaffSessions.ProvenClaim))
            return next();
        context.Result = new RedirectResult(ReturnUrl.Keep("/staff/confirm", context.HttpContext.Request.Path));
        return Task.CompletedTask;
    }
}
