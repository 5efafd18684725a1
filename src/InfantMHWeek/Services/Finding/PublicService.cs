using InfantMHWeek.Platform.Moderation;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Services.Finding;

/// <summary>
/// A public service as every list, page and interface reads it. Nothing else of a service reaches the public, and of confidential places
/// nothing but the town is in it.
/// </summary>
sealed record PublicService
{
    public PublicService(FamilyService s)
    {
        (Id, OrganisationId, Slug, Live) = (s.Id, s.OrganisationId, s.Slug!, s.Live!.ForPublic());
        (PausedAt, ClosedAt, UnconfirmedAt, UnlistedAt) = (s.PausedAt, s.ClosedAt, s.UnconfirmedAt, s.UnlistedAt);
        (CheckedOn, CheckedBy, UpdatedAt, Sample) = (s.CheckedOn, s.CheckedBy, s.UpdatedAt, s.Sample);
        (Source, SourceLicence) = (s.ClaimedAt is null ? s.Source : null, s.ClaimedAt is null ? s.SourceLicence : null);
    }

    public Guid Id { get; }
    public Guid OrganisationId { get; }
    public string Slug { get; }
    public ServiceDetails Live { get; }
    public DateTime? PausedAt { get; }
    public DateTime? ClosedAt { get; }
    public DateTime? UnconfirmedAt { get; }
    public DateTime? UnlistedAt { get; }
    public DateOnly? CheckedOn { get; }
    public CheckedBy CheckedBy { get; }
    public DateTime UpdatedAt { get; }
    public bool Sample { get; }
    public string? Source { get; }
    public string? SourceLicence { get; }

    public string Path => "/services/" + Slug;

    /// <summary>What everybody should know before they get in touch; null where all is as usual.</summary>
    public string? StateInWords =>
        ClosedAt is not null ? "Closed"
        : PausedAt is not null ? "Closed for now"
        : null;

    public string TitleWithState => StateInWords is { } state ? $"{state}: {Live.Title}" : Live.Title;

    public string Where
    {
        get
        {
            var towns = Live.AtAPlace
                ? Live.Places.Select(p => p.Town).Where(t => t.Length > 0).Distinct(StringComparer.Ordinal).ToList()
                : [];
            var ways = ServiceLabels.NamesOf(Live.Ways & ~Ways.AtAPlace).Select(w => towns.Count > 0 ? w.ToLowerInvariant() : w);
            return string.Join(
                ", ",
                towns.Take(3).Append(towns.Count > 3 ? $"and {towns.Count - 3} more places" : "").Where(t => t.Length > 0).Concat(ways)
            );
        }
    }

    /// <summary>Who listed it, by which licence, and what they want to be shown; null of what the service itself looks after.</summary>
    public string? ListedInWords =>
        Source is null
            ? null
            : string.Join(
                ". ",
                new[] { $"Listed from {Source}{(SourceLicence is { } licence ? $" ({licence})" : "")}", Live.AtSource?.Attribution ?? "" }
                    .Where(w => w.Length > 0)
                    .Select(w => w.TrimEnd('.'))
            ) + ".";

    /// <summary>When somebody last said that it is right, and who.</summary>
    public string CheckedInWords =>
        (CheckedOn, UnconfirmedAt) switch
        {
            _ when Sample => "",
            (null, _) when Source is not null => $"Listed from {Source}; not checked by the service itself",
            (null, _) => "We do not know when this was last checked",
            ({ } day, _) when Source is { } source && CheckedBy == CheckedBy.Source =>
                $"Listed from {source}, which says that it was checked on {day.InWords()}; not checked by the service itself",
            ({ } day, { }) => $"Not confirmed since {day.InWords()}",
            ({ } day, _) => $"Checked on {day.InWords()} by "
                + CheckedBy switch
                {
                    CheckedBy.Service => "the service itself",
                    CheckedBy.Staff => "our staff",
                    _ => Source ?? "whoever listed it first",
                },
        };
}

/// <summary>One line of a list.</summary>
sealed record ServiceRow(PublicService Service, double? Miles)
{
    public string? Distance => Miles is { } miles ? DistanceInWords.Of(miles) : null;

    /// <summary>It is further away than was asked for, and stands here because it is for people of the whole area.</summary>
    public bool CoversYou { get; init; }
}

static class PublicServices
{
    /// <summary>What the public may see: approved, and not withdrawn. Everything public asks through here.</summary>
    public static IQueryable<FamilyService> WherePublic(this IQueryable<FamilyService> services) =>
        services.Where(s => s.ApprovedAt != null && s.WithdrawnAt == null && s.Live != null);

    public static async Task<PublicService?> PublicServiceAsync(this SiteDb db, string slug, CancellationToken cancel) =>
        await db.Set<FamilyService>().AsNoTracking().Where(s => s.Slug == slug).WherePublic().SingleOrDefaultAsync(cancel) is { } service
            ? new(service)
            : null;

    /// <summary>Where an address leads that was joined to another; null where it leads nowhere.</summary>
    public static async Task<string?> JoinedPathAsync(this SiteDb db, string slug, CancellationToken cancel) =>
        await db.Set<FamilyService>().AsNoTracking().SingleOrDefaultAsync(s => s.Slug == slug, cancel) is { } gone
        && await db.JoinedAsync(gone, cancel) is { } joined
            ? "/services/" + joined.Slug
            : null;

    /// <inheritdoc cref="JoinedRows.JoinedAsync"/>
    public static Task<FamilyService?> JoinedAsync(this SiteDb db, FamilyService gone, CancellationToken cancel) =>
        db.Set<FamilyService>().AsNoTracking().JoinedAsync<FamilyService, ServiceDetails>(gone, cancel);

    /// <summary>The lines of what was found, in the same order.</summary>
    public static async Task<IReadOnlyList<ServiceRow>> RowsAsync(
        this SiteDb db,
        IReadOnlyList<FoundService> found,
        CancellationToken cancel
    )
    {
        var ids = found.Select(f => f.ServiceId).ToList();
        var services = await db.Set<FamilyService>()
            .AsNoTracking()
            .Where(s => EF.Parameter(ids).Contains(s.Id))
            .WherePublic()
            .ToDictionaryAsync(s => s.Id, cancel);
        return [.. found.Where(f => services.ContainsKey(f.ServiceId)).Select(f => new ServiceRow(new(services[f.ServiceId]), f.Miles))];
    }
}
