using System.Globalization;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Diagnostics;

namespace InfantMHWeek.Campaign.Library;

/// <summary>Names of files and the addresses that they give to pages.</summary>
static class PageNames
{
    /// <summary>Files that nobody could read, because the program answers at their address.</summary>
    static readonly string[] Taken =
    [
        "search.md",
        "events.md",
        "services.md",
        "staff.md",
        "organiser.md",
        "organiser/sent.md",
        "contact/write.md",
        "courses/deleted.md",
        "take-part/poster.md",
        "health/live.md",
        "health/ready.md",
        "health/seen.md",
    ];
    static readonly string[] TakenFolders = ["api/", "events/", "services/", "staff/"];

    /// <summary>What Windows takes for a device, whatever its ending: a folder with such a file cannot be copied there.</summary>
    static readonly string[] Devices =
    [
        "con",
        "prn",
        "aux",
        "nul",
        .. Enumerable.Range(0, 10).SelectMany(n => (string[])[$"com{n}", $"lpt{n}"]),
    ];

    /// <summary>The address of a file, whatever state it is in: <c>themes/2022.md</c> is <c>/themes/2022</c>.</summary>
    public static string PathOf(string file) =>
        file == "home.md" ? "/" : "/" + System.IO.Path.ChangeExtension(file, null).ToLowerInvariant();

    public static int? ThemeYear(string file) =>
        int.TryParse(System.IO.Path.GetFileNameWithoutExtension(file), NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            ? year
            : null;

    /// <summary>Whether a file is a page, and not a register; it may still have a name that no page can have.</summary>
    public static bool IsPage(string file) => file.EndsWith(".md", StringComparison.Ordinal);

    /// <summary>
    /// Whether every part of a name is small letters, digits and single hyphens. A pattern would say the same, and cost a tenth of a
    /// second at the start.
    /// </summary>
    public static bool IsAddress(string file)
    {
        if (!IsPage(file))
            return false;
        var before = '/';
        foreach (var letter in file.AsSpan(0, file.Length - ".md".Length))
        {
            if (letter is '/' or '-' ? before is '/' or '-' : !char.IsAsciiLetterLower(letter) && !char.IsAsciiDigit(letter))
                return false;
            before = letter;
        }
        return before is not ('/' or '-') && !file[..^".md".Length].Split('/').Any(Devices.Contains);
    }

    /// <summary>Says what is wrong with the name of a page's file.</summary>
    public static void Check(string file, DiagnosticList faults)
    {
        if (!IsAddress(file))
            faults.Add(
                DiagnosticKinds.BadName,
                1,
                1,
                file,
                "The name of this file cannot be an address.",
                "Use small letters a to z, digits and hyphens, and end with .md."
            );
        else if (PageSchema.KindOf(file) == PageKind.Theme && ThemeYear(file) is null)
            faults.Add(
                DiagnosticKinds.BadName,
                1,
                1,
                file,
                "A page in the folder themes is named after its year.",
                "Name it 2022.md, or put it into another folder."
            );
        else if (Taken.Contains(file, StringComparer.Ordinal) || TakenFolders.Any(f => file.StartsWith(f, StringComparison.Ordinal)))
            faults.Add(DiagnosticKinds.BadName, 1, 1, file, "The program itself answers at this address.", "Give the file another name.");
    }
}
