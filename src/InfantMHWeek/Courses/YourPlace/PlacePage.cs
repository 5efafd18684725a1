using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Courses.Mailing;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Courses.YourPlace;

/// <summary>
/// What the pages behind a place's link have in common: the application that the token opens, or always the same "not found".
/// </summary>
abstract class PlacePage(SiteDb db, TimeProvider clock) : PageModel
{
    protected SiteDb Db => db;
    public DateTime Now => clock.GetUtcNow().UtcDateTime;
    public Application Place { get; private set; } = null!;
    public Cohort Cohort => Place.Cohort;
    public string Token { get; private set; } = "";

    public string At(string page = "") => $"/courses/places/{Token}{(page.Length == 0 ? "" : "/")}{page}";

    [NonHandler]
    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        Token = RouteData.Values["token"] as string ?? "";
        ViewData["Head"] = new PageHead { Title = "Your place", Indexed = false };
        var place = await FindAsync(db, Token, HttpContext.RequestAborted);
        if (place is null)
        {
            context.Result = NotFound();
            return;
        }
        Place = place;
        await next();
    }

    public static async Task<Application?> FindAsync(SiteDb db, string? token, CancellationToken cancel) =>
        await db.OpenedByAsync(token, LinkPurpose.Place, cancel) is { } id
            ? await db.Set<Application>().Include(a => a.Steps).Include(a => a.Cohort.Sessions).FirstOrDefaultAsync(a => a.Id == id, cancel)
            : null;
}
