using InfantMHWeek.Platform.Places;

namespace InfantMHWeek.Services.Importing;

/// <summary>Where the places of listings are that do not say it themselves.</summary>
sealed class ListingPlaces(PlaceFinder places)
{
    /// <summary>Finds where places are that do not say it; then all that a listing says is known.</summary>
    public async Task<SourceRecords> FindAsync(SourceRecords read, CancellationToken cancel)
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
                        listing.Named,
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
}
