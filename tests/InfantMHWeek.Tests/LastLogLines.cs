using System.Collections.Concurrent;
using System.Reflection;
using Xunit.v3;

namespace InfantMHWeek.Tests;

/// <summary>
/// When a test fails, the last lines that its sites logged stand below it: enough to see what went wrong, not all that happened.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class LastLogLinesAttribute : BeforeAfterTestAttribute
{
    const int Lines = 12,
        Characters = 800;
    static readonly ConcurrentDictionary<string, ConcurrentQueue<TestSite>> SitesOfTests = new(StringComparer.Ordinal);

    /// <summary>Notes that the running test has this site.</summary>
    public static void Follow(TestSite site)
    {
        if (TestContext.Current.Test is { } test)
            SitesOfTests.GetOrAdd(test.UniqueID, _ => new()).Enqueue(site);
    }

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (!SitesOfTests.TryRemove(test.UniqueID, out var sites) || TestContext.Current.TestState?.Result != TestResult.Failed)
            return;
        foreach (var site in sites)
        foreach (var line in site.Log.Where(l => !l.Contains("request body size limit", StringComparison.Ordinal)).TakeLast(Lines))
            TestContext.Current.TestOutputHelper?.WriteLine(line.Length > Characters ? line[..Characters] + "…" : line);
    }
}
