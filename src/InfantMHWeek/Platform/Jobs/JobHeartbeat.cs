namespace InfantMHWeek.Platform.Jobs;

/// <summary>Keeps the lease of a job while it runs.</summary>
sealed class JobHeartbeat(JobLeases book, TimeProvider clock, ILogger log)
{
    static readonly TimeSpan Beat = JobLeases.Lease / 4;

    /// <summary>
    /// Says again and again that we are alive and at it; if it is no longer ours, or that cannot be known, the work is broken off.
    /// </summary>
    public async Task KeepAsync(Job job, CancellationTokenSource held, CancellationToken ended)
    {
        var until = book.Now + JobLeases.Lease;
        while (!ended.IsCancellationRequested)
        {
            await Task.Delay(Beat, clock, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ended.IsCancellationRequested)
                return;
            try
            {
                if (await book.KeepAsync(job.Name, ended))
                    until = book.Now + JobLeases.Lease;
                else
                    until = DateTime.MinValue;
            }
            catch (Exception problem)
            {
                if (!ended.IsCancellationRequested)
                    log.LogWarning(problem, "The lease of the job could not be extended: {Job}", job.Name);
            }
            if (book.Now < until)
                continue;
            if (!ended.IsCancellationRequested)
                await held.CancelAsync();
            return;
        }
    }
}
