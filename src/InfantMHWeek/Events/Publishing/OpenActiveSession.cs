using System.Globalization;
using System.Text.Json.Nodes;
using InfantMHWeek.Events.Finding;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Events.Publishing;

/// <summary>
/// An event as OpenActive models it (Modelling Opportunity Data 2.0): a series of sessions, each with its own id. It says what was so when
/// it last changed, whenever it is read, as its place in the feed promises.
/// </summary>
static class OpenActiveSession
{
    const string Schema = "https://schema.org/";

    public static JsonObject Of(ChangedEvent changed, SiteAddress address)
    {
        var (e, live, page) = (changed.Event, changed.Event.Live, address.Of(changed.Event.Path));
        var json = new JsonObject
        {
            ["@context"] = "https://openactive.io/",
            ["@type"] = "SessionSeries",
            ["@id"] = page + "#series",
            ["identifier"] = e.Id.ToString(),
            ["url"] = page,
            ["name"] = live.Title,
            ["description"] = live.Description.Length > 0 ? $"{e.SummaryWithState}\n\n{live.Description}" : e.SummaryWithState,
            ["eventStatus"] = StatusOf(e),
            ["eventAttendanceMode"] =
                Schema
                + live.Attendance switch
                {
                    Attendance.Online => "OnlineEventAttendanceMode",
                    Attendance.Both => "MixedEventAttendanceMode",
                    _ => "OfflineEventAttendanceMode",
                },
            // None of the standard's list of activities is for babies, so this is one of our own.
            ["activity"] = new JsonArray(
                new JsonObject
                {
                    ["@type"] = "Concept",
                    ["@id"] = address.Of(OpenActiveFeed.DatasetPath) + "#baby-and-family-group",
                    ["inScheme"] = address.Of(OpenActiveFeed.DatasetPath) + "#activities",
                    ["prefLabel"] = "Baby and family group",
                }
            ),
            ["ageRange"] = AgesOf(live),
            ["organizer"] = new JsonObject
            {
                ["@type"] = "Organization",
                ["@id"] = page + "#organiser",
                ["name"] = live.Organiser,
            },
            ["isAccessibleForFree"] = live.Cost is Cost.Free or Cost.Donation,
        };
        if (live.OrganiserLink.Length > 0)
            json["organizer"]!["url"] = live.OrganiserLink;
        if (live.Cost == Cost.NotSaid)
            json.Remove("isAccessibleForFree");
        if (live.InPerson)
            json["location"] = PlaceOf(live, page);
        if (live.Cost is Cost.Free or Cost.Donation)
            json["offers"] = new JsonArray(
                new JsonObject
                {
                    ["@type"] = "Offer",
                    ["@id"] = page + "#free",
                    ["name"] = EventLabels.NameOf(live.Cost),
                    ["price"] = 0,
                    ["priceCurrency"] = "GBP",
                    ["url"] = page,
                }
            );
        if (live.Yes.HasFlag(EventFacts.StepFree))
            json["accessibilityInformation"] = "Step-free with a pram";
        if (live.BookingNote.Length > 0)
            json["attendeeInstructions"] = live.BookingNote;
        if (live.Picture is { } picture)
            json["image"] = new JsonArray(new JsonObject { ["@type"] = "ImageObject", ["url"] = address.Of(picture.PathAt(e.Path)) });
        if (live.Schedule.Recurrence is { Monthly: false })
            json["eventSchedule"] = new JsonArray([.. live.Schedule.ByHours().Select(part => ScheduleOf(part, live.Schedule.Until))]);
        json["subEvent"] = new JsonArray([.. SessionsOf(changed, page)]);
        return json;
    }

    static string StatusOf(PublicEvent e) =>
        Schema
        + (
            e.Cancelled ? "EventCancelled"
            : e.Postponed ? "EventPostponed"
            : "EventScheduled"
        );

