using System.Globalization;
using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;

namespace InfantMHWeek.Events.Manage;

[FormPage(byToken: true)]
sealed class PlaceModel(SiteDb db, PlaceFinder places, OrganiserActions desk) : EventStep(db, desk, "Where it is")
{
    /// <summary>A wide district of the Highlands is about so wide.</summary>
    const double MostMilesOff = 25;

    [BindProperty]
    public string? How { get; set; }

    [BindProperty]
    public string? Venue { get; set; }

    [BindProperty]
    public string? Address { get; set; }

    [BindProperty]
    public string? Town { get; set; }

    [BindProperty]
    public string? Postcode { get; set; }

    /// <summary>A map's link or coordinates, from the organiser, for where the postcode is too wide.</summary>
    [BindProperty]
    public string? Pin { get; set; }

    [BindProperty]
    public string? OnlineLink { get; set; }

    [BindProperty]
    public bool OnlineLinkShown { get; set; }

    protected override void Show(EventDetails held)
    {
        How = held.Attendance switch
        {
            Attendance.InPerson => "in-person",
            Attendance.Online => "online",
            Attendance.Both => "both",
            _ => null,
        };
        (Venue, Address, Town, Postcode, OnlineLink, OnlineLinkShown) = (
            held.Venue,
            held.Address,
            held.Town,
            held.Postcode,
            held.OnlineLink,
            held.OnlineLinkShown
        );
        if (held is { PointExactness: Exactness.Pinned, Point: { } point })
            Pin = string.Create(CultureInfo.InvariantCulture, $"{point.Latitude}, {point.Longitude}");
    }

    protected override async Task<Func<EventDetails, EventDetails>> ReadAsync(EventDetails shown, CancellationToken cancel)
    {
        Attendance? attendance = How switch
        {
            "in-person" => Attendance.InPerson,
            "online" => Attendance.Online,
            "both" => Attendance.Both,
            _ => null,
        };
        if (attendance is null)
            ModelState.AddModelError(nameof(How), "Choose how people take part.");
        var inPerson = attendance is Attendance.InPerson or Attendance.Both;
        var online = attendance is Attendance.Online or Attendance.Both;
        var venue = inPerson
            ? Line(nameof(Venue), Venue, EventDetails.MaxLine, "Enter the name of the place, such as a hall or a library.")
            : "";
        var address = inPerson ? Line(nameof(Address), Address, EventDetails.MaxLine) : "";
        var town = inPerson ? Line(nameof(Town), Town, EventDetails.MaxLine, "Enter the town.") : "";
        var (link, shownToAll) = (online ? Link(nameof(OnlineLink), OnlineLink) : "", online && OnlineLinkShown);
        var (postcode, place) = ("", (Place?)null);
        if (inPerson)
            (postcode, place) = await FindAsync(cancel);
        return held =>
            held with
            {
                Attendance = attendance,
                Venue = venue,
                Address = address,
                Town = town,
                OnlineLink = link,
                OnlineLinkShown = shownToAll,
                Postcode = postcode,
                Point = place?.Point,
                PointExactness = place?.Exactness,
                Region = place?.Region ?? Region.None,
            };
    }

    async Task<(string Postcode, Place? Place)> FindAsync(CancellationToken cancel)
    {
        if (!Platform.Places.Postcode.TryParse(Postcode, null, out var postcode))
        {
            ModelState.AddModelError(nameof(Postcode), "Enter the whole postcode of the place, like LS1 4AP.");
            return ("", null);
        }
        if (await places.FindAsync(postcode.ToString(), cancel) is not { } place)
        {
            ModelState.AddModelError(
                nameof(Postcode),
                $"We don’t know the postcode {postcode}. Please check it; the place must be in the UK."
            );
            return ("", null);
        }
        return (postcode.ToString(), string.IsNullOrWhiteSpace(Pin) ? place : Pinned(place, postcode));
    }

    /// <summary>The place where the organiser put the pin, if that is about where the postcode is.</summary>
    Place Pinned(Place place, Postcode postcode)
    {
        var point = Pin!.Length <= MapLink.MaxLength ? MapLink.Read(Pin) : null;
        if (point is null)
            ModelState.AddModelError(
                nameof(Pin),
                "We could not read a place in the UK from this. Copy the long link from the map (open a short one first), or type "
                    + "coordinates like 53.8008, -1.5491."
            );
        else if (point.MilesTo(place.Point) is > MostMilesOff and var miles)
            ModelState.AddModelError(
                nameof(Pin),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"This is about {miles:0} miles from {postcode}. Check the link and the postcode."
                )
            );
        else
            return place with { Point = point, Exactness = Exactness.Pinned };
        return place;
    }
}
