using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using InfantMHWeek.Platform.Moderation;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Text;

namespace InfantMHWeek.Events;

enum Attendance
{
    InPerson,
    Online,
    Both,
}

enum Cost
{
    NotSaid,
    Free,
    Donation,
    Paid,
}

enum Booking
{
    NotSaid,
    NotNeeded,
    Needed,
}

/// <summary>Whom an event is for.</summary>
[Flags]
enum Audience
{
    None = 0,
    ParentsToBe = 1,
    Mothers = 2,
    Fathers = 4,
    Carers = 8,
    Families = 16,
    Professionals = 32,
}

/// <summary>The baby's stage.</summary>
[Flags]
enum Stage
{
    None = 0,
    Pregnancy = 1,
    UpToSixMonths = 2,
    UpToOneYear = 4,
    UpToTwoYears = 8,
}

/// <summary>
/// What a family wants to know before it sets out. Each is yes, no, or not said: see <see cref="EventDetails.Yes"/> and
/// <see cref="EventDetails.No"/>.
/// </summary>
[Flags]
enum EventFacts
{
    None = 0,
    StepFree = 1,
    Changing = 2,
    Feeding = 4,
    Quiet = 8,
    Siblings = 16,
    ComeAndGo = 32,
    HearingLoop = 64,
    Bsl = 128,
    Parking = 256,
    Transport = 512,
}

/// <summary>The picture of one version of an event. Its bytes lie apart, so that no list of events carries them.</summary>
/// <param name="Id">Of the bytes; another picture has another.</param>
/// <param name="Alternative">What it shows, for people who cannot see it.</param>
sealed record PictureDetails(Guid Id, int Width, int Height, string Alternative)
{
    public const int MaxAlternative = 250,
        SmallWide = 656,
        ShownWide = SmallWide,
        ShownTall = 440;

    /// <summary>As large as it is shown on a desk, so that the page keeps its room before it is there.</summary>
    public (int Width, int Height) Shown
    {
        get
        {
            var shrink = Math.Min(1, Math.Min((double)ShownWide / Width, (double)ShownTall / Height));
            return (Math.Max(1, (int)Math.Round(Width * shrink)), Math.Max(1, (int)Math.Round(Height * shrink)));
        }
    }

    /// <summary>Its widths, so that a phone fetches a small one.</summary>
    public string? Offers(string eventPath) =>
        Width <= SmallWide
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{PathAt(eventPath, small: true)} {SmallWide}w, {PathAt(eventPath)} {Width}w");

    /// <summary>Its address below that of its event.</summary>
    public string PathAt(string eventPath, bool small = false) => $"{eventPath}/picture/{Id:N}{(small ? "-small" : "")}.webp";
}

/// <summary>What is said of an event: one whole version, offered or approved. Texts are plain text.</summary>
sealed record EventDetails : IJoinableDetails<EventDetails>
{
    public const int MaxTitle = 100,
        MaxSummary = 200,
        MaxDescription = 4000,
        MaxLine = 120,
        MaxNote = 500,
        MaxLink = UserText.MaxLink,
        MaxNotice = 300;

    public string Title { get; init; } = "";
    public string Summary { get; init; } = "";
    public string Description { get; init; } = "";
    public Schedule Schedule { get; init; } = Schedule.None;
    public Attendance? Attendance { get; init; }
    public string Venue { get; init; } = "";
    public string Address { get; init; } = "";
    public string Town { get; init; } = "";
    public string Postcode { get; init; } = "";

    /// <summary>Where it is on the map, as found from the postcode; null while unknown and for online events.</summary>
    public GeoPoint? Point { get; init; }

    /// <summary>How exact <see cref="Point"/> is; null of what was placed before this was kept, which counts as rough.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Exactness? PointExactness { get; init; }

    /// <summary>Where a pin may be put; null where the point is only the middle of a district, and would lead families astray.</summary>
    [JsonIgnore]
    public GeoPoint? Pin => InPerson && PointExactness is Exactness.Postcode or Exactness.Pinned ? Point : null;
    public Region Region { get; init; }
    public string OnlineLink { get; init; } = "";

