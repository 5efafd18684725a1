using System.Security.Claims;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Events.Importing;

/// <summary>What staff add to every event of a file that does not say it.</summary>
public sealed record ImportDefaults(EmailAddress Contact, string ContactName, string Organiser, Audience Audience, Booking Booking);

/// <param name="Already">Left out because the same partner's event of that name and day is there.</param>
public sealed record ImportResult(int Brought, int Already, IReadOnlyList<string> Problems);

/// <summary>Brings a partner's file in as drafts. Nobody but staff sees them, and each still needs somebody's approval.</summary>
public sealed class EventImport(SiteStore store, PlaceFinder places, TimeProvider clock)
{
    const int MostOfOnePartner = 2000;

    public async Task<ImportResult> BringInAsync(
        ReadOnlyMemory<byte> file,
        ImportDefaults defaults,
        ClaimsPrincipal staff,
        CancellationToken cancel
    )
    {
        var read = EventFile.Read(file.Span);
        var (problems, ready) = (read.Problems.ToList(), new List<EventDetails>());
        foreach (var (where, details) in read.Events)
        {
            if (details.Schedule.All().All(t => t.EndUtc < clock.GetUtcNow().UtcDateTime))
                problems.Add($"{where}: it is past, and was left out.");
            else
                ready.Add(await PlaceAsync(where, Complete(details, defaults), problems, cancel));
        }
        if (ready.Count == 0)
            return new(0, 0, problems);

        var brought = await store.WriteAsync(
            async db =>
            {
                var earlier = await db.Set<Event>()
                    .AsNoTracking()
                    .Where(e => e.Contact == defaults.Contact && e.WithdrawnAt == null)
                    .OrderByDescending(e => e.Id)
                    .Take(MostOfOnePartner)
                    .ToListAsync(cancel);
                var known = earlier.Select(e => KeyOf(e.Latest)).ToHashSet();
                var added = 0;
                foreach (var details in ready.Where(d => known.Add(KeyOf(d))))
                {
                    var e = Event.Import(defaults.Contact, details, staff.StaffName(), clock.GetUtcNow());
                    e.ContactName = defaults.ContactName;
                    db.Set<Event>().Add(e);
                    added++;
                }
                db.Record(clock, staff, $"brought in {added} events from a file");
                return added;
            },
            cancel
        );
        return new(brought, ready.Count - brought, problems);
    }

    static EventDetails Complete(EventDetails details, ImportDefaults defaults) =>
        details with
        {
            Organiser = details.Organiser.Length > 0 ? details.Organiser : defaults.Organiser,
            Audience = details.Audience == Audience.None ? defaults.Audience : details.Audience,
            Booking = details.Booking == Booking.NotSaid ? defaults.Booking : details.Booking,
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

    static (string, DateTime) KeyOf(EventDetails details) => (details.Title, details.Schedule.All().FirstOrDefault()?.StartUtc ?? default);
}
