namespace InfantMHWeek.Platform.Mail;

/// <summary>
/// Writes down what became of the mails of one run, and leases more: one write at a time, and each as late as it may be. What could
/// not be written is kept until it can.
/// </summary>
sealed class OutboxWriter(
    OutboxLeases leases,
    MailsUnderWay mails,
    SendingHold hold,
    MailSettings settings,
    TimeProvider clock,
    ILogger log
)
{
    static readonly TimeSpan Look = TimeSpan.FromSeconds(1),
        BetweenWrites = TimeSpan.FromMilliseconds(25),
        AfterTrouble = TimeSpan.FromSeconds(1);

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

    /// <summary>How many mails have left, or not, without that being known to the store.</summary>
    public int Unwritten => finished.Count(f => f.Delivery is not null) + beingWritten.Count;

    /// <summary>Before a lease could run out, while the store cannot be asked: another process may have the mail soon.</summary>
    public bool MayBeAnothers => clock.GetElapsedTime(renewedAt) >= OutboxLeases.Lease * 3 / 4;

    /// <summary>Nothing is to be written or looked for.</summary>
    public bool IsDone => writing is null && finished.Count == 0 && !holdChanged && (!mayBeMore || !hold.MaySend);

    public Task<LeaseResult>? Writing => writing;

    /// <summary>After so long it is time to look at everything again.</summary>
    public TimeSpan Nap => finished.Count > 0 ? BetweenWrites : Look;

    /// <summary>The first mails of the run.</summary>
    /// <returns>False when none is due.</returns>
    public async Task<bool> BeginAsync(CancellationToken stop)
    {
        (lookedAt, wroteAt, renewedAt) = (clock.GetTimestamp(), 0, clock.GetTimestamp());
        if (!hold.MaySend || !await leases.IsAnyDueAsync(NextBatch([]), stop))
            return false;
        lookedForMore = true;
        Take(await leases.WriteAsync(NextBatch([]), stop));
        return true;
    }

    public void Add(DeliveryReport end) => finished.Add(end);

    public void GiveBack(Predicate<OutgoingMail> which) => finished.AddRange(mails.TakeBack(which));

    public void NoteHoldChanged() => (holdChanged, mayBeMore) = (true, true);

    public void WriteIfTime(CancellationToken stop)
    {
        if (writing is not null || (storeIsAway && clock.GetElapsedTime(wroteAt) < AfterTrouble))
            return;
        var rested = clock.GetElapsedTime(wroteAt) >= BetweenWrites;
        var toWrite = finished.Count > 0 && (rested || mails.Flights.Count == 0 || mails.InHand == 0 || Unwritten >= settings.Connections);
        var toLook =
            hold.MaySend
            && (
                (mayBeMore && mails.InHand < MailsUnderWay.MostInHand / 2 && (rested || mails.InHand == 0))
                || clock.GetElapsedTime(lookedAt) >= Look
            );
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
        hold.IsTrying
            ? (mails.InHand == 0 && mails.AllFlightsAreSlow ? 1 : 0)
            : Math.Max(settings.Connections, MailsUnderWay.MostInHand - mails.InHand);

    OutboxBatch NextBatch(IReadOnlyList<DeliveryReport> ends) =>
        new(ends, mails.Ids, false, Wanted, mails.Before, mails.SlowReaders, mails.SlowDomains, holdChanged, hold.Note);

    /// <summary>Takes what came of the write that is under way.</summary>
    public async Task TakeWrittenAsync()
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
        mails.Take(leased);
    }

    /// <summary>The last write of the run: what was sent must be known as sent, and the rest goes back.</summary>
    public async Task EndAsync()
    {
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
