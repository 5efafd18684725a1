using InfantMHWeek.Platform.Hosting;
using Microsoft.AspNetCore.Mvc.Filters;

namespace InfantMHWeek.Staff.SigningIn;

/// <summary>Put on the pages that use a passkey; everywhere else the browser is told not to.</summary>
[AttributeUsage(AttributeTargets.Class)]
sealed class PasskeyPageAttribute : ResultFilterAttribute
{
    public override void OnResultExecuting(ResultExecutingContext context) => context.HttpContext.Response.AllowPasskeys();
}
