using InfantMHWeek.Platform.Places;

namespace InfantMHWeek.Events.Importing;

/// <summary>One event of a list, ready to be kept.</summary>
/// <param name="Said">As its list says it.</param>
/// <param name="Whole">With what staff add, and the place of its postcode.</param>
sealed record ReadyEvent(FileEvent From, EventDetails Said, EventDetails Whole);

/// <summary>Makes whole what a list says of its events, and leaves out what is past.</summary>
sealed class ImportPreparation(PlaceFinder places, TimeProvider clock)
{
    public const string Past = ": it is past, and was left out.";

    public async Task<List<ReadyEvent>> ReadyAsync(FileEvents file, ImportOrder order, List<string> problems, CancellationToken cancel)
    {
        var ready = new List<ReadyEvent>();
        foreach (var one in file.Events)
            if (!IsAhead(one.Details.Schedule))
                problems.Add(one.Where + Past);
            else
                ready.Add(new(one, one.Details, await PlaceAsync(one.Where, Complete(one.Details, order), problems, cancel)));
        return ready;
    }

    public bool IsAhead(Schedule schedule) => schedule.OpenEnded || schedule.All().Any(t => t.EndUtc > clock.GetUtcNow().UtcDateTime);

    static EventDetails Complete(EventDetails details, ImportOrder order) =>
        details with
        {
            Organiser = details.Organiser.Length > 0 ? details.Organiser : order.Organiser,
            Audience = details.Audience == Audience.None ? order.Audience : details.Audience,
            Booking = details.Booking == Booking.NotSaid ? order.Booking : details.Booking,
        };

    async Task<EventDetails> PlaceAsync(string where, EventDetails details, List<string> problems, CancellationToken cancel)
    {
        if (!details.InPerson)
            return details with { Postcode = "" };
        if (Postcode.TryParse(details.Postcode, null, out var postcode) && await places.FindAsync(postcode.ToString(), cancel) is { } place)
            return details with
            {
                Postcode = postcode.ToString(),
                Point = place.Point,
                PointExactness = place.Exactness,
                Region = place.Region,
            };
        problems.Add(
            $"{where}: we do not know its postcode{(details.Postcode.Length > 0 ? " " + EventFile.Short(details.Postcode) : "")}. It is "
                + "there, and needs one before it can be put into the queue."
        );
        return details with { Postcode = "" };
    }
}
