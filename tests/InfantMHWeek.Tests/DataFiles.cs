using System.Text;
using System.Text.RegularExpressions;

namespace InfantMHWeek.Tests;

/// <summary>What stands in the files of a site's data folder, whatever their kind: database, its log, letters, keys.</summary>
static class DataFiles
{
    /// <summary>How often a word stands there, in capitals or not.</summary>
    /// <param name="start">How the paths of the files begin, inside the folder.</param>
    public static int Occurrences(this TestSite site, string word, string start) =>
        Directory
            .EnumerateFiles(site.DataPath, "*", SearchOption.AllDirectories)
            .Where(f => Path.GetRelativePath(site.DataPath, f).StartsWith(start, StringComparison.Ordinal))
            .Sum(f => Regex.Count(TextOf(f), Regex.Escape(word), RegexOptions.IgnoreCase, TimeSpan.FromSeconds(10)));

    static string TextOf(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return Encoding.Latin1.GetString(memory.ToArray());
    }
}
