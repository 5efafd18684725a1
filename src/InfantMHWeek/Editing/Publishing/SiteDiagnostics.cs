using InfantMHWeek.Campaign.Checking;
using InfantMHWeek.Campaign.Diagnostics;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Editing.Publishing;

/// <summary>
/// What the checks find in the whole content, links that lead nowhere included. Looked for once for each change, beside the page that
/// asks.
/// </summary>
sealed class SiteDiagnostics(PageLibrary library, TimeProvider clock)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    readonly Lock gate = new();
    (LibraryContents Contents, DateOnly Day) looked;
    Task<IReadOnlyList<Diagnostic>> looking = Task.FromResult<IReadOnlyList<Diagnostic>>([]);

    /// <returns>Null while a large site is still being looked through.</returns>
    public async Task<IReadOnlyList<Diagnostic>?> AllAsync()
    {
        var asked = LookAsync();
        return await Task.WhenAny(asked, Task.Delay(Patience, clock)) == asked ? await asked : null;
    }

    Task<IReadOnlyList<Diagnostic>> LookAsync()
    {
        lock (gate)
        {
            var now = (library.Contents, clock.Today());
            if (looked != now && (looking.IsCompleted || looked.Contents is null))
            {
                looked = now;
                looking = Task.Run(() => ContentChecker.Check(library.Root, now.Item2).Faults);
            }
            return looking;
        }
    }
}
