using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Platform.Jobs;

/// <summary>
/// Something the site does by itself now and then. However many instances run, one of them does it; a restart neither skips nor
/// repeats it. A job that was killed half way is begun again, so it must be able to run twice: it notes in its own writes what is done.
/// </summary>
/// <param name="Name">Says to staff what it does, after "to": <c>take the nightly backup</c>. Unique.</param>
/// <param name="Next">From now (UTC), when it is due next.</param>
/// <param name="RunAsync">
/// Does it, with the services of a scope of its own. Ends early when cancelled. Gives the moment (UTC) at which it has something to do
/// again, if that may be sooner than the schedule says; else null. Throws <see cref="JobException"/> to tell staff in words what is wrong.
/// </param>
sealed record Job(string Name, Func<DateTime, DateTime> Next, Func<IServiceProvider, CancellationToken, Task<DateTime?>> RunAsync)
{
    public const int MaxName = 60;

    /// <summary>Due again so long after it was done.</summary>
    public static Job Every(string name, TimeSpan every, Func<IServiceProvider, CancellationToken, Task> run) =>
        new(name, now => now + every, Timeless(run));

    /// <summary>Due once a day, at a time of day in the UK.</summary>
    public static Job Daily(string name, TimeOnly at, Func<IServiceProvider, CancellationToken, Task> run) =>
        new(name, now => NextAt(now, at), Timeless(run));

    static Func<IServiceProvider, CancellationToken, Task<DateTime?>> Timeless(Func<IServiceProvider, CancellationToken, Task> run) =>
        async (services, cancel) =>
        {
            await run(services, cancel);
            return null;
        };

    static DateTime NextAt(DateTime now, TimeOnly at)
    {
        var day = UkTime.DayOf(now);
        var next = UkTime.ToUtc(day.ToDateTime(at)).Utc;
        return next > now ? next : UkTime.ToUtc(day.AddDays(1).ToDateTime(at)).Utc;
    }
}

/// <summary>
/// A job could not do its work for a reason that can be told: staff read the message as it is, and the job is tried again later.
/// </summary>
/// <param name="message">A plain sentence for staff, without names of persons.</param>
sealed class JobException(string message) : Exception(message);
