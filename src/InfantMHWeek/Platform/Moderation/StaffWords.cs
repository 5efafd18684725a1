namespace InfantMHWeek.Platform.Moderation;

/// <summary>In which steps of its history staff wrote to an organiser; what else has words there is for staff themselves.</summary>
static class StaffWords
{
    public const string Approved = "approved",
        Asked = "asked the organiser",
        Declined = "declined",
        Cancelled = "cancelled",
        Withdrew = "withdrew";

    /// <summary>With the name of the other, which is nobody else's business.</summary>
    public const string JoinedToOther = "joined it to another",
        JoinedByOther = "joined another to it";

    public static readonly IReadOnlyList<string> Steps = [Asked, Declined, Cancelled, Withdrew];
}
