using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Telemetry;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Jobs;

/// <summary>Whether jobs are done in time.</summary>
static class JobMetrics
{
    public static readonly Metric Age = new("infantmhweek.job.age", "s", "Since a job was last done; missing until it was"),
        Overdue = new("infantmhweek.job.overdue", "s", "How long a job has been due"),
        Failed = new("infantmhweek.job.failed", "1", "1 when a job went wrong and was not done since"),
        Failures = new("infantmhweek.job.failures", "{failure}", "How often a job went wrong in all");

    public static readonly MetricSource Source = new([Age, Overdue, Failed, Failures], Read);

    static IReadOnlyList<MetricValue> Read(IServiceProvider services)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        var known = services.GetServices<Job>().Select(j => j.Name).ToHashSet(StringComparer.Ordinal);
        var jobs = services.GetRequiredService<SiteDb>().Set<JobState>().AsNoTracking().OrderBy(j => j.Name).ToList();
        return [.. jobs.Where(j => known.Contains(j.Name)).SelectMany(Of)];

        IEnumerable<MetricValue> Of(JobState job)
        {
            if (job.DoneAt is { } done)
                yield return new(Age, (now - done).TotalSeconds, ("job", job.Name));
            yield return new(Overdue, Math.Max(0, (now - job.DueAt).TotalSeconds), ("job", job.Name));
            yield return new(Failed, job.IsWrong ? 1 : 0, ("job", job.Name));
            yield return new(Failures, job.Failures, ("job", job.Name));
        }
    }
}
