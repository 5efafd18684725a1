using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Telemetry;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Mail;

/// <summary>How mail leaves.</summary>
static class MailMetrics
{
    public static readonly Metric Waiting = new("infantmhweek.outbox.waiting", "{mail}", "Mails that should have left by now"),
        Age = new("infantmhweek.outbox.age", "s", "How long the one that is due longest has waited"),
        GivenUp = new("infantmhweek.outbox.dead", "{mail}", "Mails that were given up; staff decide");

    public static readonly MetricSource Source = new([Waiting, Age, GivenUp], Read);

    static IReadOnlyList<MetricValue> Read(IServiceProvider services)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        var mails = services.GetRequiredService<SiteDb>().Set<OutboxMail>().AsNoTracking().Where(m => m.SentAt == null);
        var due = mails.Where(m => m.GivenUpAt == null && (m.Attempts > 0 || m.NextAttemptAt <= now));
        // Some are asked for weeks before they are to leave; from the first attempt on, the waits between attempts tell how long it is.
        var untried = due.Where(m => m.Attempts == 0).Min(m => (DateTime?)m.NextAttemptAt);
        var tried = due.Where(m => m.Attempts > 0).Max(m => (int?)m.Attempts) ?? 0;
        var age = Math.Max(
            untried is { } since ? (now - since).TotalSeconds : 0,
            Enumerable.Range(1, tried).Sum(n => OutboxMail.WaitAfter(n).TotalSeconds)
        );
        return [new(Waiting, due.Count()), new(Age, age), new(GivenUp, mails.Count(m => m.GivenUpAt != null))];
    }
}
