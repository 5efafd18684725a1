namespace InfantMHWeek.Events;

/// <summary>The names that people read, and the short ones that stand in addresses.</summary>
static class EventLabels
{
    public static readonly IReadOnlyList<(Audience Value, string Slug, string Name)> Audiences =
    [
        (Audience.ParentsToBe, "parents-to-be", "Parents-to-be"),
        (Audience.Mothers, "mothers", "Mothers"),
        (Audience.Fathers, "fathers", "Fathers and partners"),
        (Audience.Carers, "carers", "Carers"),
        (Audience.Families, "families", "Families with babies"),
        (Audience.Professionals, "professionals", "Professionals"),
    ];

    public static readonly IReadOnlyList<(Stage Value, string Slug, string Name)> Stages =
    [
        (Stage.Pregnancy, "pregnancy", "Pregnancy"),
        (Stage.UpToSixMonths, "0-6", "0 to 6 months"),
        (Stage.UpToOneYear, "6-12", "6 to 12 months"),
        (Stage.UpToTwoYears, "12-24", "1 to 2 years"),
    ];

    public static readonly IReadOnlyList<(EventFacts Value, string Slug, string Name)> Facts =
    [
        (Events.EventFacts.StepFree, "step-free", "Step-free with a pram"),
        (Events.EventFacts.Changing, "changing", "Baby changing"),
        (Events.EventFacts.Feeding, "feeding", "Feeding welcome"),
        (Events.EventFacts.Quiet, "quiet", "Quiet space"),
        (Events.EventFacts.Siblings, "siblings", "Siblings welcome"),
        (Events.EventFacts.ComeAndGo, "come-and-go", "Come and go as you need"),
        (Events.EventFacts.HearingLoop, "loop", "Hearing loop"),
        (Events.EventFacts.Bsl, "bsl", "British Sign Language"),
        (Events.EventFacts.Parking, "parking", "Parking"),
        (Events.EventFacts.Transport, "transport", "Near public transport"),
    ];

    public static readonly IReadOnlyList<(Cost Value, string Slug, string Name)> Costs =
    [
        (Cost.Free, "free", "Free"),
        (Cost.Donation, "donation", "Free, donations welcome"),
        (Cost.Paid, "paid", "There is a charge"),
    ];

    public static string NameOf(Cost cost) => cost == Cost.NotSaid ? "The organiser did not say" : Costs.First(c => c.Value == cost).Name;

    /// <summary>What its organiser left open, in one line; empty where they said all.</summary>
    public static string Unsaid(EventDetails live)
    {
        var facts = live.InPerson ? Facts.Where(f => !(live.Yes | live.No).HasFlag(f.Value)).Select(f => f.Name.ToLowerInvariant()) : [];
        return string.Join(", ", facts.Append(live.Cost == Cost.NotSaid ? "cost" : "").Where(t => t.Length > 0))
            .Replace("british sign language", "British Sign Language", StringComparison.Ordinal);
    }

    public static string NameOf(Attendance? attendance) =>
        attendance switch
        {
            Attendance.InPerson => "In person",
            Attendance.Online => "Online",
            Attendance.Both => "In person and online",
            _ => "",
        };

    /// <summary>How people come to a place: the one truth of every output.</summary>
    public static string BookingOf(EventDetails details) =>
        details.Places is null ? NameOf(details.Booking) : "Please book a place on this website";

    static string NameOf(Booking booking) =>
        booking switch
        {
            Booking.NotNeeded => "No need to book",
            Booking.Needed => "Please book",
            _ => "The organiser did not say",
        };

    public static IEnumerable<string> NamesOf(Audience audience) => Audiences.Where(a => audience.HasFlag(a.Value)).Select(a => a.Name);

    public static IEnumerable<string> NamesOf(Stage stage) => Stages.Where(a => stage.HasFlag(a.Value)).Select(a => a.Name);
}
