using System.Globalization;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Courses.Applications;

/// <summary>What a cohort is counted by.</summary>
enum CourseChart
{
    State,
    Day,
    Nation,
    Kind,
    Organisation,
    Session,
}

/// <summary>What was counted of people who have been forgotten since: one bar of one chart, and nothing that joins it to another.</summary>
sealed class CourseTally
{
    public const int ValueMaxLength = 30;

    public required Guid Id { get; init; }
    public required Guid CohortId { get; init; }
    public required CourseChart Chart { get; init; }

    /// <summary>Which bar: a state, a nation, a day (<c>2026-10-05</c>), the number of a session.</summary>
    public required string Value { get; init; }
    public int Count { get; set; }

    public sealed class Mapping : IEntityTypeConfiguration<CourseTally>
    {
        public void Configure(EntityTypeBuilder<CourseTally> builder)
        {
            builder.ToTable("CourseTallies");
            builder.Property(t => t.Chart).HasConversion<string>().HasMaxLength(12);
            builder.Property(t => t.Value).HasMaxLength(ValueMaxLength);
            builder
                .HasIndex(t => new
                {
                    t.CohortId,
                    t.Chart,
                    t.Value,
                })
                .IsUnique();
            builder.HasOne<Cohort>().WithMany().HasForeignKey(t => t.CohortId);
        }
    }
}

/// <summary>One bar.</summary>
readonly record struct CourseBar(CourseChart Chart, string Value);

/// <summary>
/// A cohort in numbers. They are the same before and after somebody is forgotten: what the stored rows no longer say, because
/// some have gone, is kept as a tally.
/// </summary>
static class CourseNumbers
{
    /// <returns>Every bar of the cohort, of people who are stored and who were.</returns>
    public static async Task<IReadOnlyDictionary<CourseBar, int>> AllAsync(SiteDb db, Guid cohortId, CancellationToken cancel)
    {
        var all = await StoredAsync(db, cohortId, cancel);
        foreach (var tally in await db.Set<CourseTally>().AsNoTracking().Where(t => t.CohortId == cohortId).ToListAsync(cancel))
            Add(all, new(tally.Chart, tally.Value), tally.Count);
        return all;
    }

    /// <summary>Counted from the rows that are stored now.</summary>
    internal static async Task<Dictionary<CourseBar, int>> StoredAsync(SiteDb db, Guid cohortId, CancellationToken cancel)
    {
        var bars = new Dictionary<CourseBar, int>();
        var people = await db.Set<Application>()
            .Where(a => a.CohortId == cohortId)
            .OrderBy(a => a.Position)
            .Select(a => new
            {
                a.State,
                a.Nation,
                a.Kind,
                a.OrganisationKey,
                a.CharityKey,
                a.AppliedAt,
            })
            .ToListAsync(cancel);
        foreach (var one in people)
        {
            Add(bars, new(CourseChart.State, one.State.ToString()), 1);
            Add(bars, new(CourseChart.Day, UkTime.DayOf(one.AppliedAt).ToString("O", CultureInfo.InvariantCulture)), 1);
            Add(bars, new(CourseChart.Nation, one.Nation), 1);
            Add(bars, new(CourseChart.Kind, one.Kind), 1);
        }
        var organisations = new Organisations(people.Select(p => (p.OrganisationKey, p.CharityKey)));
        foreach (var first in people.DistinctBy(p => organisations.Of(p.OrganisationKey), StringComparer.Ordinal))
            Add(bars, new(CourseChart.Organisation, first.Nation), 1);
        var attended = await db.Set<Attendance>()
            .Join(db.Set<CourseSession>().Where(s => s.CohortId == cohortId), a => a.SessionId, s => s.Id, (_, s) => s.Number)
            .GroupBy(n => n)
            .Select(g => new { Number = g.Key, Count = g.Count() })
            .ToListAsync(cancel);
        foreach (var session in attended)
            Add(bars, new(CourseChart.Session, session.Number.ToString(CultureInfo.InvariantCulture)), session.Count);
        return bars;
    }

    /// <summary>Keeps what the rows said before some of them were deleted. Inside the write that deletes them.</summary>
    /// <param name="before">Counted just before.</param>
    internal static async Task FreezeAsync(SiteDb db, Guid cohortId, Dictionary<CourseBar, int> before, CancellationToken cancel)
    {
        var lost = new Dictionary<CourseBar, int>(before);
        foreach (var (bar, count) in await StoredAsync(db, cohortId, cancel))
            Add(lost, bar, -count);
        var tallies = await db.Set<CourseTally>().Where(t => t.CohortId == cohortId).ToListAsync(cancel);
        foreach (var (bar, count) in lost.Where(b => b.Value != 0))
        {
            var tally = tallies.FirstOrDefault(t => t.Chart == bar.Chart && t.Value == bar.Value);
            if (tally is null)
                db.Set<CourseTally>()
                    .Add(
                        tally = new()
                        {
                            Id = Guid.NewGuid(),
                            CohortId = cohortId,
                            Chart = bar.Chart,
                            Value = bar.Value,
                        }
                    );
            tally.Count += count;
        }
        await db.SaveChangesAsync(cancel);
    }

    static void Add(Dictionary<CourseBar, int> bars, CourseBar bar, int count) => bars[bar] = bars.GetValueOrDefault(bar) + count;
}