    /// <summary>From birth; in whole years, as the model has them.</summary>
    static JsonObject AgesOf(EventDetails live)
    {
        var ages = new JsonObject { ["@type"] = "QuantitativeValue", ["minValue"] = (live.Months?.From ?? 0) / 12 };
        if (live.Months is { } months)
            ages["maxValue"] = (months.To + 11) / 12;
        return ages;
    }

    static JsonObject PlaceOf(EventDetails live, string page)
    {
        var address = new JsonObject { ["@type"] = "PostalAddress" };
        foreach (
            var (name, value) in new[]
            {
                ("streetAddress", live.Address),
                ("addressLocality", live.Town),
                ("addressRegion", Regions.NameOf(live.Region)),
                ("postalCode", live.Postcode),
                ("addressCountry", "GB"),
            }
        )
            if (value.Length > 0)
                address[name] = value;
        var place = new JsonObject
        {
            ["@type"] = "Place",
            ["@id"] = page + "#place",
            ["name"] = live.Venue,
            ["address"] = address,
        };
        // Where it is only known roughly, a pin would lead families astray.
        if (live.Pin is { } point)
            place["geo"] = new JsonObject
            {
                ["@type"] = "GeoCoordinates",
                ["latitude"] = point.Latitude,
                ["longitude"] = point.Longitude,
            };
        return place;
    }

    /// <summary>One for all weekdays that have the same hours.</summary>
    static JsonObject ScheduleOf(SameHours part, DateOnly? last)
    {
        var (rule, first) = part;
        var json = new JsonObject
        {
            ["@type"] = "PartialSchedule",
            ["repeatFrequency"] = string.Create(CultureInfo.InvariantCulture, $"P{rule.Interval}W"),
            ["startDate"] = first.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["startTime"] = first.Starts.ToString("HH:mm", CultureInfo.InvariantCulture),
            ["scheduleTimezone"] = "Europe/London",
            ["byDay"] = new JsonArray([.. rule.Days.Select(d => (JsonNode)(Schema + d.Day))]),
        };
        if (first.EndsLocal - first.StartsLocal < TimeSpan.FromDays(1))
            json["endTime"] = first.Ends.ToString("HH:mm", CultureInfo.InvariantCulture);
        else
            json["duration"] = System.Xml.XmlConvert.ToString(first.EndsLocal - first.StartsLocal);
        if (last is { } until)
            json["endDate"] = until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return json;
    }

    /// <summary>Those that were to come when it last changed, and those that had been cancelled.</summary>
    static IEnumerable<JsonObject> SessionsOf(ChangedEvent changed, string page)
    {
        var (e, schedule) = (changed.Event, changed.Event.Live.Schedule);
        var asOf = DateTimeOffset.FromUnixTimeMilliseconds(changed.Changed).UtcDateTime;
        var held = schedule.Occurrences(
            e.DatesUntil,
            schedule.Repeat == Repeat.Rule ? UkTime.DayOf(asOf).AddDays(-Schedule.MostDays) : null
        );
        foreach (var date in held.Where(o => schedule.Repeat != Repeat.Rule || o.Time.EndUtc > asOf))
            yield return Session(date.At, date.Time, StatusOf(e));
        foreach (var time in schedule.Cancelled().Where(t => t.EndUtc > asOf))
            yield return Session(time.StartsLocal, time, Schema + "EventCancelled");

        JsonObject Session(DateTime at, EventTime time, string status) =>
            new()
            {
                ["@type"] = "ScheduledSession",
                ["@id"] = $"{page}#{CalendarFile.IdOf(e.Id.ToString("N"), at, time)}",
                ["startDate"] = Utc(time.StartUtc),
                ["endDate"] = Utc(time.EndUtc),
                ["duration"] = System.Xml.XmlConvert.ToString(time.EndUtc - time.StartUtc),
                ["eventStatus"] = status,
                ["url"] = page,
            };
    }

    static string Utc(DateTime moment) => moment.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
