using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using InfantMHWeek.Events.Finding;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Events.Publishing;

/// <summary>An event as schema.org describes it, for search engines: the same truth as the page.</summary>
static class EventJsonLd
{
    const string Schema = "https://schema.org/";
    const int MostDates = 60;

    /// <returns>JSON in which every angle bracket is escaped, safe inside a script element.</returns>
    /// <param name="nowUtc">Of what repeats by a rule only the coming dates are listed.</param>
    public static string Of(PublicEvent e, SiteAddress address, DateTime nowUtc)
    {
        var schedule = e.Live.Schedule;
        var dates = schedule.Repeat == Repeat.Rule ? Known(e, nowUtc) : [.. schedule.Occurrences()];
        var times = dates.Select(d => d.Time).DefaultIfEmpty(schedule.Times[0]).ToList();
        if (times.Count == 1 && schedule.Repeat != Repeat.Rule)
            return JsonSerializer.Serialize(WithImages(One(e, times[0], address), e, address));
        var series = One(e, new(times[0].Day, times[0].Starts, times[^1].LastDay, times[^1].Ends, times[0].Second), address);
        series["@type"] = "EventSeries";
        // What comes after many dates follows from the schedule below, but for those that were moved or added.
        var listed = times.Take(MostDates).Concat(dates.Skip(MostDates).Where(d => d.Moved || d.Added).Select(d => d.Time));
        series["subEvent"] = new JsonArray([
            .. listed.Select(t =>
            {
                var one = One(e, t, address);
                one.Remove("@context");
                return (JsonNode)one;
            }),
        ]);
        var repeats = schedule.ByHours().Select(part => ScheduleOf(schedule, part, e.DatesUntil, UkTime.DayOf(nowUtc))).ToArray();
        if (repeats.Length > 0)
            series["eventSchedule"] = repeats is [var only] ? only : new JsonArray([.. repeats]);
        return JsonSerializer.Serialize(WithImages(series, e, address));
    }

    /// <summary>Its own picture first, where it has one.</summary>
    static JsonObject WithImages(JsonObject json, PublicEvent e, SiteAddress address)
    {
        var images = new JsonArray(address.Of(e.Path + ".png"));
        if (e.Live.Picture is { } own)
            images.Insert(0, address.Of(own.PathAt(e.Path)));
        json["image"] = images;
        return json;
    }

    /// <summary>Those to come; of what is over the last ones.</summary>
    static IReadOnlyList<Occurrence> Known(PublicEvent e, DateTime nowUtc)
    {
        var when = ScheduleSummary.Of(e.Live.Schedule, e.DatesUntil, nowUtc, int.MaxValue);
        return when.Past ? [.. when.Dates.TakeLast(MostDates)] : when.Dates;
    }

    /// <summary>One for all weekdays that have the same hours.</summary>
    static JsonObject ScheduleOf(Schedule schedule, SameHours part, DateOnly? until, DateOnly today)
    {
        static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var (rule, first) = part;
        var json = new JsonObject
        {
            ["@type"] = "Schedule",
            ["repeatFrequency"] = string.Create(CultureInfo.InvariantCulture, $"P{rule.Interval}{(rule.Monthly ? 'M' : 'W')}"),
            ["startDate"] = Day(first.Day),
            ["startTime"] = first.Starts.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
            ["scheduleTimezone"] = "Europe/London",
        };
        // An hour alone would be that of the next day at the latest.
        if (first.EndsLocal - first.StartsLocal < TimeSpan.FromDays(1))
            json["endTime"] = first.Ends.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        else
            json["duration"] = System.Xml.XmlConvert.ToString(first.EndsLocal - first.StartsLocal);
        if (schedule.Until is { } end)
            json["endDate"] = Day(end);
        if (rule.MonthDay > 0)
            json["byMonthDay"] = rule.MonthDay;
        else if (rule.MonthDay == 0)
            json["byDay"] = new JsonArray([.. rule.Days.Select(d => (JsonNode)(rule.Monthly ? RepeatRule.Name(d) : Schema + d.Day))]);
        var except = schedule
            .Planned(until, today)
            .Where(t => schedule.WhyNot(t.Day) is not null)
            .Concat((schedule.Changes ?? []).SelectMany(c => schedule.PlannedOn(c.At)).Where(t => t.Day >= today));
        var days = except.Where(t => part.Has(t.Day)).Select(t => (JsonNode)EventTimes.WithOffset(t.StartUtc)).ToArray();
        if (days.Length > 0)
            json["exceptDate"] = new JsonArray(days);
        return json;
    }

