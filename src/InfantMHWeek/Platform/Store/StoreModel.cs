namespace InfantMHWeek.Platform.Store;

/// <summary>
/// Entity Framework's model of the tables. Making it is a second's work for a slow processor, once. Who needs the store right after a
/// start waits for it here: those who ask a context for it meanwhile hold a thread of the pool each, and a small machine has two, which
/// the first readers need.
/// </summary>
sealed class StoreModel(IServiceScopeFactory scopes)
{
    readonly TaskCompletionSource made = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int begun;

    /// <summary>Ends when it has been made. The start does that when the first page is ready.</summary>
    public Task Made => made.Task;

    /// <summary>Makes it, on a thread of its own; whoever comes second waits for the first.</summary>
    public Task MakeAsync()
    {
        if (Interlocked.Exchange(ref begun, 1) == 0)
            new Thread(Make) { IsBackground = true, Name = "Store model" }.Start();
        return Made;
    }

    void Make()
    {
        try
        {
            using var scope = scopes.CreateScope();
            _ = scope.ServiceProvider.GetRequiredService<SiteDb>().Model;
            made.SetResult();
        }
        catch (Exception problem)
        {
            made.SetException(problem);
        }
    }
}
