using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Places;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace InfantMHWeek.Courses.Apply;

/// <summary>Mails the link of a draft, a few times at most, so that nobody can be flooded from here.</summary>
[FormPage(byToken: true), PublicForm("later")]
sealed class LaterModel(SiteDb db, ApplicationDrafts drafts, FormGuard guard, IOptions<CourseSettings> settings) : DraftPage(db)
{
    [BindProperty]
    public string? Email { get; set; }

    public bool Mailed => Request.Query.ContainsKey("mailed");
    public int KeptDays => settings.Value.KeepDraftDays;

    public void OnGet()
    {
        Title("Go on later");
        Email = Answers.Email;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Title("Go on later");
        var address = ModelState.Address(nameof(Email), Email, Email?.Trim());
        if (!ModelState.IsValid)
            return Page();
        if (await guard.RefuseAsync(this, address, cancel) is { } refusal)
            return refusal;
        if (await drafts.MailLinkAsync(Draft.Id, Token, address!, cancel) is not RegistrationResult.NotPossible)
            return Redirect(At("later") + "?mailed");
        ModelState.AddModelError(nameof(Email), "We have already sent the link three times. Please look in your junk folder.");
        return Page();
    }
}
