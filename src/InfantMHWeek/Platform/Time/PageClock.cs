namespace InfantMHWeek.Platform.Time;

/// <summary>The time that a public page goes by: now, or another moment at which staff look at the site.</summary>
sealed class PageClock(TimeProvider clock) : TimeProvider
{
    /// <summary>Set for one inner request; null for every reader.</summary>
    public DateTime? OtherUtc { get; set; }

    public override DateTimeOffset GetUtcNow() => OtherUtc is { } other ? new(other, TimeSpan.Zero) : clock.GetUtcNow();
}
