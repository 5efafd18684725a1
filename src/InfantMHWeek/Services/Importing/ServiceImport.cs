using System.Globalization;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Services.Moderation;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Services.Importing;

/// <summary>
/// Brings in what a source lists. The same again is nothing new: each is known by its source and the source's id. In small writes, so
/// that nobody waits long, and one that breaks off can be begun again.
/// </summary>
sealed class ServiceImport(SiteStore store, SiteDb db, TimeProvider clock)
{
    const int AtOnce = 100;

    /// <summary>ImportDecision would happen; nothing is changed.</summary>
    public async Task<ImportOutcome> LookAsync(SourceRecords read, string source, ImportOrder order, CancellationToken cancel)
    {
        var (sum, like) = (new ImportOutcome(0, 0, 0, 0, 0, 0, read.Problems), await LikeAsync(read, source, cancel));
        foreach (var some in read.Listings.Chunk(AtOnce))
        {
            var ids = some.Select(l => l.SourceId).ToList();
            var held = await db.Set<FamilyService>()
                .AsNoTracking()
                .Where(s => s.Source == source && EF.Parameter(ids).Contains(s.SourceId!))
                .ToDictionaryAsync(s => s.SourceId!, StringComparer.Ordinal, cancel);
            foreach (var listing in some)
                sum = sum.With(ImportDecisions.Of(held.GetValueOrDefault(listing.SourceId), listing, order), listing);
        }
        return sum with { Gone = MayBeGone(read, order) ? (await GoneAsync(db, read, source, cancel)).Count : 0, Like = [.. like.Values] };
    }

    /// <param name="says">Hears how far it is.</param>
    public async Task<ImportOutcome> BringInAsync(
        SourceRecords read,
        string source,
        ImportOrder order,
        Action<string> says,
        CancellationToken cancel
    )
    {
        var (sum, done) = (new ImportOutcome(0, 0, 0, 0, 0, 0, read.Problems), 0);
        var like = await LikeAsync(read, source, cancel);
        var alike = like.Keys.ToHashSet(StringComparer.Ordinal);
        sum = sum with { Like = [.. like.Values] };
        foreach (var some in read.Listings.Chunk(AtOnce))
        {
            var happened = await store.WriteAsync(inside => BringInAsync(inside, some, source, order, alike, cancel), cancel);
            sum = happened.Zip(some).Aggregate(sum, (all, one) => all.With(one.First, one.Second));
            if ((done += some.Length) % 1000 == 0)
                says(string.Create(CultureInfo.InvariantCulture, $"{done:N0} of {read.Listings.Count:N0}"));
        }
        if (read.Listings.Count == 0)
            return sum;
        var gone = await store.WriteAsync(
            async inside =>
            {
                var ids = MayBeGone(read, order) ? await GoneAsync(inside, read, source, cancel) : [];
                var services = await inside.Set<FamilyService>().Where(s => EF.Parameter(ids).Contains(s.Id)).ToListAsync(cancel);
                var count = services.Count(s => s.MissAtSource(clock.GetUtcNow()));
                var words = string.Create(CultureInfo.InvariantCulture, $"brought in {sum.New} new and {sum.Changed} changed services");
                if (order.Staff is { } staff)
                    inside.Record(clock, staff, words);
                else
                    inside.RecordBySite(clock, words);
                return count;
            },
            cancel
        );
        return sum with { Gone = gone };
    }

    async Task<IReadOnlyList<ImportDecision>> BringInAsync(
        SiteDb inside,
        SourceListing[] some,
        string source,
        ImportOrder order,
        HashSet<string> alike,
        CancellationToken cancel
    )
    {
        var (ids, guids, organisations, now) = (
            some.Select(l => l.SourceId).ToList(),
            some.Select(l => l.Id).ToList(),
            some.Select(l => l.Organisation).Distinct().ToList(),
            clock.GetUtcNow()
        );
        var services = inside.Set<FamilyService>();
        var held = await services
            .Include(s => s.Points)
            .Where(s => s.Source == source && EF.Parameter(ids).Contains(s.SourceId!))
            .ToDictionaryAsync(s => s.SourceId!, StringComparer.Ordinal, cancel);
        var taken = await services.Where(s => EF.Parameter(guids).Contains(s.Id)).Select(s => s.Id).ToListAsync(cancel);
        var others = await services
            .Where(s => EF.Parameter(organisations).Contains(s.OrganisationId) && s.Source != source)
            .Select(s => s.OrganisationId)
            .Distinct()
            .ToListAsync(cancel);
        var happened = new List<ImportDecision>(some.Length);
        foreach (var listing in some)
        {
            if (held.GetValueOrDefault(listing.SourceId) is { } known)
            {
                happened.Add(ImportDecisions.Follow(known, listing, order, now));
                continue;
            }
            var made = Made(listing, order, taken, others, now);
            if (order.Show && !alike.Contains(listing.SourceId) && !ServiceRisks.AsksForMoney(listing.Details))
                made.ShowBroughtIn(order.By, now);
            services.Add(made);
            happened.Add(ImportDecision.New);
        }
        return happened;
    }

    static FamilyService Made(SourceListing listing, ImportOrder order, List<Guid> taken, List<Guid> others, DateTimeOffset now) =>
        FamilyService.Import(
            listing with
            {
                Id = taken.Contains(listing.Id) ? Guid.CreateVersion7(now) : listing.Id,
                // What an organisation of ours looks after is not joined by what another source says is theirs.
                Organisation = others.Contains(listing.Organisation)
                    ? SourceIds.AsGuid("", $"{listing.Source} organisation {listing.Organisation}")
                    : listing.Organisation,
            },
            order.By,
            now
        );

    /// <summary>By the id at the source, those that are not here yet and look like one of somebody else that is.</summary>
    async Task<Dictionary<string, ImportLike>> LikeAsync(SourceRecords read, string source, CancellationToken cancel)
    {
        var found = new Dictionary<string, ImportLike>(StringComparer.Ordinal);
        if (read.Listings.Count == 0)
            return found;
        var index = await ServiceDuplicates.LoadAsync(db, cancel, source);
        var held = await db.Set<FamilyService>().Where(s => s.Source == source).Select(s => s.SourceId!).ToListAsync(cancel);
        var known = held.ToHashSet(StringComparer.Ordinal);
        foreach (var listing in read.Listings.Where(l => !known.Contains(l.SourceId)))
            if (index.Like(listing.Id, listing.Details) is [var here, ..])
                found[listing.SourceId] = new(listing.Named, here);
        return found;
    }

    /// <summary>A file in which nothing could be read says nothing of what the source has.</summary>
    static bool MayBeGone(SourceRecords read, ImportOrder order) => !order.Part && read.Whole && read.Listings.Count > 0;

    static async Task<List<Guid>> GoneAsync(SiteDb db, SourceRecords read, string source, CancellationToken cancel)
    {
        var held = await db.Set<FamilyService>()
            .Where(s => s.Source == source && s.GoneAtSourceAt == null && s.WithdrawnAt == null)
            .Select(s => new { s.Id, s.SourceId })
            .ToListAsync(cancel);
        return [.. held.Where(h => !read.Ids.Contains(h.SourceId!)).Select(h => h.Id)];
    }
}
