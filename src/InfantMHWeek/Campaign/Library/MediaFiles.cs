using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using InfantMHWeek.Campaign.Content;

namespace InfantMHWeek.Campaign.Library;

/// <summary>The pictures in <c>content/media</c>: found by name, never by a path somebody sends.</summary>
static partial class MediaFiles
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

    /// <summary>The widths in which a picture of the editor also lies: <c>park_480.webp</c> beside <c>park.webp</c>.</summary>
    public static readonly IReadOnlyList<int> Widths = [480, 800, 1200];
    public const int Widest = 2000;

    public static bool IsSmaller(string name) => SmallerPattern().IsMatch(name);

    /// <summary>
    /// Offers each picture in the widths that lie beside it, so that a phone fetches a small one; keeps in view what
    /// matters in it where it is cropped; and says who made it, where it stands alone.
    /// </summary>
    /// <param name="html">As it came through the walls; only names of a narrow pattern are touched.</param>
    public static string Present(string html, string root, IReadOnlyDictionary<string, PictureCredits> known) =>
        !html.Contains("src=\"/media/", StringComparison.Ordinal)
            ? html
            : PicturePattern()
                .Replace(html, found =>
                {
                    var name = found.Groups["name"].Value;
                    var facts = known.GetValueOrDefault(name);
                    var picture = new StringBuilder("<img")
                        .Append(found.Groups["before"].Value)
                        .Append("src=\"/media/")
                        .Append(name)
                        .Append(".webp\"")
                        .Append(OfferWidths(root, name));
                    if (facts?.Focus is { } focus && focus != PictureCredits.Places[0])
                        picture.Append(" class=\"at-").Append(focus.Replace(' ', '-')).Append('"');
                    picture.Append(found.Groups["after"].Value).Append('>');
                    if (!found.Value.StartsWith("<p>", StringComparison.Ordinal) || !found.Value.EndsWith("</p>", StringComparison.Ordinal))
                        return (found.Value.StartsWith("<p>", StringComparison.Ordinal) ? "<p>" : "")
                            + picture
                            + (found.Value.EndsWith("</p>", StringComparison.Ordinal) ? "</p>" : "");
                    var credit = facts?.Credit is { } maker ? $"<figcaption>Picture: {HtmlEncoder.Default.Encode(maker)}</figcaption>" : "";
                    return $"<figure class=\"picture\">{picture}{credit}</figure>";
                });

    static string OfferWidths(string root, string name)
    {
        var smaller = Widths.Where(w => Find(root, string.Create(CultureInfo.InvariantCulture, $"{name}_{w}.webp")) is not null).ToList();
        if (smaller.Count == 0 || Find(root, name + ".webp") is not var (file, _))
            return "";
        var offers = smaller
            .Select(w => string.Create(CultureInfo.InvariantCulture, $"/media/{name}_{w}.webp {w}w"))
            .Append(string.Create(CultureInfo.InvariantCulture, $"/media/{name}.webp {WidthOf(file)}w"));
        return $" srcset=\"{string.Join(", ", offers)}\" sizes=\"(width >= 44rem) 41rem, 92vw\"";
    }

    static int WidthOf(FileInfo file)
    {
        using var codec = SkiaSharp.SKCodec.Create(file.FullName);
        return codec?.Info.Width ?? Widest;
    }

    /// <param name="root">The content folder.</param>
    /// <param name="name">What stands behind <c>/media/</c>.</param>
    /// <returns>The file and its content type, or null: not there, not a picture, or reached through a link.</returns>
    public static (FileInfo File, string ContentType)? Find(string root, string name)
    {
        if (!NamePattern().IsMatch(name) || !Types.TryGetValue(Path.GetExtension(name).ToLowerInvariant(), out var type))
            return null;
        var folder = new DirectoryInfo(Path.Combine(root, "media"));
        foreach (var part in name.Split('/')[..^1])
        {
            if (folder.LinkTarget is not null)
                return null;
            folder = new DirectoryInfo(Path.Combine(folder.FullName, part));
        }
        var file = new FileInfo(Path.Combine(folder.FullName, name[(name.LastIndexOf('/') + 1)..]));
        return folder.LinkTarget is null && file is { Exists: true, LinkTarget: null } ? (file, type) : null;
    }

    [GeneratedRegex(
        @"(<p>)?<img(?<before> [^<>]*)src=""/media/(?<name>[a-z0-9-]+)\.webp""(?<after>[^<>]*)>(</p>)?",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex PicturePattern();

    [GeneratedRegex(@"_\d+\.webp\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex SmallerPattern();

    [GeneratedRegex(@"^([A-Za-z0-9_-]+/){0,4}[A-Za-z0-9_-]+\.[A-Za-z]{3,4}\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex NamePattern();
}
