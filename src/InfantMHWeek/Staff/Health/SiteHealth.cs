using InfantMHWeek.Platform.Accounts;
using Microsoft.AspNetCore.Mvc;

namespace InfantMHWeek.Staff.Health;

/// <summary>One line on the first page of the staff area, for administrators.</summary>
[ViewComponent(Name = "SiteHealth")]
public sealed class SiteHealth(SiteHealthItems signs) : ViewComponent
{
    public IViewComponentResult Invoke() => UserClaimsPrincipal.May(StaffRole.Administrator) ? View("/Staff/Health/_SiteHealth.cshtml", signs.Read().Count(s => s.ToDo is not null)) : Content("");
}
