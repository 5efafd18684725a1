namespace InfantMHWeek.Platform.Mail;

/// <summary>
/// One run through the outbox, until nothing is due or mail is held. Several mails are under way at once. While some are slow, others may
/// overtake them; of what has left, only a few are not yet written down at any moment, so that a crash repeats no more than those.
/// </summary>
sealed class OutboxRun(
    OutboxLeases leases,
    IMailTransport transport,
    SendingHold hold,
    MailSettings settings,
    TimeProvider clock,
    ILogger log
) : IDisposable
{
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    readonly CancellationTokenSource abort = new();
    int sent;

    public void Dispose() => abort.Dispose();

    /// <returns>How many mails left the house.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var mails = new MailsUnderWay(settings, clock);
        var writer = new OutboxWriter(leases, mails, hold, settings, clock, log);
        // A store that is in trouble from the start is the caller's to wait for: nothing is in hand yet.
        if (!await writer.BeginAsync(stop))
            return 0;
        while (!stop.IsCancellationRequested)
        {
            Collect(mails, writer);
            if (!hold.MaySend)
                writer.GiveBack(_ => true);
            writer.GiveBack(mails.IsHeldUp);
            StartAll(mails, writer);
            writer.WriteIfTime(stop);
            if (mails.Flights.Count == 0 && mails.InHand == 0 && writer.IsDone)
                return sent;
            await WaitAsync(mails, writer, stop);
        }
        await DrainAsync(mails, writer);
        return sent;
    }

    void StartAll(MailsUnderWay mails, OutboxWriter writer)
    {
        while (
            hold.MaySend
            && !writer.MayBeAnothers
            && writer.Unwritten < Math.Max(2, settings.Connections)
            && mails.Next(alone: hold.IsTrying) is { } mail
        )
            mails.Begin(mail, SendAsync(mail), hold.Chapter);
    }

    async Task<DeliveryReport> SendAsync(OutgoingMail mail)
    {
        using var patience = new CancellationTokenSource(OutboxSender.Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, abort.Token);
        Delivery delivery;
        try
        {
            delivery = await transport.SendAsync(MailMessage.Of(mail, settings.From), either.Token);
        }
        catch (Exception problem)
        {
            // Whatever it is: one mail may not end the sending of all others. Its message may name the reader.
            if (!either.IsCancellationRequested)
                log.LogError("Mail {Id} ({Kind}) could not be made or sent: {Problem}", mail.Id, mail.Kind, problem.GetType().Name);
            delivery = new(DeliveryOutcome.Broken, problem.Message);
        }
        return new(
            mail,
            abort.IsCancellationRequested && delivery.Outcome is DeliveryOutcome.Broken or DeliveryOutcome.Held ? null : delivery
        );
    }

    void Collect(MailsUnderWay mails, OutboxWriter writer)
    {
        foreach (var (of, end) in mails.TakeLanded())
        {
            writer.Add(end);
            if (end.Delivery is not { } delivery)
                continue;
            if (delivery.Outcome == DeliveryOutcome.Delivered)
                sent++;
            else if (delivery.Outcome != DeliveryOutcome.Held)
                log.LogWarning(
                    "Mail {Id} ({Kind}) did not leave at attempt {Attempt}: {Outcome}",
                    of.Mail.Id,
                    of.Mail.Kind,
                    of.Mail.Attempts,
                    delivery.Outcome
                );
            var before = hold.Note;
            if (!hold.Learn(delivery, of.Mail.To.Key, of.Chapter))
                continue;
            writer.NoteHoldChanged();
            Tell(before, hold.Note);
        }
    }

    /// <summary>Once, not at each attempt of a night.</summary>
    void Tell(SendingHoldStatus? before, SendingHoldStatus? after)
    {
        if (after is not null && before?.Trouble != after.Trouble)
        {
            if (after.Trouble == MailTrouble.Unreachable)
                log.LogWarning("The mail server cannot be reached; all mail waits for it");
            else
                log.LogWarning("All mail is held: {Trouble}", after.Trouble);
        }
        if (before is not null && after is null)
            log.LogInformation("Mail leaves again");
    }

    async Task WaitAsync(MailsUnderWay mails, OutboxWriter writer, CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await Task.WhenAny([
            .. mails.Flights,
            .. writer.Writing is { } writing ? [writing] : Array.Empty<Task>(),
            Task.Delay(writer.Nap, clock, over.Token),
        ]);
        await over.CancelAsync();
        if (writer.Writing is { IsCompleted: true })
            await writer.TakeWrittenAsync();
    }

    /// <summary>
    /// The site is being stopped: what is under way may end, what was sent must be known as sent, and the rest goes back.
    /// </summary>
    async Task DrainAsync(MailsUnderWay mails, OutboxWriter writer)
    {
        writer.GiveBack(_ => true);
        using var over = new CancellationTokenSource();
        await Task.WhenAny(Task.WhenAll(mails.Flights), Task.Delay(Grace, clock, over.Token));
        await over.CancelAsync();
        await abort.CancelAsync();
        await Task.WhenAll(mails.Flights);
        Collect(mails, writer);
        await writer.EndAsync();
    }
}
