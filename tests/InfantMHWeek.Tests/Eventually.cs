using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace InfantMHWeek.Tests;

/// <summary>Waits for what another thread or process does in its own time, on any machine, and never for ever.</summary>
static class Eventually
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1),
        Between = TimeSpan.FromMilliseconds(20);

    public static async Task IsTrue(Func<Task<bool>> isSo, [CallerArgumentExpression(nameof(isSo))] string what = "")
    {
        for (var waited = Stopwatch.StartNew(); !await isSo(); )
        {
            if (waited.Elapsed > Patience)
                Assert.Fail($"It never came to this: {what}");
            await Task.Delay(Between, TestContext.Current.CancellationToken);
        }
    }
}
