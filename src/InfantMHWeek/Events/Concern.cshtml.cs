using InfantMHWeek.Events.Finding;
using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Events;

/// <summary>Somebody worries about an event. They need not say who they are.</summary>
[FormPage, PublicForm("concern")]
sealed class ConcernModel(SiteDb db, SiteStore store, FormGuard guard, TimeProvider clock) : PageModel
{
    [BindProperty]
    public string? Words { get; set; }

    public string Name { get; private set; } = "";
    public string Path { get; private set; } = "";
    public bool Sent { get; private set; }

    public async Task<IActionResult> OnGetAsync(string slug, bool sent, CancellationToken cancel)
    {
        Sent = sent;
        return await FindAsync(slug, cancel) is null ? NotFound() : Page();
    }

    public async Task<IActionResult> OnPostAsync(string slug, CancellationToken cancel)
    {
        if (await FindAsync(slug, cancel) is not { } id)
            return NotFound();
        var words = ModelState.Lines(nameof(Words), Words, EventConcern.MaxWords, "Tell us what worries you.");
        if (!ModelState.IsValid)
            return Page();
        if (await guard.RefuseAsync(this, cancel: cancel) is { } refusal)
            return refusal;
        await KeepAsync(id, guard.FormInstanceId(HttpContext), words!, cancel);
        return Redirect($"/events/concern/{slug}?sent=true");
    }

    /// <summary>The same words, sent twice from one opening of the page, are one concern; other words are another.</summary>
    Task KeepAsync(Guid id, Guid? form, string words, CancellationToken cancel) =>
        store.WriteAsync(
            async db =>
            {
                if (
                    form is not null
                    && await db.Set<EventConcern>().AnyAsync(c => c.Form == form && c.EventId == id && c.Words == words, cancel)
                )
                    return;
                db.Set<EventConcern>()
                    .Add(
                        new()
                        {
                            Id = Guid.CreateVersion7(clock.GetUtcNow()),
                            EventId = id,
                            Form = form,
                            At = clock.GetUtcNow().UtcDateTime,
                            Words = words,
                        }
                    );
            },
            cancel
        );

    /// <summary>The event, or the one that it was joined to meanwhile.</summary>
    async Task<Guid?> FindAsync(string slug, CancellationToken cancel)
    {
        var e = await PublicAsync(slug, cancel);
        if (e is null && await db.JoinedPathAsync(slug, cancel) is { } path)
            e = await PublicAsync(path["/events/".Length..], cancel);
        if (e is null)
            return null;
        (Name, Path) = (e.Live.Title, e.Path);
        ViewData["Head"] = new PageHead { Title = "Report a concern about an event", Indexed = false };
        return e.Id;
    }

    Task<PublicEvent?> PublicAsync(string slug, CancellationToken cancel) =>
        db.Set<Event>().AsNoTracking().Where(e => e.Slug == slug).AsPublic().SingleOrDefaultAsync(cancel);
}
