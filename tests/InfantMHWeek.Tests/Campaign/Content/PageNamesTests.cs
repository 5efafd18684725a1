using InfantMHWeek.Campaign.Diagnostics;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Platform.Configuration;

namespace InfantMHWeek.Tests.Campaign.Content;

public sealed class PageNamesTests
{
    static bool IsTaken(string file)
    {
        var faults = new DiagnosticList(file);
        PageNames.Check(file, faults);
        return faults.All.Any(f => f.Kind == DiagnosticKinds.BadName);
    }

    /// <summary>A page that nobody could ever read is not published without a word.</summary>
    [Fact]
    public void No_page_takes_an_address_at_which_the_program_answers()
    {
        var contract = Path.Combine(SiteFolders.Home, "../../tests/InfantMHWeek.Tests/public-contract.txt");
        var addresses = File.ReadLines(contract)
            .Where(line => line.StartsWith('/'))
            .Select(line => line.Split(':')[0])
            .Where(path => path.Length > 1 && path.IndexOfAny(['{', '.', '*']) < 0)
            .ToList();
        Assert.True(addresses.Count > 20);
        Assert.DoesNotContain(addresses, path => !IsTaken(path[1..] + ".md"));
    }

    [Theory]
    [InlineData("about.md")]
    [InlineData("courses/one.md")]
    [InlineData("take-part/stories.md")]
    public void Others_are_free(string file) => Assert.False(IsTaken(file));
}
