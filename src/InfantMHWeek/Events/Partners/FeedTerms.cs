using System.Text.Json;

namespace InfantMHWeek.Events.Partners;

/// <summary>What staff say of a partner's calendar once, because nobody is asked when it is read.</summary>
/// <param name="Whole">What is missing in it is gone there.</param>
/// <param name="DayStarts">When that begins which has no hours; with <paramref name="DayEnds"/>.</param>
/// <param name="Minutes">How long that takes of which it is not said.</param>
sealed record FeedTerms(
    string Organiser = "",
    Audience Audience = Audience.None,
    Booking Booking = Booking.NotSaid,
    bool Whole = true,
    TimeOnly? DayStarts = null,
    TimeOnly? DayEnds = null,
    int? Minutes = null
)
{
    public string ToJson() => JsonSerializer.Serialize(this);

    public static FeedTerms Read(string json) => JsonSerializer.Deserialize<FeedTerms>(json) ?? new();
}

/// <summary>All that a person says of a partner's calendar.</summary>
sealed record FeedWords(
    string Name,
    string Website,
    string Address,
    Platform.Text.EmailAddress Contact,
    string ContactName,
    FeedTerms Terms,
    bool Trusted
);

/// <summary>To whom readers owe an event that came from a calendar.</summary>
sealed record FeedCredit(string Name, string Website);
