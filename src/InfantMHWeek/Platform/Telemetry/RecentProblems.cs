namespace InfantMHWeek.Platform.Telemetry;

/// <summary>A request that was not answered as its visitor hoped.</summary>
/// <param name="Route">How the program names the address; nothing that a visitor wrote.</param>
/// <param name="Problem">The kind of exception behind it, or null.</param>
sealed record RecentProblem(string Reference, DateTime At, string Method, string Route, int Status, string? Problem);

/// <summary>
/// The last of them since the start, in memory: when the store is in trouble, nothing else could keep them. Those that are our
/// fault are kept apart, so that nobody can push them out by sending nonsense.
/// </summary>
sealed class RecentProblems(TimeProvider clock)
{
    const int Capacity = 1000;
    readonly Lock gate = new();
    readonly Queue<RecentProblem> ours = [],
        theirs = [];

    public RecentProblem? Find(string reference)
    {
        lock (gate)
            return ours.Concat(theirs).FirstOrDefault(p => p.Reference == reference);
    }

    public void Note(HttpContext context, Exception? problem)
    {
        var status = context.Response.StatusCode;
        // Addresses that lead nowhere are no problem of a person who would ask.
        if (status is < 400 or 404 or 405)
            return;
        var found = new RecentProblem(
            context.TraceIdentifier,
            clock.GetUtcNow().UtcDateTime,
            Logging.KnownMethod(context.Request.Method),
            Logging.RouteOf(context),
            status,
            problem?.GetBaseException().GetType().Name
        );
        lock (gate)
        {
            var kept = status >= 500 ? ours : theirs;
            kept.Enqueue(found);
            if (kept.Count > Capacity)
                kept.Dequeue();
        }
    }
}
