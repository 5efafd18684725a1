namespace InfantMHWeek.Platform.Mail.Smtp;

/// <summary>Lines to the mail server that are kept for the next mail, and closed when none comes.</summary>
sealed class SmtpConnections(MailSettings settings, TimeProvider clock) : IDisposable
{
    static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(30),
        KeptFor = TimeSpan.FromSeconds(20);

    static readonly TimeSpan LimitedFor = TimeSpan.FromMinutes(5),
        PartingPatience = TimeSpan.FromSeconds(2);

    readonly SmtpDialer dialer = new(settings);
    readonly Lock gate = new();

    readonly Stack<SmtpConnection> idle = new();
    int opening,
        open;

    /// <summary>So many lines the server has borne at once, when it would not take one more; until when that is believed.</summary>
    (int Most, DateTimeOffset Until) limit = (int.MaxValue, DateTimeOffset.MinValue);

    TaskCompletionSource returned = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A kept line, or a new one. When the server takes no more lines than there are, it waits for one of those.</summary>
    /// <returns>The line, or why there is none.</returns>
    public async Task<(SmtpConnection? Connection, Delivery? Trouble)> RentAsync(CancellationToken cancel)
    {
        Delivery? trouble = null;
        using var patience = new CancellationTokenSource(ConnectPatience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancel);
        while (true)
        {
            var (kept, mayOpen, next) = Look();
            if (kept is not null && await kept.IsAliveAsync(clock.GetUtcNow(), either.Token))
                return (kept, null);
            if (kept is not null)
                Drop(kept);
            else if (mayOpen)
            {
                var (connection, problem) = await OpenAsync(either.Token);
                if (connection is not null)
                    return (connection, null);
                trouble = problem;
                if (!TakesFewer())
                    return (null, trouble);
            }
            else
            {
                try
                {
                    await next.WaitAsync(either.Token);
                }
                catch (OperationCanceledException)
                {
                    return (null, trouble ?? Delivery.Hold(MailTrouble.Unreachable, "Its lines are all busy and none became free."));
                }
            }
        }
    }

    public void Return(SmtpConnection connection)
    {
        (connection.WasKept, connection.RestsSince) = (true, clock.GetUtcNow());
        lock (gate)
            idle.Push(connection);
        Tell();
    }

    public void Drop(SmtpConnection connection)
    {
        connection.Dispose();
        lock (gate)
            open--;
        Tell();
    }

    /// <summary>Closes the lines that have rested for a while.</summary>
    public Task CloseIdleConnectionsAsync() => PartAsync(connection => clock.GetUtcNow() - connection.RestsSince >= KeptFor);

    /// <summary>Closes all that rest, because one of them was found dead.</summary>
    public void DropIdle()
    {
        foreach (var connection in TakeIdle(_ => true))
            Drop(connection);
    }

    public void Dispose() => DropIdle();

    (SmtpConnection? Kept, bool MayOpen, Task Next) Look()
    {
        lock (gate)
        {
            if (idle.TryPop(out var kept))
                return (kept, false, returned.Task);
            var most = limit.Until > clock.GetUtcNow() ? limit.Most : int.MaxValue;
            if (open + opening >= most)
                return (null, false, returned.Task);
            opening++;
            return (null, true, returned.Task);
        }
    }

    async Task<(SmtpConnection? Connection, Delivery? Trouble)> OpenAsync(CancellationToken cancel)
    {
        var (connection, trouble) = await dialer.DialAsync(cancel);
        lock (gate)
        {
            opening--;
            if (trouble is null)
                open++;
        }
        if (trouble is null)
            return (connection, null);
        Tell();
        return (null, trouble);
    }

    /// <summary>Whether there are other lines, so that the server only takes no more of them at once.</summary>
    bool TakesFewer()
    {
        lock (gate)
        {
            if (open == 0)
                return false;
            limit = (open, clock.GetUtcNow() + LimitedFor);
            return true;
        }
    }

    async Task PartAsync(Func<SmtpConnection, bool> from)
    {
        foreach (var connection in TakeIdle(from))
        {
            try
            {
                using var patience = new CancellationTokenSource(PartingPatience, clock);
                await connection.Client.DisconnectAsync(quit: true, patience.Token);
            }
            catch (Exception)
            {
                // How we part does not matter.
            }
            Drop(connection);
        }
    }

    List<SmtpConnection> TakeIdle(Func<SmtpConnection, bool> which)
    {
        lock (gate)
        {
            var taken = idle.Where(which).ToList();
            var stay = idle.Except(taken).Reverse().ToList();
            idle.Clear();
            foreach (var connection in stay)
                idle.Push(connection);
            return taken;
        }
    }

    void Tell()
    {
        TaskCompletionSource told;
        lock (gate)
            (told, returned) = (returned, new(TaskCreationOptions.RunContinuationsAsynchronously));
        told.SetResult();
    }
}