    /// <summary>The organiser lets everybody see the link; otherwise those who book get it.</summary>
    public bool OnlineLinkShown { get; init; }
    public Audience Audience { get; init; }
    public Stage Stage { get; init; }
    public EventFacts Yes { get; init; }
    public EventFacts No { get; init; }
    public Cost Cost { get; init; }
    public string CostNote { get; init; } = "";
    public Booking Booking { get; init; }
    public string BookingLink { get; init; } = "";
    public string BookingNote { get; init; } = "";

    /// <summary>People book a place on this site, and by which rules; null where they do not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PlaceTerms? Places { get; init; }

    /// <summary>Where else than here people book; nothing where they do so here.</summary>
    [JsonIgnore]
    public string BookingElsewhere => Places is null ? BookingLink : "";
    public string Organiser { get; init; } = "";
    public string OrganiserLink { get; init; } = "";

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PictureDetails? Picture { get; init; }

    /// <summary>What everybody should know of its being postponed or cancelled, in the organiser's words.</summary>
    public string Notice { get; init; } = "";

    /// <summary>Of events that were joined: the one whose page this address leads to.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? JoinedTo { get; init; }

    /// <summary>In what a partner's list said: whether that it does not take place, and what came of that.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public CancelledThere CancelledThere { get; init; }

    /// <summary>In a proposed version of what is cancelled or postponed: it takes place after all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool OnAgain { get; init; }

    [JsonIgnore]
    public bool InPerson => Attendance is Events.Attendance.InPerson or Events.Attendance.Both;

    [JsonIgnore]
    public bool Online => Attendance is Events.Attendance.Online or Events.Attendance.Both;

    /// <summary>The ages of the babies it is for, in months from birth; null where none are said.</summary>
    [JsonIgnore]
    public (int From, int To)? Months
    {
        get
        {
            var stages = new[] { (Stage.UpToSixMonths, 0, 6), (Stage.UpToOneYear, 6, 12), (Stage.UpToTwoYears, 12, 24) };
            var said = stages.Where(s => Stage.HasFlag(s.Item1)).ToList();
            return said.Count == 0 ? null : (said[0].Item2, said[^1].Item3);
        }
    }

    /// <summary>This version with what of another needs no check: ticks and choices, which nobody can put words or links into.</summary>
    public EventDetails WithHarmlessOf(EventDetails other) =>
        this with
        {
            Audience = other.Audience,
            Stage = other.Stage,
            Yes = other.Yes,
            No = other.No,
            Cost = other.Cost,
            Booking = other.Booking,
            Places = other.Places,
        };

    public EventDetails WithJoinedTo(Guid other) => this with { JoinedTo = other };

    /// <summary>What another of the same organiser begins with: what it is, and not when it is nor what has become of it.</summary>
    public EventDetails ForCopy() =>
        this with
        {
            Schedule = Schedule.None,
            Notice = "",
            JoinedTo = null,
            OnAgain = false,
            CancelledThere = CancelledThere.No,
        };

    public bool SameAs(EventDetails? other) => other is not null && ToJson() == other.ToJson();

    /// <summary>The parts of the form that still lack something.</summary>
    public IEnumerable<string> Missing()
    {
        if (Title.Length == 0 || Summary.Length == 0)
            yield return "what";
        if (Schedule.Times.Count == 0)
            yield return "dates";
        if (
            Attendance is null
            || (InPerson && (Venue.Length == 0 || Point is null))
            || (Online && OnlineLink.Length == 0 && Places is null && BookingLink.Length == 0 && BookingNote.Length == 0)
        )
            yield return "place";
        if (Audience == Audience.None)
            yield return "audience";
        if (Booking == Booking.NotSaid)
            yield return "booking";
        if (Organiser.Length == 0)
            yield return "organiser";
    }

    public string ToJson() => JsonSerializer.Serialize(this);
}

enum CancelledThere
{
    No,
    Said,

    /// <summary>It was said there, and because of that it is shown as cancelled here.</summary>
    Followed,
}

/// <summary>By which rules people book a place on this site.</summary>
/// <param name="Count">How many there are on each date. One is for one family.</param>
/// <param name="CloseHours">So long before it begins nobody books any more.</param>
/// <param name="WaitingList">Whether those for whom there is none may wait for one.</param>
sealed record PlaceTerms(int Count, int CloseHours = PlaceTerms.UsualHours, bool WaitingList = true)
{
    public const int Most = 500,
        UsualHours = 2;
}
