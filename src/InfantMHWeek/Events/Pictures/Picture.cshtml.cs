using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Pictures;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Events.Pictures;

/// <summary>
/// The picture of an event. One that was taken is kept while its words are asked for again, as a browser forgets a chosen file.
/// </summary>
[FormPage(byToken: true), RequestSizeLimit(PictureReader.MostSent), RequestFormLimits(MultipartBodyLengthLimit = PictureReader.MostSent)]
sealed class PictureModel(SiteDb db, PictureActions desk) : PageModel
{
    [BindProperty]
    public string? Alternative { get; set; }

    [BindProperty]
    public bool Agreed { get; set; }

    /// <summary>The picture that was taken when its words were not yet right.</summary>
    [BindProperty]
    public string? Brought { get; set; }

    [BindProperty]
    public string? Do { get; set; }

    public Event Event { get; private set; } = null!;
    public string Token { get; private set; } = "";

    /// <summary>The picture that is there, or has just been taken.</summary>
    public PictureDetails? Kept { get; private set; }

    /// <summary>What is wrong with the file.</summary>
    public string Wrong => ModelState["File"]?.Errors.FirstOrDefault()?.ErrorMessage ?? "";
    public string StateInWords =>
        Kept?.Id != Event.Latest.Picture?.Id ? "Nobody else sees it yet: please complete what is asked below."
        : Kept?.Id == Event.Live?.Picture?.Id ? "It is on the website."
        : "Nobody else sees it until a person has looked at it.";

    public string FileOf(Guid picture) => $"/events/manage/{Token}/picture?handler=file&id={picture:N}";

    public async Task<IActionResult> OnGetAsync(string token, CancellationToken cancel)
    {
        if (await OpenAsync(token, cancel) is null)
            return this.Unopened(token);
        Alternative = Kept?.Alternative;
        return Page();
    }

    /// <summary>The picture itself, for whoever may look after the event.</summary>
    public async Task<IActionResult> OnGetFileAsync(string token, Guid id, CancellationToken cancel)
    {
        if (await OpenAsync(token, cancel) is null || await db.BytesAsync(Event.Id, id, small: false, cancel) is not { } bytes)
            return NotFound();
        Response.Headers.CacheControl = "no-store";
        return File(bytes, "image/webp");
    }

    public async Task<IActionResult> OnPostAsync(string token, IFormFile? file, CancellationToken cancel)
    {
        if (await OpenAsync(token, cancel) is not { } key)
            return this.Unopened(token);
        var back = Redirect("/events/manage/" + Token);
        if (Do == "remove")
            return await desk.RemoveAsync(key, cancel) ? back : this.Unopened(token);
        await TakeAsync(file, cancel);
        var words = ModelState.ShownText(
            nameof(Alternative),
            Alternative,
            PictureDetails.MaxAlternative,
            "Say in a few words what the picture shows."
        );
        if (!Agreed)
            ModelState.AddModelError(nameof(Agreed), "Please tick this. If you are not sure, choose a picture without children.");
        if (!ModelState.IsValid || Kept is null)
            return Page();
        if (await desk.ShowAsync(key, Kept.Id, words, cancel))
            return back;
        Kept = null;
        ModelState.AddModelError("File", "This picture is no longer here. Please choose it again.");
        return Page();
    }

    async Task TakeAsync(IFormFile? file, CancellationToken cancel)
    {
        if (
            Guid.TryParseExact(Brought, "N", out var brought)
            && await db.Set<EventPicture>()
                .Where(p => p.Id == brought && p.EventId == Event.Id)
                .Select(p => new PictureDetails(p.Id, p.Width, p.Height, ""))
                .SingleOrDefaultAsync(cancel)
                is { } before
        )
            Kept = before;
        if (file is { Length: > 0 })
        {
            await using var stream = file.OpenReadStream();
            var (picture, problem) = await desk.BringAsync(Event.Id, stream, cancel);
            Kept = picture ?? Kept;
            if (problem is not null)
                ModelState.AddModelError("File", problem);
        }
        else if (Kept is null)
            ModelState.AddModelError("File", "Choose a picture.");
        ModelState.Remove(nameof(Brought));
    }

    async Task<ManageLinkAccess?> OpenAsync(string token, CancellationToken cancel)
    {
        if (
            await HttpContext.ActingKeyAsync(token, StaffRole.Events) is not { } key
            || await db.OpenEventAsync(key, cancel) is not { Event: { WithdrawnAt: null } e }
        )
            return null;
        (Event, Token, Kept) = (e, token, e.Latest.Picture);
        ViewData["Head"] = new PageHead { Title = "A picture of your event", Indexed = false };
        return key;
    }
}
