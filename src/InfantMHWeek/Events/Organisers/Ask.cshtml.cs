using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Pages;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Events.Organisers;

/// <summary>Where an organiser asks for the link to all of theirs. The answer is the same whether the address is known or not.</summary>
[FormPage, PublicForm("organiser")]
sealed class AskModel(FormGuard guard, OrganiserHome home) : PageModel
{
    [BindProperty]
    public string? Email { get; set; }

    public void OnGet() => Head();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Head();
        var address = ModelState.Address(nameof(Email), Email, Email?.Trim());
        if (!ModelState.IsValid)
            return Page();
        if (await guard.RefuseAsync(this, address, cancel) is { } refusal)
            return refusal;
        await home.SendLinkAsync(address!, guard.FormInstanceId(HttpContext) ?? Guid.NewGuid(), cancel);
        return Redirect("/organiser/sent");
    }

    void Head() =>
        ViewData["Head"] = new PageHead
        {
            Title = "Your events and services",
            Path = "/organiser",
            Indexed = false,
        };
}

/// <summary>The answer to every address.</summary>
[FormPage]
sealed class SentModel : PageModel
{
    public void OnGet() =>
        ViewData["Head"] = new PageHead
        {
            Title = "Check your email",
            Path = "/organiser/sent",
            Indexed = false,
        };
}
