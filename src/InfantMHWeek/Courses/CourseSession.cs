using System.Globalization;
using InfantMHWeek.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Courses;

/// <summary>One session of a cohort, announced in the time that clocks in the UK show.</summary>
public sealed class CourseSession
{
    public const int PlaceMaxLength = 300, LinkMaxLength = 500, CodeMaxLength = 12;
    static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");

    public required Guid Id { get; init; }
    public Guid CohortId { get; init; }
    public required int Number { get; init; }
    public DateOnly Date { get; private set; }
    public TimeOnly Starts { get; private set; }
    public TimeOnly Ends { get; private set; }
    public DateTime StartsUtc { get; private set; }
    public DateTime EndsUtc { get; private set; }
    public string? Place { get; set; }
    public string? OnlineLink { get; set; }

    /// <summary>Grows with each move, so that diaries take the newer one.</summary>
    public int Sequence { get; private set; }

    /// <summary>What is read out in the session, so that people can say they were there.</summary>
    public string? Code { get; set; }
    public DateTime? RemindedAt { get; set; }

    /// <returns>False where the clock never shows that time, or shows it twice; then nothing has changed.</returns>
    public bool TryMove(DateOnly date, TimeOnly starts, TimeOnly ends)
    {
        var (answer, from) = UkTime.ToUtc(date.ToDateTime(starts));
        var (answerEnd, to) = UkTime.ToUtc(date.ToDateTime(ends));
        if (answer != UkTime.Answer.Fine || answerEnd != UkTime.Answer.Fine || ends <= starts) return false;
        if (StartsUtc != default && (from, to) != (StartsUtc, EndsUtc)) (Sequence, RemindedAt) = (Sequence + 1, null);
        (Date, Starts, Ends, StartsUtc, EndsUtc) = (date, starts, ends, from, to);
        return true;
    }

    /// <summary><c>Monday 5 October 2026, 10am to 12.30pm</c>.</summary>
    public string When => $"{Date.ToString("dddd d MMMM yyyy", British)}, {Clock(Starts)} to {Clock(Ends)}";

    public static string Clock(TimeOnly time) =>
        time == new TimeOnly(12, 0) ? "midday" : time.ToString(time.Minute == 0 ? "htt" : "h.mmtt", CultureInfo.InvariantCulture).ToLowerInvariant();

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
