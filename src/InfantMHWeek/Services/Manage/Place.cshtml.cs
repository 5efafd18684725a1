using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Services.Moderation;
using Microsoft.AspNetCore.Mvc;

namespace InfantMHWeek.Services.Manage;

/// <summary>One place of a service; a new one where none is named.</summary>
[FormPage(byToken: true)]
sealed class PlaceModel(SiteDb db, PlaceFinder places, ServiceActions desk) : ServicePart(db, desk, "A place")
{
    [FromQuery(Name = "place")]
    public Guid? Asked { get; set; }

    [BindProperty]
    public Guid Place { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Address { get; set; }

    [BindProperty]
    public string? Town { get; set; }

    [BindProperty]
    public string? Postcode { get; set; }

    [BindProperty]
    public bool Secret { get; set; }

    [BindProperty]
    public bool Remove { get; set; }

    protected override void Show(ServiceDetails held)
    {
        var place = held.Places.FirstOrDefault(p => p.Id == Asked);
        // A new place has its name from when the page was opened: sent twice, it is one place.
        Place = place?.Id ?? Guid.NewGuid();
        if (place is not null)
            (Name, Address, Town, Postcode, Secret) = (place.Name, place.Address, place.Town, place.Postcode, place.Confidential);
    }

    protected override async Task<Func<ServiceDetails, ServiceDetails>> ReadAsync(ServiceDetails shown, CancellationToken cancel)
    {
        var id = Place;
        if (Remove)
            return held => held with { Places = [.. held.Places.Where(p => p.Id != id)] };
        if (id == Guid.Empty)
            ModelState.AddModelError("", "Please open this page again.");
        if (shown.Places.Count >= ServiceDetails.MostPlaces && !shown.Places.Any(p => p.Id == id))
            ModelState.AddModelError("", $"A service can have at most {ServiceDetails.MostPlaces} places.");
        var (name, address, town) = (
            Line(nameof(Name), Name, ServiceDetails.MaxLine),
            Line(nameof(Address), Address, ServiceDetails.MaxLine),
            Line(nameof(Town), Town, ServiceDetails.MaxLine, "Enter the town.")
        );
        Place? found = null;
        if (!Platform.Places.Postcode.TryParse(Postcode, null, out var postcode))
            ModelState.AddModelError(nameof(Postcode), "Enter the whole postcode of the place, like LS1 4AP.");
        else if ((found = await places.FindAsync(postcode.ToString(), cancel)) is null)
            ModelState.AddModelError(
                nameof(Postcode),
                $"We don’t know the postcode {postcode}. Please check it; the place must be in the UK."
            );
        if (!ModelState.IsValid)
            return held => held;
        // Where a secret place is on the map is not even kept.
        var made = new ServicePlace(id, name, address, town, postcode!.ToString(), Secret ? null : found!.Point, found!.Region, Secret);
        return held =>
            held with
            {
                Places = held.Places.Any(p => p.Id == id) ? [.. held.Places.Select(p => p.Id == id ? made : p)] : [.. held.Places, made],
            };
    }

    protected override string Next => Back + "/where";
}
