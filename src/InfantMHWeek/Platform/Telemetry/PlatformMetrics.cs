using System.Globalization;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Jobs;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Store.Backup;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Telemetry;

/// <summary>What the house itself can tell: mail, backups, disk and jobs.</summary>
public static class PlatformMetrics
{
    public static readonly Metric MailWaiting = new("infantmhweek.outbox.waiting", "{mail}", "Mails that should have left by now"),
        MailAge = new("infantmhweek.outbox.age", "s", "How long the one that is due longest has waited"),
        MailGivenUp = new("infantmhweek.outbox.dead", "{mail}", "Mails that were given up; staff decide"),
        BackupAge = new("infantmhweek.backup.age", "s", "Since the newest backup; missing while there is none"),
        DiskFree = new("infantmhweek.disk.free", "By", "Free on the disk of the data folder"),
        DiskSize = new("infantmhweek.disk.size", "By", "Size of the disk of the data folder"),
        JobAge = new("infantmhweek.job.age", "s", "Since a job was last done; missing until it was"),
        JobOverdue = new("infantmhweek.job.overdue", "s", "How long a job has been due"),
        JobFailed = new("infantmhweek.job.failed", "1", "1 when a job went wrong and was not done since"),
        JobFailures = new("infantmhweek.job.failures", "{failure}", "How often a job went wrong in all");

    public static readonly MetricSource Mails = new([MailWaiting, MailAge, MailGivenUp], ReadMails);
    public static readonly MetricSource DiskSpace = new([DiskFree, DiskSize, BackupAge], ReadDisk);
    public static readonly MetricSource Jobs = new([JobAge, JobOverdue, JobFailed, JobFailures], ReadJobs);

    static IReadOnlyList<MetricValue> ReadMails(IServiceProvider services)
    {
        var now = Now(services);
        var mails = services.GetRequiredService<SiteDb>().Set<OutboxMail>().AsNoTracking().Where(m => m.SentAt == null);
        var due = mails.Where(m => m.GivenUpAt == null && (m.Attempts > 0 || m.NextAttemptAt <= now));
        // Some are asked for weeks before they are to leave; from the first attempt on, the waits between attempts tell how long it is.
        var untried = due.Where(m => m.Attempts == 0).Min(m => (DateTime?)m.NextAttemptAt);
        var tried = due.Where(m => m.Attempts > 0).Max(m => (int?)m.Attempts) ?? 0;
        var age = Math.Max(
            untried is { } since ? (now - since).TotalSeconds : 0,
            Enumerable.Range(1, tried).Sum(n => OutboxMail.WaitAfter(n).TotalSeconds)
        );
        return [new(MailWaiting, due.Count()), new(MailAge, age), new(MailGivenUp, mails.Count(m => m.GivenUpAt != null))];
    }

    static IReadOnlyList<MetricValue> ReadDisk(IServiceProvider services)
    {
        var disk = new DriveInfo(SiteFolders.Data(services.GetRequiredService<IConfiguration>()));
        var backup = services
            .GetRequiredService<NightlyBackup>()
            .Existing()
            .Take(1)
            .Select(file => MomentIn(Path.GetFileName(file)))
            .OfType<DateTime>();
        return
        [
            new(DiskFree, disk.AvailableFreeSpace),
            new(DiskSize, disk.TotalSize),
            .. backup.Select(taken => new MetricValue(BackupAge, (Now(services) - taken).TotalSeconds)),
        ];
    }

    /// <summary>A copied file has another date; its name says when it was taken.</summary>
    static DateTime? MomentIn(string name) =>
        DateTime.TryParseExact(
            name.Split('-', '.').ElementAtOrDefault(1),
            "yyyyMMdd'T'HHmmss'Z'",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var taken
        )
            ? taken
            : null;

    static IReadOnlyList<MetricValue> ReadJobs(IServiceProvider services)
    {
        var now = Now(services);
        var known = services.GetServices<Job>().Select(j => j.Name).ToHashSet(StringComparer.Ordinal);
        var jobs = services.GetRequiredService<SiteDb>().Set<JobState>().AsNoTracking().OrderBy(j => j.Name).ToList();
        return [.. jobs.Where(j => known.Contains(j.Name)).SelectMany(Of)];

        IEnumerable<MetricValue> Of(JobState job)
        {
            if (job.DoneAt is { } done)
                yield return new(JobAge, (now - done).TotalSeconds, ("job", job.Name));
            yield return new(JobOverdue, Math.Max(0, (now - job.DueAt).TotalSeconds), ("job", job.Name));
            yield return new(JobFailed, job.IsWrong ? 1 : 0, ("job", job.Name));
            yield return new(JobFailures, job.Failures, ("job", job.Name));
        }
    }

    static DateTime Now(IServiceProvider services) => services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
}
