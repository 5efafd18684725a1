using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Pages;

/// <summary>The media folder: what is there, where it is shown, and new ones.</summary>
[FormPage, RequestSizeLimit(PictureStore.MostBytes + 64 * 1024), RequestFormLimits(MultipartBodyLengthLimit = PictureStore.MostBytes + 64 * 1024)]
public sealed class PicturesModel(SiteDb db, PictureStore pictures, TimeProvider clock) : PageModel
{
    [BindProperty] public string? Name { get; set; }
    [BindProperty] public string? Alternative { get; set; }
    [BindProperty] public bool Decorative { get; set; }
    [BindProperty] public string? Credit { get; set; }
    [BindProperty] public int FocusX { get; set; } = 50;
    [BindProperty] public int FocusY { get; set; } = 50;
    [BindProperty] public bool Replace { get; set; }

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public Task OnGetAsync(CancellationToken cancel) => LoadAsync(cancel);

    public async Task<IActionResult> OnPostAsync(IFormFile? picture, CancellationToken cancel)
    {
        if (!User.May(StaffRole.Publisher)) return StatusCode(StatusCodes.Status403Forbidden);
        var (name, words, credit) = ((Name ?? "").Trim(), (Alternative ?? "").Trim(), Credit?.Trim());
        if (picture is null || picture.Length == 0) Wrong("picture", "Choose a picture.");
        if (words.Length == 0 && !Decorative) Wrong(nameof(Alternative), "Say what the picture shows, or tick that it is decoration.");
        if (words.Length > 0 && Decorative) Wrong(nameof(Alternative), "A picture that is decoration has no description: leave one of the two out.");
        if (words.Length > MediaPicture.AlternativeMaxLength) Wrong(nameof(Alternative), $"Shorten it to {MediaPicture.AlternativeMaxLength} characters.");
        if (credit?.Length > MediaPicture.CreditMaxLength) Wrong(nameof(Credit), $"Shorten it to {MediaPicture.CreditMaxLength} characters.");
        if (FocusX is < 0 or > 100) Wrong(nameof(FocusX), "Write a number from 0 to 100.");
        if (FocusY is < 0 or > 100) Wrong(nameof(FocusY), "Write a number from 0 to 100.");
        if (ModelState.IsValid)
        {
            await using var file = picture!.OpenReadStream();
            var answer = await pictures.StoreAsync(file, name, Replace, cancel);
            if (answer == PictureAnswer.Stored)
            {
                await RememberAsync(name + ".webp", words, credit, cancel);
                return Redirect("/staff/pages/pictures");
            }
            Wrong(answer is PictureAnswer.BadName or PictureAnswer.Taken ? nameof(Name) : "picture", answer switch
            {
                PictureAnswer.BadName => "Use small letters, digits and hyphens, such as family-in-park.",
                PictureAnswer.Taken => "There is a picture of this name. Tick “Replace” to show the new one everywhere.",
                PictureAnswer.TooManyBytes => $"This file is larger than {PictureStore.MostBytes / 1024 / 1024} MB.",
                PictureAnswer.TooManyPixels => "This picture has more than 40 million pixels. Make it smaller first.",
                PictureAnswer.NotAPicture => "This is not a picture that we can read. Use JPEG, PNG, WebP or GIF.",
                _ => "The picture could not be stored just now. Please try again.",
            });
        }
        await LoadAsync(cancel);
        return Page();
    }

    void Wrong(string field, string words) => ModelState.AddModelError(field, words);

    async Task RememberAsync(string file, string words, string? credit, CancellationToken cancel)
    {
        var known = await db.Set<MediaPicture>().FirstOrDefaultAsync(p => p.File == file, cancel);
        if (known is null) db.Add(known = new() { File = file, Alternative = "", Decorative = false, FocusX = 50, FocusY = 50, At = default, Who = "" });
        (known.Alternative, known.Decorative, known.Credit) = (words, Decorative, string.IsNullOrEmpty(credit) ? null : credit);
        (known.FocusX, known.FocusY, known.At, known.Who) = (FocusX, FocusY, clock.GetUtcNow().UtcDateTime, User.StaffName());
        db.Record(clock, User, Replace ? "replaced picture" : "added picture", file);
        await db.SaveChangesAsync(cancel);
    }

    async Task LoadAsync(CancellationToken cancel)
    {
        var known = await db.Set<MediaPicture>().AsNoTracking().ToDictionaryAsync(p => p.File, StringComparer.Ordinal, cancel);
        Rows = [.. pictures.All().Select(f => new Row(f, known.GetValueOrDefault(f), pictures.ShownIn(f)))];
    }

    public sealed record Row(string File, MediaPicture? Said, IReadOnlyList<string> ShownIn)
    {
        /// <summary>What to write in a page to show it.</summary>
        public string Markdown => Said is null ? $"![](/media/{File})" : MarkdownOf(Said);
    }

    public static string MarkdownOf(MediaPicture picture) =>
        picture.Decorative ? $"![](/media/{picture.File} \"decorative\")" : $"![{picture.Alternative.Replace("[", "\\[", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal)}](/media/{picture.File})";
}
