using System.Diagnostics;
using System.Globalization;

namespace InfantMHWeek.Benchmarks;

/// <summary>Saves a page of generated content again and again, and measures how long readers still see the old one.</summary>
static class VisibleAfterSave
{
    public static async Task<int> Run(string address, string folder, string times)
    {
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        var random = new Random(1);
        var waited = new List<double>();
        for (var i = 0; i < int.Parse(times, CultureInfo.InvariantCulture); i++)
        {
            var number = random.Next(100);
            var mark = $"Saved {i} {Guid.NewGuid():N}";
            var clock = Stopwatch.StartNew();
            await File.WriteAllTextAsync(
                Path.Combine(folder, "part-0", $"page-{number}.md"),
                GeneratedContent.Page(mark, number, 100, random)
            );
            while (
                !(await client.GetStringAsync(new Uri($"/part-0/page-{number}", UriKind.Relative))).Contains(mark, StringComparison.Ordinal)
            )
            {
                if (clock.Elapsed > TimeSpan.FromSeconds(30))
                    return 1;
                await Task.Delay(5);
            }
            waited.Add(clock.Elapsed.TotalMilliseconds);
            await Task.Delay(300);
        }
        waited.Sort();
        Console.WriteLine(
            $"A saved page was visible after {waited[waited.Count / 2]:0} ms (median), {waited[^1]:0} ms (longest of {waited.Count})"
        );
        return 0;
    }
}
