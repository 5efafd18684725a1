namespace InfantMHWeek.Platform.Mail;

/// <summary>
/// Sends what waits in the outbox, for as long as the site runs. It survives whatever happens to the store and the mail server. The log
/// names a mail's id and kind, nothing of its reader.
/// </summary>
sealed class OutboxSender(
    OutboxLeases ledger,
    IMailTransport transport,
    MailSettings settings,
    TimeProvider clock,
    ILogger<OutboxSender> log
) : BackgroundService
{
    /// <summary>For one mail. Whoever leaves sooner after the whole mail was sent, sends it twice.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>The first run comes after the first readers: it is the first to need the database's whole model.</summary>
    static readonly TimeSpan First = TimeSpan.FromSeconds(10),
        Between = TimeSpan.FromSeconds(2),
        LongestAfterTrouble = TimeSpan.FromMinutes(1);

    readonly SendingHold hold = new(clock);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (wait, troubles) = (First, 0);
        while (true)
        {
            await Task.Delay(wait, clock, stoppingToken);
            try
            {
                await RunOnceAsync(stoppingToken);
                await transport.CloseIdleConnectionsAsync();
                (wait, troubles) = (Between, 0);
            }
            catch (Exception problem) when (!stoppingToken.IsCancellationRequested)
            {
                // An exception that left this service would stop the whole site.
                if (troubles == 0)
                    log.LogError(problem, "Mail could not be sent; it is tried again");
                var longer = Between * Math.Pow(2, Math.Min(troubles++, 10));
                wait = longer < LongestAfterTrouble ? longer : LongestAfterTrouble;
            }
        }
    }

    /// <summary>One run: everything that is due, while the mail server takes it.</summary>
    /// <returns>How many mails left the house.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancel)
    {
        await ledger.RefuseForeignSchemaAsync(cancel);
        if (!hold.MaySend && await ledger.IsWantedNowAsync(cancel))
            hold.TryNow();
        using var run = new OutboxRun(ledger, transport, hold, settings, clock, log);
        return await run.RunAsync(cancel);
    }
}
