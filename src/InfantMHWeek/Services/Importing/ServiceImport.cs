using System.Globalization;
using System.Security.Claims;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Services.Moderation;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Services.Importing;

/// <param name="Same">Nothing new since the last time.</param>
/// <param name="Waiting">Changes at the source that a person decides on: of what has been put right here, or that ask for money.</param>
/// <param name="Kept">Left as they are here: taken over by the service itself, refused or taken away.</param>
/// <param name="Gone">No longer at the source; flagged for staff.</param>
sealed record ImportOutcome(int New, int Changed, int Same, int Waiting, int Kept, int Gone, IReadOnlyList<ImportProblem> Problems)
{
    public int LeftOut => Problems.Where(p => p.LeftOut).Select(p => p.Record).Distinct(StringComparer.Ordinal).Count();

    /// <summary>New ones that look like one here: each waits for a person, who sees both.</summary>
    public IReadOnlyList<ImportLike> Like { get; init; } = [];

    /// <summary>New ones that ask for money or sell something: each waits for a person.</summary>
    public IReadOnlyList<string> AskForMoney { get; init; } = [];

    public bool Refused => New + Changed + Same + Waiting + Kept == 0 && Problems.Count > 0;
}

/// <summary>A new listing that may be of a service which is here already.</summary>
sealed record ImportLike(string Record, LikeService Here);

/// <summary>Who brings something in, and how.</summary>
/// <param name="Staff">Null for a command.</param>
/// <param name="Show">At once; else each waits for an approval.</param>
/// <param name="Part">There is more at the source than this: nothing is taken to be gone.</param>
sealed record ImportOrder(ClaimsPrincipal? Staff, bool Show, bool Part)
{
    public string By => Staff?.StaffName() ?? "The import command";
}

/// <summary>
/// Brings in what a source lists. The same again is nothing new: each is known by its source and the source's id. In small writes, so
/// that nobody waits long, and one that breaks off can be begun again.
/// </summary>
sealed class ServiceImport(SiteStore store, SiteDb db, PlaceFinder places, TimeProvider clock)
{
    const int AtOnce = 100;

    /// <summary>Finds where places are that do not say it; then all that a listing says is known.</summary>
    public async Task<SourceRecords> PlaceAsync(SourceRecords read, CancellationToken cancel)
    {
        var (listings, problems) = (new List<SourceListing>(read.Listings.Count), read.Problems.ToList());
        foreach (var listing in read.Listings)
        {
            var placed = new List<ServicePlace>();
            foreach (var place in listing.Details.Places)
                placed.Add(await PlaceAsync(place, cancel));
            var details = listing.Details with { Places = placed };
            if (placed.Find(p => p.FindableAt() is null) is { } lost)
                problems.Add(
                    new(
                        Named(listing),
                        "postcode",
                        $"We do not know where {RecordFields.Shown(lost.Confidential ? lost.Town : lost.Postcode)} is."
                    )
                );
            else
                listings.Add(
                    listing with
                    {
                        Details = details with { AtSource = details.AtSource! with { Said = details.Fingerprint() } },
                    }
                );
        }
        return read with { Listings = listings, Problems = problems };
    }

    async Task<ServicePlace> PlaceAsync(ServicePlace place, CancellationToken cancel) =>
        place.Confidential || place.Point is not null || await places.FindAsync(place.Postcode, cancel) is not { } found
            ? place
            : place with
            {
                Point = found.Point,
                Region = place.Region == Region.None ? found.Region : place.Region,
            };

    /// <summary>What would happen; nothing is changed.</summary>
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
                sum = Counted(sum, WouldBe(held.GetValueOrDefault(listing.SourceId), listing, order), listing);
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
            sum = happened.Zip(some).Aggregate(sum, (all, one) => Counted(all, one.First, one.Second));
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

    async Task<IReadOnlyList<What>> BringInAsync(
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
        var happened = new List<What>(some.Length);
        foreach (var listing in some)
        {
            if (held.GetValueOrDefault(listing.SourceId) is { } known)
            {
                happened.Add(Follow(known, listing, order, now));
                continue;
            }
            var made = FamilyService.Import(
                listing with
                {
                    Id = taken.Contains(listing.Id) ? Guid.CreateVersion7(now) : listing.Id,
                    // What an organisation of ours looks after is not joined by what another source says is theirs.
                    Organisation = others.Contains(listing.Organisation)
                        ? OpenReferralListing.AsGuid("", $"{source} organisation {listing.Organisation}")
                        : listing.Organisation,
                },
                order.By,
                now
            );
            if (order.Show && !alike.Contains(listing.SourceId) && !ServiceRisks.AsksForMoney(listing.Details))
                made.ShowBroughtIn(order.By, now);
            services.Add(made);
            happened.Add(What.New);
        }
        return happened;
    }

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
                found[listing.SourceId] = new(Named(listing), here);
        return found;
    }

    static string Named(SourceListing listing) => $"{listing.Details.Title} (id {listing.SourceId})";

    static What Follow(FamilyService known, SourceListing listing, ImportOrder order, DateTimeOffset now)
    {
        known.FindAtSource(now);
        var what = WouldBe(known, listing, order);
        if (what is What.Changed or What.Waiting)
            known.FollowSource(listing.Details, order.By, now);
        if (what == What.Changed && order.Show)
            known.ShowBroughtIn(order.By, now);
        return what;
    }

    enum What
    {
        New,
        Changed,
        Same,
        Waiting,
        Kept,
    }

    static What WouldBe(FamilyService? known, SourceListing listing, ImportOrder order) =>
        known is null ? What.New
        : known.Latest.AtSource?.Said == listing.Details.AtSource!.Said ? What.Same
        : !known.ByOthers || known.WithdrawnAt is not null || known.DeclinedAt is not null ? What.Kept
        : order.Show && (!known.AsItsSourceSaid || ServiceRisks.AsksForMoney(listing.Details)) ? What.Waiting
        : What.Changed;

    static ImportOutcome Counted(ImportOutcome sum, What what, SourceListing listing) =>
        what switch
        {
            What.New when ServiceRisks.AsksForMoney(listing.Details) => sum with
            {
                New = sum.New + 1,
                AskForMoney = [.. sum.AskForMoney, Named(listing)],
            },
            What.New => sum with { New = sum.New + 1 },
            What.Changed => sum with { Changed = sum.Changed + 1 },
            What.Same => sum with { Same = sum.Same + 1 },
            What.Waiting => sum with { Waiting = sum.Waiting + 1 },
            _ => sum with { Kept = sum.Kept + 1 },
        };

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
