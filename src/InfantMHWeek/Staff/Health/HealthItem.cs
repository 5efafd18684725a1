using System.Globalization;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Platform.Deletion;
using InfantMHWeek.Platform.Jobs;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store.Backup;
using InfantMHWeek.Platform.Telemetry;
using InfantMHWeek.Platform.Time;
using static InfantMHWeek.Platform.Time.TimeInWords;

namespace InfantMHWeek.Staff.Health;

/// <summary>One thing about the site in plain words: how it is, and what to do if it needs somebody.</summary>
/// <param name="ToDo">Null when it is fine.</param>
/// <param name="Link">Where that is done, or where it can be seen.</param>
sealed record HealthItem(string What, string HowItIs, string? ToDo = null, (string Path, string Label)? Link = null)
{
    /// <summary>A mail that has been due so long, or a backup so old, needs somebody.</summary>
    static readonly TimeSpan MailMayWait = TimeSpan.FromHours(1),
        BackupMayBe = TimeSpan.FromHours(36),
        JobMayWait = TimeSpan.FromMinutes(30);
    const double LeastFreePart = .1;
    const string Tell = "tell whoever looks after the server.",
        TellServer = "Tell whoever looks after the server.";

    public static IEnumerable<HealthItem> Of(
        IReadOnlyList<MetricValue> readings,
        IReadOnlyList<string> obstacles,
        IReadOnlyList<TrafficHour> day
    )
    {
        double? Value(Metric measure) => readings.FirstOrDefault(r => r.Metric == measure)?.Value;
        double Sum(Metric measure, string? label = null) =>
            readings.Where(r => r.Metric == measure && (label is null || r.Labels.Any(l => l.Value == label))).Sum(r => r.Value);

        yield return obstacles.Count > 0
            ? new("Forms and sign-in", $"Not everything works: {string.Join("; ", obstacles)}.", TellServer)
            : new("Forms and sign-in", "Everything that forms and sign-in need is there.");
        yield return Content(
            Sum(ContentMetrics.Faults, "error"),
            Sum(ContentMetrics.Unavailable),
            Sum(ContentMetrics.Pages),
            readings.FirstOrDefault(r => r.Metric == ContentMetrics.Version)?["version"],
            Sum(ContentMetrics.Changed)
        );
        yield return Mail(Value(MailMetrics.Waiting), Span(Sum(MailMetrics.Age)), Sum(MailMetrics.GivenUp));
        yield return Backup(Value(BackupMetrics.Age) is { } age ? Span(age) : null);
        yield return DiskSpace(Value(BackupMetrics.DiskFree), Sum(BackupMetrics.DiskSize));
        yield return Jobs([
            .. readings
                .Where(r =>
                    (r.Metric == JobMetrics.Failed && r.Value > 0) || (r.Metric == JobMetrics.Overdue && Span(r.Value) > JobMayWait)
                )
                .Select(r => r["job"]!)
                .Distinct(StringComparer.Ordinal),
        ]);
        yield return Deletion(Sum(DeletionServices.Held));
        var failed = day.Sum(h => h.Failed);
        yield return failed > 0
            ? new(
                "Answers",
                $"{Count(failed, "answer")} went wrong on our side in the last {Traffic.Hours} hours.",
                TellServer + " The log says which."
            )
            : new("Answers", $"None went wrong on our side in the last {Traffic.Hours} hours.");
    }

    /// <summary>Something about the settings or the machine that may not be meant so.</summary>
    public static HealthItem OfSetting(string doubt) => new("Settings", doubt, TellServer);

    /// <summary>Something between the site and its mail server that holds all mail.</summary>
    public static HealthItem OfHeldMail(HeldMail held) =>
        new(
            "Mail",
            $"All mail is held since {held.Since.InUk()}. {held.Wrong} {held.NothingIsLost}",
            held.ToDo,
            ("/staff/mail", "See what the server said")
        );

    static HealthItem Content(double errors, double unavailable, double pages, string? version, double shownSince) =>
        (errors, unavailable) switch
        {
            (> 0, _) or (_, > 0) => new(
                "Pages",
                $"{Count(errors, "fault")} in what was last saved. "
                    + $"{(unavailable > 0 ? $"{Count(unavailable, "page")} cannot be shown at all; of" : "Of")} the others readers see "
                    + "the last good version.",
                "Open the pages that are named on the first page of the staff area and mend them.",
                ("/staff", "See the faults")
            ),
            _ => new(
                "Pages",
                $"{Count(pages, "page")} can be read. Version {version?[..Math.Min(8, version.Length)]} is shown since "
                    + $"{DateTime.UnixEpoch.AddSeconds(shownSince).InUk()}."
            ),
        };

    static HealthItem Mail(double? waiting, TimeSpan longest, double givenUp) =>
        (waiting, givenUp) switch
        {
            (null, _) => new("Mail", "It is not known how many mails wait.", TellServer),
            (_, > 0) => new(
                "Mail",
                $"{Count(givenUp, "mail")} could not be delivered and will not be tried again.",
                "Look at the reason, mend the address or ask, and send again.",
                ("/staff/mail?state=given-up", "See them")
            ),
            _ when longest > MailMayWait => new(
                "Mail",
                $"{Count(waiting.Value, "mail")} waiting, the first for {longest.InWords()}.",
                "Look at the reason. If it is the mail server, " + Tell,
                ("/staff/mail?state=waiting", "See them")
            ),
            (0, _) => new("Mail", "Every mail that was due has left."),
            _ => new("Mail", $"{Count(waiting.Value, "mail")} waiting, the first for {longest.InWords()}."),
        };

    static HealthItem Backup(TimeSpan? age) =>
        age switch
        {
            null => new(
                "Backup",
                "There is none yet. The first is taken in the night after the site was started.",
                "If there is none tomorrow either, " + Tell
            ),
            { } old when old > BackupMayBe => new(
                "Backup",
                $"The newest is from {old.InWords()} ago; there should be one each night.",
                TellServer
            ),
            { } fresh => new("Backup", $"The newest is from {fresh.InWords()} ago."),
        };

    static HealthItem DiskSpace(double? free, double size) =>
        free is not { } left
            ? new("Disk", "It is not known how much is free.", TellServer)
            : new(
                "Disk",
                $"{Gigabytes(left)} of {Gigabytes(size)} are free.",
                left < size * LeastFreePart ? TellServer + " When it is full, nothing can be saved." : null
            );

    static HealthItem Jobs(IReadOnlyList<string> late) =>
        late.Count > 0
            ? new(
                "What the site does by itself",
                $"It did not manage to {string.Join(", to ", late)}. It tries again by itself.",
                "If this is still so in an hour, " + Tell
            )
            : new("What the site does by itself", "Nothing is overdue.");

    static HealthItem Deletion(double held) =>
        held > 0
            ? new(
                "Deletion",
                $"{Count(held, "kind")} of things {(held is 1 ? "waits" : "wait")} to be deleted, because the site does not believe it.",
                "Look at them and decide.",
                ("/staff/health/deletion", "See them")
            )
            : new("Deletion", "Whatever has had its time is deleted by itself.");

    static TimeSpan Span(double seconds) => TimeSpan.FromSeconds(seconds);

    static string Gigabytes(double bytes) =>
        (bytes / (1 << 30)).ToString(bytes < 10d * (1 << 30) ? "0.0" : "0", CultureInfo.InvariantCulture) + " GB";
}
