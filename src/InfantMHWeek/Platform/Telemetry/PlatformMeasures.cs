using System.Globalization;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Telemetry;

/// <summary>What the house itself can tell: mail, backups, disk and chores.</summary>
public static class PlatformMeasures
{
    public static readonly Measure
        MailWaiting = new("infantmhweek.outbox.waiting", "{mail}", "Mails that should have left by now"),
        MailAge = new("infantmhweek.outbox.age", "s", "How long the one that is due longest has waited"),
        MailGivenUp = new("infantmhweek.outbox.dead", "{mail}", "Mails that were given up; staff decide"),
        BackupAge = new("infantmhweek.backup.age", "s", "Since the newest backup; missing while there is none"),
        DiskFree = new("infantmhweek.disk.free", "By", "Free on the disk of the data folder"),
        DiskSize = new("infantmhweek.disk.size", "By", "Size of the disk of the data folder"),
        ChoreAge = new("infantmhweek.chore.age", "s", "Since a chore was last done; missing until it was"),
        ChoreOverdue = new("infantmhweek.chore.overdue", "s", "How long a chore has been due"),
        ChoreFailed = new("infantmhweek.chore.failed", "1", "1 when a chore's last turn went wrong");

    public static readonly MeasureSource Mails = new([MailWaiting, MailAge, MailGivenUp], ReadMails);
    public static readonly MeasureSource Disk = new([DiskFree, DiskSize, BackupAge], ReadDisk);
    public static readonly MeasureSource ChoreTurns = new([ChoreAge, ChoreOverdue, ChoreFailed], ReadChores);

    static IReadOnlyList<Reading> ReadMails(IServiceProvider services)
    {
        var now = Now(services);
        var mails = services.GetRequiredService<SiteDb>().Set<OutboxMail>().AsNoTracking().Where(m => m.SentAt == null);
        var due = mails.Where(m => m.GivenUpAt == null && (m.Attempts > 0 || m.NextAttemptAt <= now));
        // Some are asked for weeks before they are to leave; from the first attempt on, the waits between attempts tell how long it is.
        var untried = due.Where(m => m.Attempts == 0).Min(m => (DateTime?)m.NextAttemptAt);
        var tried = due.Where(m => m.Attempts > 0).Max(m => (int?)m.Attempts) ?? 0;
        var age = Math.Max(untried is { } since ? (now - since).TotalSeconds : 0, Enumerable.Range(1, tried).Sum(n => OutboxSender.Later(n).TotalSeconds));
        return [new(MailWaiting, due.Count()), new(MailAge, age), new(MailGivenUp, mails.Count(m => m.GivenUpAt != null))];
    }

    static IReadOnlyList<Reading> ReadDisk(IServiceProvider services)
    {
        var disk = new DriveInfo(SiteFolders.Data(services.GetRequiredService<IConfiguration>()));
        var backup = services.GetRequiredService<NightlyBackup>().Kept().Take(1).Select(file => MomentIn(Path.GetFileName(file))).OfType<DateTime>();
        return [new(DiskFree, disk.AvailableFreeSpace), new(DiskSize, disk.TotalSize), .. backup.Select(taken => new Reading(BackupAge, (Now(services) - taken).TotalSeconds))];
    }

    /// <summary>A copied file has another date; its name says when it was taken.</summary>
    static DateTime? MomentIn(string name) =>
        DateTime.TryParseExact(name.Split('-', '.').ElementAtOrDefault(1), "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var taken) ? taken : null;

    static IReadOnlyList<Reading> ReadChores(IServiceProvider services)
    {
        var now = Now(services);
        var known = services.GetServices<Chore>().Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        var turns = services.GetRequiredService<SiteDb>().Set<ChoreTurn>().AsNoTracking().OrderBy(t => t.Name).ToList().Where(t => known.Contains(t.Name)).ToList();
        return
        [
            .. turns.Where(t => t.DoneAt is not null).Select(t => new Reading(ChoreAge, (now - t.DoneAt!.Value).TotalSeconds, ("chore", t.Name))),
            .. turns.Select(t => new Reading(ChoreOverdue, Math.Max(0, (now - t.DueAt).TotalSeconds), ("chore", t.Name))),
            .. turns.Select(t => new Reading(ChoreFailed, t.FailedAt > (t.DoneAt ?? DateTime.MinValue) ? 1 : 0, ("chore", t.Name))),
        ];
    }

    static DateTime Now(IServiceProvider services) => services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
}
