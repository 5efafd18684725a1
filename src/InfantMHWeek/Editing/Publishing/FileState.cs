using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Library;

namespace InfantMHWeek.Editing.Publishing;

/// <summary>What readers have of a file just now, in a word.</summary>
static class FileState
{
    public static string Of(LibraryContents contents, string file, DateTime now)
    {
        if (!contents.Files.ContainsKey(file))
            return "Not published";
        if (file.EndsWith(".yml", StringComparison.Ordinal))
            return contents.Files[file].Text is null ? "Broken" : "In use";
        if (!contents.States.TryGetValue(file, out var state))
            return "Broken";
        var broken = state.Shown is null || state.Faults.Any(f => f.Kind.Breaks);
        if (state.Shown is not { } page)
            return "Broken";
        return (page, broken) switch
        {
            (_, true) => "Broken: readers see the last good text",
            ({ Kind: PageKind.Email }, _) => "In use",
            ({ Withdrawn: not null }, _) => "Withdrawn",
            ({ Publish: { } publish }, _) when publish > now => "Scheduled",
            ({ Expire: { } expire }, _) when expire <= now => "Expired",
            _ => "Live",
        };
    }
}
