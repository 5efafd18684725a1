using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;

namespace InfantMHWeek.Events.Manage;

[FormPage(byToken: true)]
public sealed class PlaceModel(SiteDb db, PlaceFinder places, OrganiserActions desk) : EventStep(db, desk, "Where it is")
{
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
        var found = ("", (GeoPoint?)null, Region.None);
        if (inPerson)
            found = await FindAsync(cancel);
        return held =>
            held with
            {
                Attendance = attendance,
                Venue = venue,
                Address = address,
                Town = town,
                OnlineLink = link,
                OnlineLinkShown = shownToAll,
                Postcode = found.Item1,
                Point = found.Item2,
                Region = found.Item3,
            };
    }

    async Task<(string Postcode, GeoPoint? Point, Region Region)> FindAsync(CancellationToken cancel)
    {
        if (!Platform.Places.Postcode.TryParse(Postcode, null, out var postcode))
            ModelState.AddModelError(nameof(Postcode), "Enter the whole postcode of the place, like LS1 4AP.");
        else if (await places.FindAsync(postcode.ToString(), cancel) is not { } place)
            ModelState.AddModelError(
                nameof(Postcode),
                $"We don’t know the postcode {postcode}. Please check it; the place must be in the UK."
            );
        else
            return (postcode.ToString(), place.Point, place.Region);
        return ("", null, Region.None);
    }
}
