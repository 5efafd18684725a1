using System.Globalization;
using InfantMHWeek.Platform;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;

namespace InfantMHWeek.Events;

/// <summary>The mails to organisers. Each is queued in the transaction of what it tells of. Wordings: <c>content/emails/event-*.md</c>.</summary>
public sealed class EventPost(SiteDb db, Outbox outbox, SiteAddress address, TimeProvider clock)
{
    public void Started(Event e) => Queue("event-started", e, "start");
    public void Received(Event e) => Queue("event-received", e);
    public void Approved(Event e) => Queue("event-approved", e, ("page", address.Of("/events/" + e.Slug)));
    public void Asked(Event e, string words) => Queue("event-asked", e, ("words", words));
    public void Declined(Event e, string words) => Queue("event-declined", e, ("words", words));
    public void Thanks(Event e) => Queue("event-thanks", e);

    void Queue(string kind, Event e, params ReadOnlySpan<(string Name, string Value)> more) => Queue(kind, e, e.Revision.ToString(CultureInfo.InvariantCulture), more);

    /// <param name="step">Names the moment, so that the same is never told twice.</param>
    void Queue(string kind, Event e, string step, params ReadOnlySpan<(string Name, string Value)> more)
    {
        var token = db.NewEventLink(e, mailed: true, clock.GetUtcNow().UtcDateTime);
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["name"] = e.ContactName.Length > 0 ? e.ContactName : "organiser",
            ["event"] = e.Latest.Title.Length > 0 ? e.Latest.Title : "your event",
            ["link"] = address.Of("/events/manage/" + token),
        };
        foreach (var (name, value) in more) values[name] = value;
        outbox.Queue(kind, $"{e.Id:N}:{step}", e.Contact, values);
    }
}
