using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Forms.TagHelpers;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Services.Finding;
using InfantMHWeek.Services.Moderation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Services.Freshness;

/// <summary>Somebody says that something about a service is wrong. One press is enough, and they need not say who they are.</summary>
[FormPage, PublicForm("service-wrong", Timed = false)]
sealed class WrongModel(SiteDb db, SiteStore store, FormGuard guard, TimeProvider clock) : PageModel
{
    public static IEnumerable<Choice> Kinds => ServiceReport.Kinds.Select(k => new Choice(k.Slug, k.Name));

    [BindProperty]
    public string? What { get; set; }

    [BindProperty]
    public string? Words { get; set; }

    public string Name { get; private set; } = "";
    public string Path { get; private set; } = "";
    public bool Sent { get; private set; }

    public async Task<IActionResult> OnGetAsync(string slug, bool sent, CancellationToken cancel)
    {
        Sent = sent;
        if (await FindAsync(slug, cancel) is not { } service)
            return NotFound();
        return service.Slug == slug ? Page() : Redirect("/services/wrong/" + service.Slug);
    }

    public async Task<IActionResult> OnPostAsync(string slug, CancellationToken cancel)
    {
        if (await FindAsync(slug, cancel) is not { } service)
            return NotFound();
        if (!ServiceReport.Kinds.Any(k => k.Slug == What))
            ModelState.AddModelError(nameof(What), "Choose what is wrong.");
        var words = ModelState.Lines(
            nameof(Words),
            Words,
            ServiceReport.MaxWords,
            What is "unsafe" or "other" ? "Tell us in a few words what it is." : null
        );
        if (!ModelState.IsValid)
            return Page();
        if (await guard.RefuseAsync(this, cancel: cancel) is { } refusal)
            return refusal;
        await KeepAsync(service.Id, guard.FormInstanceId(HttpContext), What!, words ?? "", cancel);
        return Redirect($"/services/wrong/{service.Slug}?sent=true");
    }

    /// <summary>The same, sent twice from one opening of the page, is one report; other words are another.</summary>
    Task KeepAsync(Guid id, Guid? form, string what, string words, CancellationToken cancel) =>
        store.WriteAsync(
            async db =>
            {
                if (
                    form is not null
                    && await db.Set<ServiceReport>()
                        .AnyAsync(r => r.Form == form && r.ServiceId == id && r.What == what && r.Words == words, cancel)
                )
                    return;
                db.Set<ServiceReport>()
                    .Add(
                        new()
                        {
                            Id = Guid.CreateVersion7(clock.GetUtcNow()),
                            ServiceId = id,
                            Form = form,
                            At = clock.GetUtcNow().UtcDateTime,
                            What = what,
                            Words = words,
                        }
                    );
            },
            cancel
        );

    /// <summary>The service, or the one that it was joined to meanwhile.</summary>
    async Task<PublicService?> FindAsync(string slug, CancellationToken cancel)
    {
        var service = await db.PublicServiceAsync(slug, cancel)
            ?? (
                await db.JoinedPathAsync(slug, cancel) is { } path ? await db.PublicServiceAsync(path["/services/".Length..], cancel) : null
            );
        if (service is null)
            return null;
        (Name, Path) = (service.Live.Title, service.Path);
        ViewData["Head"] = new PageHead
        {
            Title = "Report a mistake",
            Indexed = false,
            Sensitive = true,
        };
        return service;
    }
}
