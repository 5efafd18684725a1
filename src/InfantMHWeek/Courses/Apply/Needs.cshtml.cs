using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;

namespace InfantMHWeek.Courses.Apply;

[FormPage(byToken: true)]
sealed class NeedsModel(SiteDb db) : DraftPage(db)
{
    [BindProperty]
    public string? Text { get; set; }

    public void OnGet() => Text = Answers.AccessNeeds;

    public async Task<IActionResult> OnPostAsync()
    {
        var text = ModelState.Lines(nameof(Text), Text, AccessNeeds.TextMaxLength);
        return ModelState.IsValid
            ? await KeepAsync(answers => answers with { AccessNeeds = text, AccessNeedsSeen = true }, "check")
            : Page();
    }
}
