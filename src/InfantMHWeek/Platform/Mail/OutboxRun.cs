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
    /// <summary>More would only be given back when something goes wrong.</summary>
    const int MostInHand = 48;

    /// <summary>Slow ones do not count, until all together are so many times what is set.</summary>
    const int WithSlow = 4,
        MostSlowOfADomain = 2;
    static readonly TimeSpan SlowAfter = TimeSpan.FromSeconds(3),
        Look = TimeSpan.FromSeconds(1),
        BetweenWrites = TimeSpan.FromMilliseconds(25),
        AfterTrouble = TimeSpan.FromSeconds(1),
        Grace = TimeSpan.FromSeconds(10);

    readonly List<OutgoingMail> hand = [];
    readonly Dictionary<Task<DeliveryReport>, InFlight> flights = [];
    readonly CancellationTokenSource abort = new();
    List<DeliveryReport> finished = [],
        beingWritten = [];
    Task<LeaseResult>? writing;
    long lookedAt,
        wroteAt;

    /// <summary>No mail in hand was leased or renewed before this; the second is for when the write that renews has succeeded.</summary>
    long renewedAt,
        renewsAt;
    bool mayBeMore = true,
        lookedForMore,
        holdChanged,
        tellsOfHold,
        storeIsAway;
    int sent;

    /// <param name="At">When it was begun, as a timestamp of the clock.</param>
    /// <param name="Chapter">Of the hold, when it was begun.</param>
    sealed record InFlight(OutgoingMail Mail, long At, int Chapter);

    public void Dispose() => abort.Dispose();

    /// <returns>How many mails left the house.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        (lookedAt, wroteAt, renewedAt) = (clock.GetTimestamp(), 0, clock.GetTimestamp());
        // A store that is in trouble from the start is the caller's to wait for: nothing is in hand yet.
        if (!hold.MaySend || !await leases.IsAnyDueAsync(NextBatch([]), stop))
            return 0;
        lookedForMore = true;
        Take(await leases.WriteAsync(NextBatch([]), stop));
        while (!stop.IsCancellationRequested)
        {
            Collect();
            if (!hold.MaySend)
                GiveBack(_ => true);
            GiveBack(IsHeldUp);
            StartAll();
            WriteIfTime(stop);
            if (
                flights.Count == 0
                && writing is null
                && finished.Count == 0
                && hand.Count == 0
                && !holdChanged
                && (!mayBeMore || !hold.MaySend)
            )
                return sent;
            await WaitAsync(stop);
        }
        await DrainAsync();
        return sent;
    }

    bool IsSlow(InFlight flight) => clock.GetElapsedTime(flight.At) >= SlowAfter;

    IEnumerable<InFlight> Slow => flights.Values.Where(IsSlow);
    int Unwritten => finished.Count(f => f.Delivery is not null) + beingWritten.Count;
    List<string> SlowReaders => [.. Slow.Select(f => f.Mail.To.Key).Distinct(StringComparer.Ordinal)];
    List<string> SlowDomains =>
        [
            .. Slow.GroupBy(f => f.Mail.Domain, StringComparer.Ordinal)
                .Where(same => same.Count() >= MostSlowOfADomain)
                .Select(same => same.Key),
        ];

    /// <summary>Whether it would only wait behind others of its reader that are slow.</summary>
    bool IsHeldUp(OutgoingMail mail) =>
        mail.Lane != MailLane.Urgent
        && (Slow.Any(f => f.Mail.To.Key == mail.To.Key) || SlowDomains.Contains(mail.Domain, StringComparer.Ordinal));

    void StartAll()
    {
        while (hold.MaySend && Next() is { } mail)
        {
            hand.Remove(mail);
            flights.Add(SendAsync(mail), new(mail, clock.GetTimestamp(), hold.Chapter));
        }
    }

    /// <summary>Before a lease could run out, while the store cannot be asked: another process may have the mail soon.</summary>
    bool MayBeAnothers => clock.GetElapsedTime(renewedAt) >= OutboxLeases.Lease * 3 / 4;

    /// <summary>Some places are kept free for lanes that go first.</summary>
    OutgoingMail? Next()
    {
        var swift = flights.Values.Count(f => !IsSlow(f));
        if (
            hand.Count == 0
            || MayBeAnothers
            || (hold.IsTrying && swift > 0)
            || flights.Count >= settings.Connections * WithSlow
            || Unwritten >= Math.Max(2, settings.Connections)
        )
            return null;
        return hand.Where(m =>
                swift < Math.Max(1, settings.Connections - (int)m.Lane) && !flights.Values.Any(f => f.Mail.To.Key == m.To.Key)
            )
            .MinBy(m => m.Lane);
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

    void Collect()
    {
        foreach (var (flight, of) in flights.Where(f => f.Key.IsCompleted).ToList())
        {
            flights.Remove(flight);
            var end = flight.Result;
            finished.Add(end);
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
            (holdChanged, mayBeMore) = (true, true);
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

    void GiveBack(Predicate<OutgoingMail> which)
    {
        finished.AddRange(hand.FindAll(which).Select(m => new DeliveryReport(m, null)));
        hand.RemoveAll(which);
    }

    void WriteIfTime(CancellationToken stop)
    {
        if (writing is not null || (storeIsAway && clock.GetElapsedTime(wroteAt) < AfterTrouble))
            return;
        var rested = clock.GetElapsedTime(wroteAt) >= BetweenWrites;
        var toWrite = finished.Count > 0 && (rested || flights.Count == 0 || hand.Count == 0 || Unwritten >= settings.Connections);
        var toLook =
            hold.MaySend
            && ((mayBeMore && hand.Count < MostInHand / 2 && (rested || hand.Count == 0)) || clock.GetElapsedTime(lookedAt) >= Look);
        var toRenew = clock.GetElapsedTime(renewedAt) >= OutboxLeases.Lease / 4;
        if (!toWrite && !toLook && !toRenew && !holdChanged)
            return;
        (beingWritten, finished) = (finished, []);
        var batch = NextBatch(beingWritten) with { Renew = toRenew, Most = hold.MaySend ? Wanted : 0 };
        renewsAt = toRenew ? clock.GetTimestamp() : renewedAt;
        if (batch.Most > 0)
            (lookedAt, lookedForMore) = (clock.GetTimestamp(), true);
        // What changes while this is being written is told by the next.
        (tellsOfHold, holdChanged) = (holdChanged, false);
        writing = WriteAsync(batch, stop);
    }

    async Task<LeaseResult> WriteAsync(OutboxBatch batch, CancellationToken stop)
    {
        var hasToWrite = batch.Finished.Count > 0 || (batch.Renew && batch.InHand.Count > 0) || batch.HoldChanged;
        // Only looking takes no lock.
        return hasToWrite || await leases.IsAnyDueAsync(batch, stop) ? await leases.WriteAsync(batch, stop) : LeaseResult.Nothing;
    }

    int Wanted =>
        hold.IsTrying ? (hand.Count == 0 && flights.Values.All(IsSlow) ? 1 : 0) : Math.Max(settings.Connections, MostInHand - hand.Count);

    /// <summary>With a full hand, only what goes before some of it is of interest.</summary>
    OutboxBatch NextBatch(IReadOnlyList<DeliveryReport> ends) =>
        new(
            ends,
            [.. hand.Select(m => m.Id), .. flights.Values.Select(f => f.Mail.Id)],
            false,
            Wanted,
            hand.Count >= MostInHand ? hand.Max(m => m.Lane) : null,
            SlowReaders,
            SlowDomains,
            holdChanged,
            hold.Note
        );

    async Task WaitAsync(CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var nap = finished.Count > 0 ? BetweenWrites : Look;
        await Task.WhenAny([.. flights.Keys, .. writing is null ? Array.Empty<Task>() : [writing], Task.Delay(nap, clock, over.Token)]);
        await over.CancelAsync();
        if (writing is { IsCompleted: true })
            await TakeWrittenAsync();
    }

    async Task TakeWrittenAsync()
    {
        var (asked, written) = (beingWritten, writing!);
        (writing, beingWritten, wroteAt) = (null, [], clock.GetTimestamp());
        try
        {
            Take(await written);
            (storeIsAway, renewedAt) = (false, renewsAt);
        }
        catch (Exception problem)
        {
            // What became of these mails is kept until it can be written down.
            finished = [.. asked, .. finished];
            holdChanged |= tellsOfHold;
            if (!storeIsAway && problem is not OperationCanceledException)
                log.LogError(problem, "What became of {Count} mails could not be written down yet; it is tried again", asked.Count);
            storeIsAway = true;
        }
    }

    void Take(LeaseResult leased)
    {
        if (lookedForMore)
            mayBeMore = leased.Mails.Count > 0;
        lookedForMore = false;
        hand.RemoveAll(m => leased.Lost.Contains(m.Id));
        hand.AddRange(leased.Mails);
    }

    /// <summary>
    /// The site is being stopped: what is under way may end, what was sent must be known as sent, and the rest goes back.
    /// </summary>
    async Task DrainAsync()
    {
        GiveBack(_ => true);
        using var over = new CancellationTokenSource();
        await Task.WhenAny(Task.WhenAll(flights.Keys), Task.Delay(Grace, clock, over.Token));
        await over.CancelAsync();
        await abort.CancelAsync();
        await Task.WhenAll(flights.Keys);
        Collect();
        if (writing is not null)
        {
            await Task.WhenAny(writing);
            await TakeWrittenAsync();
            GiveBack(_ => true);
        }
        if (finished.Count == 0)
            return;
        try
        {
            await leases.WriteAsync(NextBatch(finished) with { Most = 0 }, CancellationToken.None);
        }
        catch (Exception problem)
        {
            log.LogError(
                problem,
                "What became of {Count} mails could not be written down before the end; they are sent again",
                finished.Count
            );
        }
    }
}
