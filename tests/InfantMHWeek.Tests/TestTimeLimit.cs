using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using Xunit.v3;

[assembly: InfantMHWeek.Tests.TestTimeLimit]

namespace InfantMHWeek.Tests;

/// <summary>
/// A test that takes longer than <c>TEST_MINUTES</c> is cancelled and fails by its name; otherwise it would hold up the whole run in
/// silence. One that does not even heed that ends the run: nothing after it would be reported anyway. Unset, as where a figure is
/// measured with large numbers, there is no limit.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class TestTimeLimitAttribute : BeforeAfterTestAttribute
{
    static readonly TimeSpan? Limit = Environment.GetEnvironmentVariable("TEST_MINUTES") is { Length: > 0 } minutes
        ? TimeSpan.FromMinutes(double.Parse(minutes, CultureInfo.InvariantCulture))
        : null;
    static readonly TimeSpan ToHeedIt = TimeSpan.FromMinutes(1);
    static readonly ConcurrentDictionary<string, Timer> Running = new(StringComparer.Ordinal);

    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (Limit is not { } limit)
            return;
        var context = TestContext.Current;
        var cancelled = false;
        Running[test.UniqueID] = new Timer(
            _ =>
            {
                if (cancelled)
                {
                    Console.Error.WriteLine($"{test.TestDisplayName} does not end, and the run is ended.");
                    Environment.Exit(1);
                }
                cancelled = true;
                context.TestOutputHelper?.WriteLine($"It was cancelled: it took more than {limit.TotalMinutes} minutes.");
                Console.Error.WriteLine($"{test.TestDisplayName} took more than {limit.TotalMinutes} minutes and is cancelled.");
                context.CancelCurrentTest();
            },
            null,
            limit,
            ToHeedIt
        );
    }

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (Running.TryRemove(test.UniqueID, out var timer))
            timer.Dispose();
    }
}
