using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Hosting.Caching;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using InfantMHWeek.Services.Finding;
using InfantMHWeek.Services.Publishing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Services.Reading;

/// <summary>One service. What was withdrawn answers 410; what has closed stays and says so.</summary>
[CachedPage(keep: false)]
sealed class ServicePageModel(SiteDb db, IEnumerable<OrganisationLinks> offers, SiteAddress address, PageClock clock) : PageModel
{
    const int MostOthers = 10;

    public PublicService? Service { get; private set; }
    public ServiceDetails Live => Service!.Live;

    /// <summary>Where else to look once it has closed: round the same place, where it had one that is no secret.</summary>
    public string Another =>
        Live.AtAPlace && Live.Places.FirstOrDefault(p => !p.Confidential && p.Postcode.Length > 0) is { } place
            ? "/services?near=" + Uri.EscapeDataString(place.Postcode)
            : "/services";

    /// <summary>What is known of whom and how it helps.</summary>
    public IEnumerable<(string What, string Names)> Said =>
        new[]
        {
            ("Helps with", string.Join(", ", ServiceLabels.NamesOf(Live.Needs))),
            ("For", string.Join(", ", ServiceLabels.NamesOf(Live.Audience).Concat(ServiceLabels.NamesOf(Live.Ages)))),
            ("How", string.Join(", ", ServiceLabels.NamesOf(Live.Ways))),
        }.Where(s => s.Item2.Length > 0);

    /// <summary>What the service did not say, as one line of things to ask about.</summary>
    public string ToAsk =>
        string.Join(
            ", ",
            new[] { (Live.Access == Access.None, "who can refer you"), (Live.Cost == ServiceCost.NotSaid, "what it costs") }
                .Where(w => w.Item1)
                .Select(w => w.Item2)
                .Concat(ServiceLabels.Facts.Where(f => !(Live.Yes | Live.No).HasFlag(f.Value)).Select(f => AsAsked(f.Name)))
        );

    static string AsAsked(string name) =>
        name.StartsWith("British", StringComparison.Ordinal) ? name : char.ToLowerInvariant(name[0]) + name[1..];

    /// <summary>Other services of the same organisation.</summary>
    public IReadOnlyList<PublicService> Others { get; private set; } = [];

    /// <summary>What else the site has of its organisation.</summary>
    public IReadOnlyList<OfferedElsewhere> Elsewhere { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel)
    {
        Service = await db.PublicServiceAsync(slug, cancel);
        if (Service is not { } service)
        {
            if (!await db.Set<FamilyService>().AnyAsync(s => s.Slug == slug && s.WithdrawnAt != null, cancel))
                return NotFound();
            if (await db.JoinedPathAsync(slug, cancel) is { } path)
                return RedirectPermanent(path);
            Response.StatusCode = StatusCodes.Status410Gone;
            ViewData["Head"] = new PageHead { Title = "This service is no longer listed", Indexed = false };
            return Page();
        }
        Others = await OthersAsync(service, cancel);
        Elsewhere = await offers.ElsewhereAsync(
            ServicesOfOrganisation.Feature,
            db,
            await ServicesOfOrganisation.ContactAsync(db, service.Id, cancel),
            Live.Organisation,
            clock.GetUtcNow().UtcDateTime,
            cancel
        );
        ViewData["Head"] = new PageHead
        {
            Title = service.TitleWithState,
            Summary = Live.Summary,
            Path = service.Path,
            SharePicture = service.Path + ".png",
            JsonLd = ServiceJsonLd.Of(service, address),
            Sensitive = true,
            IsListing = true,
            Indexed = !service.Sample && service.ClosedAt is null && service.UnlistedAt is null,
        };
        return Page();
    }

    async Task<IReadOnlyList<PublicService>> OthersAsync(PublicService service, CancellationToken cancel)
    {
        var others = await db.Set<FamilyService>()
            .AsNoTracking()
            .WherePublic()
            .Where(s => s.OrganisationId == service.OrganisationId && s.Id != service.Id && s.ClosedAt == null && s.UnlistedAt == null)
            .OrderBy(s => s.Id)
            .Take(MostOthers)
            .ToListAsync(cancel);
        return [.. others.Select(s => new PublicService(s))];
    }
}
