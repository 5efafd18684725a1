using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Editing.Drafts;
using InfantMHWeek.Editing.Pictures;
using InfantMHWeek.Editing.Publishing;
using InfantMHWeek.Editing.Registers;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Pages;

/// <summary>The media folder: what is there, where it is shown, and new ones.</summary>
[FormPage, RequestSizeLimit(MostSent), RequestFormLimits(MultipartBodyLengthLimit = MostSent)]
public sealed class PicturesModel(
    SiteDb db,
    SiteStore store,
    PictureStore pictures,
    PageEditor editor,
    PageLibrary library,
    TimeProvider clock
) : PageModel
{
    /// <summary>Above what a picture may have, so that one that is too large is answered with the reason.</summary>
    const int MostSent = 4 * PictureStore.MostBytes;

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
                await RememberAsync(name + ".webp", words, cancel);
                return Redirect(
                    "/staff/pages/pictures?said=" + (await DescribeAsync(name, credit ?? "", cancel) ? "stored" : "undescribed")
                );
            }
            Wrong(
                answer is PictureResult.BadName or PictureResult.Taken ? nameof(Name) : "picture",
                answer switch
                {
                    PictureResult.BadName => "Use small letters, digits and hyphens, such as family-in-park.",
                    PictureResult.Taken => "There is a picture of this name. Tick “Replace” to show the new one everywhere.",
                    PictureResult.TooManyBytes => $"This file is larger than {PictureStore.MostBytes / 1024 / 1024} MB.",
                    PictureResult.TooManyPixels =>
                        "This picture has more pixels than we can take: 40 million in a JPEG, 24 million otherwise. Make it smaller first.",
                    PictureResult.TooThin =>
                        $"This picture is too thin to be seen on a page: its long side may be at most {PictureStore.MostProportion} "
                            + "times its short side. Cut it first.",
                    PictureResult.Broken => "This picture breaks off in the middle or is damaged. Save it again, or choose another copy.",
                    PictureResult.NotAPicture => "This is not a picture that we can read. Use JPEG, PNG, WebP or GIF.",
                    _ => "The picture could not be stored just now. Please try again.",
                }
            );
        }
        await LoadAsync(cancel);
        return Page();
    }

    void Wrong(string field, string words) => ModelState.AddModelError(field, words);

    Task RememberAsync(string file, string words, CancellationToken cancel)
    {
        var (decorative, replaced, who) = (Decorative, Replace, User);
        return store.WriteAsync(
            async db =>
            {
                var known = await db.Set<MediaPicture>().FirstOrDefaultAsync(p => p.File == file, cancel);
                if (known is null)
                    db.Add(
                        known = new()
                        {
                            File = file,
                            Alternative = "",
                            Decorative = false,
                            At = default,
                            Who = "",
                        }
                    );
                (known.Alternative, known.Decorative, known.At, known.Who) = (
                    words,
                    decorative,
                    clock.GetUtcNow().UtcDateTime,
                    who.StaffName()
                );
                db.Record(clock, who, replaced ? "replaced picture" : "added picture", file);
            },
            cancel
        );
    }

    /// <summary>Writes who made it and what matters into the register; the version makes every page that shows it be made anew.</summary>
    async Task<bool> DescribeAsync(string name, string credit, CancellationToken cancel)
    {
        const string register = "pictures.yml";
        try
        {
            for (var tries = 0; tries < 3; tries++)
            {
                var there = await editor.OpenAsync(register, cancel);
                var text = RegisterText.Of(LineEnds.Plain(there?.Text ?? ""));
                string[] order = ["credit", "focus", "version"];
                var described = (text?.Has([name]) == true ? text : text?.WithEntry([name]))
                    ?.With([name, "credit"], credit, order)
                    ?.With([name, "focus"], Focus, order)
                    ?.With(
                        [name, "version"],
                        ContentHash.Of(await System.IO.File.ReadAllBytesAsync(pictures.Find(name)!.FullName, cancel))[..12],
                        order
                    );
                if (described is null)
                    return false;
                var outcome = await editor.PublishAsync(
                    new(register, there?.Hash, described.Text),
                    new(User.StaffId(), User.StaffName()),
                    $"{name}: {(Replace ? "replaced" : "added")}",
                    cancel
                );
                if (outcome.Done)
                    return true;
                if (outcome.Answer is not (PublishStatus.Conflict or PublishStatus.Merged))
                    return false;
            }
        }
        catch (IOException)
        {
            // The register cannot be read: the picture is there, and the page says that it has no description yet.
        }
        return false;
    }

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
        public string Markdown => Described is null ? $"![](/media/{File})" : MarkdownOf(Described);
    }

    public static string MarkdownOf(MediaPicture picture)
    {
        var alternative = picture.Alternative.Replace("[", "\\[", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal);
        return picture.Decorative ? $"![](/media/{picture.File} \"decorative\")" : $"![{alternative}](/media/{picture.File})";
    }
}
