using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Editing.Pictures;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Pictures;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Pages;

/// <summary>The media folder: what is there, where it is shown, and new ones.</summary>
[FormPage, RequestSizeLimit(PictureReader.MostSent), RequestFormLimits(MultipartBodyLengthLimit = PictureReader.MostSent)]
sealed class PicturesModel(SiteDb db, PictureStore pictures, PictureDescriptions descriptions, PageLibrary library) : PageModel
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Alternative { get; set; }

    [BindProperty]
    public bool Decorative { get; set; }

    [BindProperty]
    public string? Credit { get; set; }

    [BindProperty]
    public string Focus { get; set; } = PictureCredits.Places[0];

    [BindProperty]
    public bool Replace { get; set; }

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public string? StatusMessage { get; private set; }

    public Task OnGetAsync(string? said, CancellationToken cancel)
    {
        StatusMessage = said switch
        {
            "stored" => "The picture is there. To show it, press “Picture” in a page’s editor.",
            "undescribed" =>
                "The picture is there, but who made it and what matters in it could not be noted: pictures.yml has a fault, or could "
                    + "not be written.",
            _ => null,
        };
        return LoadAsync(cancel);
    }

    public async Task<IActionResult> OnPostAsync(IFormFile? picture, CancellationToken cancel)
    {
        if (!User.May(StaffRole.Publisher))
            return StatusCode(StatusCodes.Status403Forbidden);
        var (name, words, credit) = ((Name ?? "").Trim(), (Alternative ?? "").Trim(), Credit?.Trim());
        if (picture is null || picture.Length == 0)
            Wrong("picture", "Choose a picture.");
        if (words.Length == 0 && !Decorative)
            Wrong(nameof(Alternative), "Say what the picture shows, or tick that it is decoration.");
        if (words.Length > 0 && Decorative)
            Wrong(nameof(Alternative), "A picture that is decoration has no description: leave one of the two out.");
        if (words.Length > MediaPicture.AlternativeMaxLength)
            Wrong(nameof(Alternative), $"Shorten it to {MediaPicture.AlternativeMaxLength} characters.");
        if (credit?.Length > MediaPicture.CreditMaxLength)
            Wrong(nameof(Credit), $"Shorten it to {MediaPicture.CreditMaxLength} characters.");
        if (!PictureCredits.Places.Contains(Focus, StringComparer.Ordinal))
            Wrong(nameof(Focus), "Choose from the list.");
        if (ModelState.IsValid)
        {
            await using var file = picture!.OpenReadStream();
            var answer = await pictures.StoreAsync(file, name, Replace, cancel);
            if (answer == PictureResult.Stored)
            {
                var said = new PictureDescription(name, words, Decorative, credit ?? "", Focus, Replace);
                return Redirect(
                    "/staff/pages/pictures?said=" + (await descriptions.KeepAsync(said, User, cancel) ? "stored" : "undescribed")
                );
            }
            Wrong(answer.IsAboutName ? nameof(Name) : "picture", answer.Words);
        }
        await LoadAsync(cancel);
        return Page();
    }

    void Wrong(string field, string words) => ModelState.AddModelError(field, words);

    async Task LoadAsync(CancellationToken cancel)
    {
        var known = await db.Set<MediaPicture>().AsNoTracking().ToDictionaryAsync(p => p.File, StringComparer.Ordinal, cancel);
        Rows =
        [
            .. pictures
                .All()
                .Select(f => new Row(
                    f,
                    known.GetValueOrDefault(f),
                    pictures.ShownIn(f),
                    library.Contents.Registers.Pictures.GetValueOrDefault(f[..f.LastIndexOf('.')])
                )),
        ];
    }

    public sealed record Row(string File, MediaPicture? Described, IReadOnlyList<string> ShownIn, PictureCredits? Facts)
    {
        public string Name => File[..File.LastIndexOf('.')];

        /// <summary>What to write in a page to show it.</summary>
        public string Markdown => Described is null ? $"![](/media/{File})" : Described.Markdown;
    }
}
