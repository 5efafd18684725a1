using InfantMHWeek.Platform.Time;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Courses.Cohorts;

/// <summary>What of a session is no longer as it was.</summary>
[Flags]
enum SessionChanges
{
    None = 0,
    Time = 1,
    Place = 2,
    Link = 4,
}

/// <summary>When and where a session is, as staff write it.</summary>
sealed record SessionDetails(DateOnly Date, TimeOnly Starts, TimeOnly Ends, string? Place, string? OnlineLink);

/// <summary>One session of a cohort, announced in the time that clocks in the UK show.</summary>
sealed class CourseSession
{
    public const int PlaceMaxLength = 300,
        LinkMaxLength = 500,
        CodeMaxLength = 12;
    const int CodeLength = 6;

    public required Guid Id { get; init; }
    public Guid CohortId { get; init; }
    public required int Number { get; init; }
    public DateOnly Date { get; private set; }
    public TimeOnly Starts { get; private set; }
    public TimeOnly Ends { get; private set; }
    public DateTime StartsUtc { get; private set; }
    public DateTime EndsUtc { get; private set; }
    public string? Place { get; private set; }
    public string? OnlineLink { get; private set; }

    /// <summary>Grows with each change that people can see, so that diaries take the newer one.</summary>
    public int Sequence { get; private set; }

    /// <summary>What is read out in the session, so that people can say they were there.</summary>
    public string? Code { get; private set; }
    public DateTime? RemindedAt { get; private set; }

    /// <summary>Changes what whoever changed it had been shown otherwise; what they left alone stays as it is by now.</summary>
    /// <param name="shown">Null changes everything.</param>
    /// <returns>As <see cref="TryChange(DateOnly, TimeOnly, TimeOnly, string?, string?)"/>.</returns>
    public SessionChanges? TryChange(SessionDetails to, SessionDetails? shown)
    {
        T Pick<T>(T now, Func<SessionDetails, T> of) =>
            shown is not null && EqualityComparer<T>.Default.Equals(of(shown), of(to)) ? now : of(to);
        return TryChange(
            Pick(Date, d => d.Date),
            Pick(Starts, d => d.Starts),
            Pick(Ends, d => d.Ends),
            Pick(Place, d => d.Place),
            Pick(OnlineLink, d => d.OnlineLink)
        );
    }

    /// <summary>Changes when and where it is. Whatever of it people can see makes <see cref="Sequence"/> grow.</summary>
    /// <returns>What has changed; null where the clock never shows that time, or shows it twice, and then nothing has.</returns>
    public SessionChanges? TryChange(DateOnly date, TimeOnly starts, TimeOnly ends, string? place, string? link)
    {
        var (answer, from) = UkTime.ToUtc(date.ToDateTime(starts));
        var (answerEnd, to) = UkTime.ToUtc(date.ToDateTime(ends));
        if (answer != UkTime.Validity.Valid || answerEnd != UkTime.Validity.Valid || ends <= starts)
            return null;
        var isNew = StartsUtc == default;
        var changes =
            (isNew || (from, to) == (StartsUtc, EndsUtc) ? SessionChanges.None : SessionChanges.Time)
            | (isNew || place == Place ? SessionChanges.None : SessionChanges.Place)
            | (isNew || link == OnlineLink ? SessionChanges.None : SessionChanges.Link);
        if (changes != SessionChanges.None)
            Sequence++;
        if (changes.HasFlag(SessionChanges.Time))
            RemindedAt = null;
        (Date, Starts, Ends, StartsUtc, EndsUtc, Place, OnlineLink) = (date, starts, ends, from, to, place, link);
        return changes;
    }

    /// <summary>The code that is read out. Made once, whoever asks for it.</summary>
    /// <returns>False when there was one already.</returns>
    public bool MakeCode()
    {
        if (Code is not null)
            return false;
        Code = CourseCodes.NewCode(CodeLength);
        return true;
    }

    public void Reminded(DateTime now) => RemindedAt = now;

    /// <summary><c>Monday 5 October 2026, 10am to 12.30pm</c>.</summary>
    public string When => $"{Date.WithWeekday()}, {Starts.Clock()} to {Ends.Clock()}";

    public sealed class Mapping : IEntityTypeConfiguration<CourseSession>
    {
        public void Configure(EntityTypeBuilder<CourseSession> builder)
        {
            builder.ToTable("CourseSessions");
            builder.Property(s => s.Id).ValueGeneratedNever();
            builder.Property(s => s.Place).HasMaxLength(PlaceMaxLength);
            builder.Property(s => s.OnlineLink).HasMaxLength(LinkMaxLength);
            builder.Property(s => s.Code).HasMaxLength(CodeMaxLength);
            builder.HasIndex(s => new { s.CohortId, s.Number }).IsUnique();
            builder.HasIndex(s => s.StartsUtc);
        }
    }
}
