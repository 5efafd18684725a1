namespace InfantMHWeek.Platform.Jobs;

static class JobServices
{
    public static void AddJobs(this IServiceCollection services)
    {
        services.AddSingleton<JobRunner>();
        services.AddHostedService(provider => provider.GetRequiredService<JobRunner>());
    }

    public static void AddJob(this IServiceCollection services, Job job) => services.AddSingleton(job);

    /// <summary>A job of a service, due again so long after it was done.</summary>
    public static void AddJob<T>(this IServiceCollection services, string name, TimeSpan every, Func<T, CancellationToken, Task> run)
        where T : notnull => services.AddJob(Job.Every(name, every, (scope, cancel) => run(scope.GetRequiredService<T>(), cancel)));

    /// <summary>A job of a service, due once a day at a time of day in the UK.</summary>
    public static void AddJob<T>(this IServiceCollection services, string name, TimeOnly at, Func<T, CancellationToken, Task> run)
        where T : notnull => services.AddJob(Job.Daily(name, at, (scope, cancel) => run(scope.GetRequiredService<T>(), cancel)));

    /// <summary>A job of a service that knows when (UTC) it has something to do again; at the latest after a while.</summary>
    public static void AddJob<T>(
        this IServiceCollection services,
        string name,
        TimeSpan atLatest,
        Func<T, CancellationToken, Task<DateTime?>> run
    )
        where T : notnull =>
        services.AddJob(new Job(name, now => now + atLatest, (scope, cancel) => run(scope.GetRequiredService<T>(), cancel)));
}
