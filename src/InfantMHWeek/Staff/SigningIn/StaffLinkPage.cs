using InfantMHWeek.Platform.Accounts.SigningIn;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Staff.SigningIn;

/// <summary>Where a link leads that was mailed to one of the staff. Opening it changes nothing; sending the form uses it up.</summary>
abstract class StaffLinkPage(SiteDb db, StaffLinks links, StaffStage stage) : PageModel
{
    [FromRoute]
    public string Token { get; set; } = "";

    [BindProperty]
    public string? Password { get; set; }

    /// <summary>Null for a link that does not work any more: then the page says so, and nothing is done.</summary>
    public LinkOwner? Owner { get; private set; }

    [NonHandler]
    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        Owner = await links.FindAsync(db, Token, stage, HttpContext.RequestAborted);
        if (Owner is not null)
        {
            await next();
            return;
        }
        Response.StatusCode = StatusCodes.Status404NotFound;
        context.Result = Page();
    }
}
