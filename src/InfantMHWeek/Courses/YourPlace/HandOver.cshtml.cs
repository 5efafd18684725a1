using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Places;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;

namespace InfantMHWeek.Courses.YourPlace;

[FormPage(byToken: true), PublicForm("hand over")]
sealed class HandOverModel(SiteDb db, HandOvers handOvers, FormGuard guard, TimeProvider clock) : PlacePage(db, clock)
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? Seen { get; set; }

    [TempData]
    public string? StatusMessage { get; set; }

    public IActionResult OnGet() => Place.HasPlace ? Page() : Redirect(At());

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var name = ModelState.Line(nameof(Name), Name, Application.NameMaxLength, "Enter your colleague’s name.");
        var email = ModelState.Address(nameof(Email), Email, Seen);
        if (email?.Key == Place.AddressKey)
            ModelState.AddModelError(nameof(Email), "This is your own address.");
        if (!ModelState.IsValid)
            return Page();
        if (await guard.RefuseAsync(this, email, cancel) is { } refusal)
            return refusal;
        StatusMessage = await handOvers.OfferAsync(Place.Id, name!, email!, cancel) switch
        {
            RegistrationResult.Done => "We have written to your colleague. The place stays yours until they say yes.",
            RegistrationResult.Waits =>
                "Thank you. We cannot see from the address that your colleague belongs to your organisation, so one of us looks at it "
                    + "first. The place stays yours.",
            _ => "That is no longer possible. This page shows how things stand now.",
        };
        return Redirect(At());
    }
}
