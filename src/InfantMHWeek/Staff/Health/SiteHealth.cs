using InfantMHWeek.Platform.Accounts;
using Microsoft.AspNetCore.Mvc;

namespace InfantMHWeek.Staff.Health;

/// <summary>One line on the first page of the staff area, for administrators.</summary>
[ViewComponent(Name = "SiteHealth")]
public sealed class SiteHealth(SiteHealthItems signs) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync()
    {
        if (!UserClaimsPrincipal.May(StaffRole.Administrator))
            return Content("");
        var all = await signs.ReadAsync(HttpContext.RequestAborted);
        return View("/Staff/Health/_SiteHealth.cshtml", all.Count(s => s.ToDo is not null));
    }
}
