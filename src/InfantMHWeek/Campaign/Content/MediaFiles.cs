using System.Text.RegularExpressions;

namespace InfantMHWeek.Campaign.Content;

/// <summary>The pictures in <c>content/media</c>: found by name, never by a path somebody sends.</summary>
public static partial class MediaFiles
{
    static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        [".png"] = "image/png",
        [".jpg"] = "image/jpeg",
        [".jpeg"] = "image/jpeg",
        [".webp"] = "image/webp",
        [".avif"] = "image/avif",
        [".gif"] = "image/gif",
    };

    /// <param name="root">The content folder.</param>
    /// <param name="name">What stands behind <c>/media/</c>.</param>
    /// <returns>The file and its content type, or null: not there, not a picture, or reached through a link.</returns>
    public static (FileInfo File, string ContentType)? Find(string root, string name)
    {
        if (!NamePattern().IsMatch(name) || !Types.TryGetValue(Path.GetExtension(name).ToLowerInvariant(), out var type)) return null;
        var folder = new DirectoryInfo(Path.Combine(root, "media"));
        foreach (var part in name.Split('/')[..^1])
        {
            if (folder.LinkTarget is not null) return null;
            folder = new DirectoryInfo(Path.Combine(folder.FullName, part));
        }
        var file = new FileInfo(Path.Combine(folder.FullName, name[(name.LastIndexOf('/') + 1)..]));
        return folder.LinkTarget is null && file is { Exists: true, LinkTarget: null } ? (file, type) : null;
    }

    [GeneratedRegex(@"^([A-Za-z0-9_-]+/){0,4}[A-Za-z0-9_-]+\.[A-Za-z]{3,4}\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex NamePattern();
}
