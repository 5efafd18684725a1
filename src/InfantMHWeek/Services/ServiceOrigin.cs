namespace InfantMHWeek.Services;

/// <summary>What the source of a listing says of its state. The numbers are stored.</summary>
enum SourceState
{
    Active = 0,
    Inactive = 1,
    Closed = 2,
    ClosedForNow = 3,
}

/// <summary>What the source of a listing that was brought in said of it last, beside the words that everybody reads.</summary>
/// <param name="Said">Names all that it said: the same again is nothing new.</param>
/// <param name="CheckedOn">The day of its own check, if it names one.</param>
/// <param name="ChangedAt">When it changed it last, if it says so.</param>
/// <param name="Attribution">What the source wants to be shown with it.</param>
sealed record ServiceOrigin(string Said, SourceState State, DateOnly? CheckedOn, DateTime? ChangedAt, string Attribution)
{
    public const int MaxAttribution = 300;
}

/// <summary>A service as a source lists it, before it is known whether it is here already.</summary>
/// <param name="Organisation">Services with the same are of one organisation.</param>
sealed record SourceListing(
    Guid Id,
    Guid Organisation,
    string Source,
    string SourceId,
    string? Licence,
    Platform.Text.EmailAddress Contact,
    ServiceDetails Details
)
{
    /// <summary>How it is called where something is said of it.</summary>
    public string Named => $"{Details.Title} (id {SourceId})";
}
