using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Courses.Places;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Courses.Apply;

/// <summary>
/// What the pages of an application have in common: the draft that the address names. A token that opens nothing, for
/// whatever reason, is always the same "not found".
/// </summary>
abstract class DraftPage(SiteDb db) : PageModel
{
    protected SiteDb Db => db;
    public ApplicationDraft Draft { get; private set; } = null!;
    public Cohort Cohort { get; private set; } = null!;
    public ApplicationAnswers Answers { get; private set; } = null!;
    public string Token { get; private set; } = "";

    /// <summary>The address of a page of this application.</summary>
    public string At(string page) => $"/courses/{Cohort.Course}/apply/{Token}/{page}";

    [NonHandler]
    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        Token = RouteData.Values["token"] as string ?? "";
        var slug = RouteData.Values["slug"] as string;
        var draft = await db.OpenedBy<ApplicationDraft>(Token).AsNoTracking().FirstOrDefaultAsync(HttpContext.RequestAborted);
        var cohort = draft is null
            ? null
            : await db.Set<Cohort>()
                .AsNoTracking()
                .Include(c => c.Sessions)
                .SingleAsync(c => c.Id == draft.CohortId, HttpContext.RequestAborted);
        if (draft is null || cohort!.Course != slug)
        {
            context.Result = NotFound();
            return;
        }
        (Draft, Cohort, Answers) = (draft, cohort, draft.Read());
        Title("Apply for the course");
        if (draft.SentAt is not null && this is not SentModel)
            context.Result = Redirect(At("sent"));
        else
            await next();
    }

    protected void Title(string title) => ViewData["Head"] = new PageHead { Title = title, Indexed = false };

    /// <summary>Keeps the answers and goes on: to the next page, or back to the check when nothing is missing.</summary>
    /// <param name="change">Puts the answers of this page among the others, as they are stored at that moment.</param>
    protected async Task<IActionResult> KeepAsync(Func<ApplicationAnswers, ApplicationAnswers> change, string next)
    {
        var drafts = HttpContext.RequestServices.GetRequiredService<ApplicationDrafts>();
        if (await drafts.KeepAsync(Draft.Id, change, HttpContext.RequestAborted) is not { } answers)
            return Redirect(At("sent"));
        return Redirect(
            At(
                CourseLabels.NotThisTime(answers) is not null ? "not-this-time"
                : FirstMissing(answers) is null ? "check"
                : next
            )
        );
    }

    /// <returns>The first page that still has to be answered, or null.</returns>
    public static string? FirstMissing(ApplicationAnswers answers) =>
        answers.Kind is null || answers.Nation is null || answers.WorksWith.Count == 0 ? "about"
        : CourseLabels.NotThisTime(answers) is not null ? "not-this-time"
        : answers.Name is null || answers.Email is null ? "you"
        : answers.Organisation is null ? "organisation"
        : !answers.ColleaguesSeen ? "colleagues"
        : !answers.AccessNeedsSeen ? "needs"
        : null;
}
