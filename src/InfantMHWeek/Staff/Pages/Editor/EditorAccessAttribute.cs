using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Platform.Accounts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace InfantMHWeek.Staff.Pages.Editor;

/// <summary>The editor opens what can be a file of the content, and leaves to publishers what is theirs.</summary>
[AttributeUsage(AttributeTargets.Class)]
sealed class EditorAccessAttribute : Attribute, IPageFilter, IOrderedFilter
{
    /// <summary>Before the form is counted.</summary>
    public int Order => int.MinValue;

    public void OnPageHandlerSelected(PageHandlerSelectedContext context) { }

    public void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (!ContentWriter.IsName(((EditModel)context.HandlerInstance).Named))
            context.Result = new NotFoundResult();
        else if (context.HandlerMethod?.Name is "Publish" or "Plan" or "SendBack" && !context.HttpContext.User.May(StaffRole.Publisher))
            context.Result = new StatusCodeResult(StatusCodes.Status403Forbidden);
    }

    public void OnPageHandlerExecuted(PageHandlerExecutedContext context) { }
}
