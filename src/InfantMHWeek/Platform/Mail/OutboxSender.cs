using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Mail;

/// <summary>
/// Takes mails out of the outbox, again and again. Each is leased before it is sent, so that two rounds never send it twice;
/// what fails is tried later and later, and in the end shown to the staff. The log names a mail's id and kind, nothing of its reader.
/// </summary>
public sealed class OutboxSender(IServiceScopeFactory scopes, IMailTransport carrier, MailSettings settings, TimeProvider clock, ILogger<OutboxSender> log) : BackgroundService
{
    const int AtOnce = 50;

    /// <summary>The first round comes after the first readers: it is the first to need the database's whole model.</summary>
    static readonly TimeSpan First = TimeSpan.FromSeconds(10), Between = TimeSpan.FromSeconds(5), WhileAway = TimeSpan.FromMinutes(1), Lease = TimeSpan.FromMinutes(5), Patience = TimeSpan.FromMinutes(2);
    static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(1), LongestWait = TimeSpan.FromHours(6);

    /// <summary>Whether the last round found nobody to hand mails to.</summary>
    bool away;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var wait = First; ; wait = away ? WhileAway : Between)
        {
            await Task.Delay(wait, clock, stoppingToken);
            try
            {
                await RunOnceAsync(stoppingToken);
            }
            catch (Exception problem) when (problem is DbUpdateException or System.Data.Common.DbException)
            {
                log.LogError(problem, "The outbox could not be read");
            }
        }
    }

    /// <summary>One round: everything that is due.</summary>
    /// <returns>How many mails left the house.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SiteDb>();
        var sent = 0;
        foreach (var id in await Due(db).OrderBy(m => m.NextAttemptAt).ThenBy(m => m.Id).Select(m => m.Id).Take(AtOnce).ToListAsync(cancel))
        {
            var (now, until) = (Now, Now + Lease);
            if (await Due(db).Where(m => m.Id == id).ExecuteUpdateAsync(set => set.SetProperty(m => m.LeasedUntil, until).SetProperty(m => m.Attempts, m => m.Attempts + 1), cancel) != 1) continue;
            var mail = await db.Set<OutboxMail>().AsNoTracking().FirstAsync(m => m.Id == id, cancel);
            var (fate, problem) = await Carry(mail, cancel);
            // Also when the site is being stopped: what was sent must be known as sent.
            if (fate == DeliveryOutcome.ServerAway)
            {
                await KeepTurn(db, mail, problem);
                break;
            }
            away = false;
            await Write(db, mail, fate, problem);
            if (fate == DeliveryOutcome.Delivered) sent++;
        }
        return sent;
    }

    DateTime Now => clock.GetUtcNow().UtcDateTime;

    IQueryable<OutboxMail> Due(SiteDb db)
    {
        var now = Now;
        return db.Set<OutboxMail>().Where(m => m.SentAt == null && m.GivenUpAt == null && m.NextAttemptAt <= now && (m.LeasedUntil == null || m.LeasedUntil < now));
    }

    async Task<(DeliveryOutcome Fate, string? Problem)> Carry(OutboxMail mail, CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancel);
        return await carrier.SendAsync(MailMessage.Of(mail, settings.From), either.Token);
    }

    async Task Write(SiteDb db, OutboxMail mail, DeliveryOutcome fate, string? problem)
    {
        var (now, row) = (Now, db.Set<OutboxMail>().Where(m => m.Id == mail.Id));
        if (fate == DeliveryOutcome.Delivered)
        {
            // Its words are not kept: there are links in them that open things.
            await row.ExecuteUpdateAsync(set => set.SetProperty(m => m.SentAt, now).SetProperty(m => m.LeasedUntil, (DateTime?)null).SetProperty(m => m.LastProblem, (string?)null)
                .SetProperty(m => m.Text, "").SetProperty(m => m.Html, "").SetProperty(m => m.Calendar, (string?)null).SetProperty(m => m.LeaveAt, (string?)null), CancellationToken.None);
            return;
        }
        var words = OneLine(problem ?? "");
        var givenUp = fate == DeliveryOutcome.Refused || mail.Attempts >= OutboxMail.MostAttempts ? now : (DateTime?)null;
        var next = now + Later(mail.Attempts);
        await row.ExecuteUpdateAsync(set => set.SetProperty(m => m.LeasedUntil, (DateTime?)null).SetProperty(m => m.NextAttemptAt, next).SetProperty(m => m.GivenUpAt, givenUp).SetProperty(m => m.LastProblem, words), CancellationToken.None);
        log.LogWarning("Mail {Id} ({Kind}) did not leave at attempt {Attempt}: {Fate}", mail.Id, mail.Kind, mail.Attempts, givenUp is null ? fate : DeliveryOutcome.Refused);
    }

    /// <summary>A server that is away says nothing about a mail: it keeps its turn and its attempts, so that after a long night all leave in their order.</summary>
    async Task KeepTurn(SiteDb db, OutboxMail mail, string? problem)
    {
        var words = OneLine(problem ?? "");
        await db.Set<OutboxMail>().Where(m => m.Id == mail.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.LeasedUntil, (DateTime?)null).SetProperty(m => m.Attempts, m => m.Attempts - 1).SetProperty(m => m.LastProblem, words), CancellationToken.None);
        // Once, not each minute of a night.
        if (!away) log.LogWarning("The mail server cannot be reached; mails wait for it");
        away = true;
    }

    /// <summary>1, 2, 4 … minutes, at most six hours.</summary>
    internal static TimeSpan Later(int attempts)
    {
        var wait = FirstWait * Math.Pow(2, Math.Clamp(attempts - 1, 0, 20));
        return wait < LongestWait ? wait : LongestWait;
    }

    static string OneLine(string text)
    {
        var line = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        return line.Length <= OutboxMail.ProblemMaxLength ? line : line[..OutboxMail.ProblemMaxLength];
    }
}
