using InfantMHWeek.Courses.Interests;
using InfantMHWeek.Platform.Capacity;
using InfantMHWeek.Platform.Jobs;

namespace InfantMHWeek.Courses;

/// <summary>
/// What the course does by itself: ends offers, tells of openings, reminds, asks for evaluations, gives certificates.
/// Each step notes in the store that it was done, in the same transaction, so a restart neither skips nor repeats it.
/// </summary>
static class CourseJobs
{
    static readonly TimeSpan Often = TimeSpan.FromMinutes(1);

    /// <summary>In the order in which one gives the next something to do.</summary>
    public static IReadOnlyList<Job> All { get; } =
    [
        At<CourseProgress>("end offers that nobody answered", (companion, cancel) => companion.ExpireAsync(cancel)),
        At<CourseProgress>("offer places that are free", (companion, cancel) => companion.FillAsync(cancel)),
        ByDay<InterestList>("tell who waits for it that a group opens", (list, cancel) => list.TellOpeningsAsync(cancel)),
        ByDay<CourseProgress>("remind those whose place is not confirmed", (companion, cancel) => companion.RemindUnconfirmedAsync(cancel)),
        ByDay<CourseProgress>("remind those who take part of a session", (companion, cancel) => companion.RemindAsync(cancel)),
        ByDay<CourseProgress>("close groups that are over", (companion, cancel) => companion.CloseAsync(cancel)),
    ];

    static Job At<T>(string name, Func<T, CancellationToken, Task> run)
        where T : notnull => Job.Every(name, Often, (services, cancel) => run(services.GetRequiredService<T>(), cancel));

    /// <summary>Nobody is woken by what can wait until the morning.</summary>
    static Job ByDay<T>(string name, Func<T, CancellationToken, Task> run)
        where T : notnull =>
        At<IServiceProvider>(name, (services, cancel) =>
            OfferTimes.IsNight(services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime)
                ? Task.CompletedTask
                : run(services.GetRequiredService<T>(), cancel)
        );
}
