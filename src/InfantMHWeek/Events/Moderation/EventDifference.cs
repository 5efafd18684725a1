using InfantMHWeek.Events.Finding;
using InfantMHWeek.Platform.Places;

namespace InfantMHWeek.Events.Moderation;

/// <summary>What a version says, line by line, as staff read it; and what is different in another.</summary>
static class EventDifference
{
    public static IEnumerable<(string What, string Says)> Lines(EventDetails d)
    {
        yield return ("Name", d.Title);
        yield return ("Summary", d.Summary);
        yield return ("More about it", d.Description);
        yield return ("Takes place", d.OnAgain ? "It had been cancelled or postponed, and takes place after all" : "");
        yield return ("Dates", string.Join("\n", DateLines(d.Schedule)));
        yield return ("How", EventLabels.NameOf(d.Attendance));
        yield return (
            "Place",
            string.Join("\n", new[] { d.Venue, d.Address, d.Town, d.Postcode, Regions.NameOf(d.Region) }.Where(t => t.Length > 0))
        );
        yield return ("Online link", d.OnlineLink + (d.OnlineLinkShown ? " (public)" : ""));
        yield return ("For", string.Join(", ", EventLabels.NamesOf(d.Audience).Concat(EventLabels.NamesOf(d.Stage))));
        yield return ("There is", string.Join(", ", EventLabels.Facts.Where(f => d.Yes.HasFlag(f.Value)).Select(f => f.Name)));
        yield return ("There is not", string.Join(", ", EventLabels.Facts.Where(f => d.No.HasFlag(f.Value)).Select(f => f.Name)));
        yield return ("Cost", EventLabels.NameOf(d.Cost) + (d.CostNote.Length > 0 ? ": " + d.CostNote : ""));
        yield return (
            "Booking",
            string.Join("\n", new[] { EventLabels.BookingOf(d), d.BookingLink, d.BookingNote }.Where(t => t.Length > 0))
        );
        yield return ("Note to everybody", d.Notice);
        yield return ("Picture", d.Picture?.Alternative ?? "");
        yield return ("Organiser", string.Join("\n", new[] { d.Organiser, d.OrganiserLink }.Where(t => t.Length > 0)));
    }

    /// <summary>Every date of a list; of what repeats the rule, how it begins, and its breaks.</summary>
    public static IEnumerable<string> DateLines(Schedule schedule) =>
        schedule.Repeats
            ? ScheduleSummary.Of(schedule, null, schedule.Times[0].StartUtc, most: 6).Lines()
            : schedule.All().Select(EventTimes.InWords);

    public static IEnumerable<(string What, string Before, string After)> Between(EventDetails before, EventDetails after) =>
        Lines(before).Zip(Lines(after), (b, a) => (b.What, b.Says, a.Says)).Where(l => l.Item2 != l.Item3);
}