    /// <summary>Who validates such data takes an empty value for a mistake.</summary>
    static void LeaveOutEmpty(JsonObject json)
    {
        foreach (var (name, value) in json.ToList())
            if (value is JsonObject inner)
                LeaveOutEmpty(inner);
            else if (value is JsonArray many)
                foreach (var one in many.OfType<JsonObject>())
                    LeaveOutEmpty(one);
            else if (value is null || value.GetValueKind() == JsonValueKind.String && value.GetValue<string>().Length == 0)
                json.Remove(name);
    }

    static JsonObject One(PublicEvent e, EventTime time, SiteAddress address)
    {
        var live = e.Live;
        var json = new JsonObject
        {
            ["@context"] = "https://schema.org",
            ["@type"] = "Event",
            ["name"] = live.Title,
            ["description"] = e.SummaryWithState,
            ["url"] = address.Of(e.Path),
            ["startDate"] = EventTimes.WithOffset(time.StartUtc),
            ["endDate"] = EventTimes.WithOffset(time.EndUtc),
            ["eventStatus"] =
                Schema
                + (
                    e.Cancelled ? "EventCancelled"
                    : e.Postponed ? "EventPostponed"
                    : "EventScheduled"
                ),
            ["eventAttendanceMode"] =
                Schema
                + live.Attendance switch
                {
                    Attendance.Online => "OnlineEventAttendanceMode",
                    Attendance.Both => "MixedEventAttendanceMode",
                    _ => "OfflineEventAttendanceMode",
                },
            ["organizer"] =
                live.OrganiserLink.Length > 0
                    ? new JsonObject
                    {
                        ["@type"] = "Organization",
                        ["name"] = live.Organiser,
                        ["url"] = live.OrganiserLink,
                    }
                    : new JsonObject { ["@type"] = "Organization", ["name"] = live.Organiser },
            ["inLanguage"] = "en-GB",
        };
        var places = new JsonArray();
        if (live.InPerson)
            places.Add(
                new JsonObject
                {
                    ["@type"] = "Place",
                    ["name"] = live.Venue,
                    ["address"] = new JsonObject
                    {
                        ["@type"] = "PostalAddress",
                        ["streetAddress"] = live.Address,
                        ["addressLocality"] = live.Town,
                        ["postalCode"] = live.Postcode,
                        ["addressCountry"] = "GB",
                    },
                }
            );
        if (live.Online)
            places.Add(
                new JsonObject
                {
                    ["@type"] = "VirtualLocation",
                    ["url"] = live.OnlineLinkShown && live.OnlineLink.Length > 0 ? live.OnlineLink : address.Of(e.Path),
                }
            );
        json["location"] = places.Count == 1 ? places[0]!.DeepClone() : places;
        if (live.Cost is Cost.Free or Cost.Donation)
            json["isAccessibleForFree"] = true;
        // Ages in years, from birth: only where the event is for babies of a stage.
        if ((live.Stage & ~Stage.Pregnancy) != Stage.None)
            json["typicalAgeRange"] = live.Stage.HasFlag(Stage.UpToTwoYears)
                ? (live.Stage.HasFlag(Stage.UpToSixMonths) || live.Stage.HasFlag(Stage.UpToOneYear) ? "0-2" : "1-2")
                : "0-1";
        LeaveOutEmpty(json);
        return json;
    }
}
