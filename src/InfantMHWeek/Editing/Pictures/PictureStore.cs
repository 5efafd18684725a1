using System.Globalization;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Platform.Pictures;
using SkiaSharp;

namespace InfantMHWeek.Editing.Pictures;

/// <summary>Keeps the pictures of the media folder: each as WebP, in several widths.</summary>
sealed class PictureStore(PageLibrary library, PictureReader reader)
{
    static readonly SKSizeI Most = new(MediaFiles.Widest, 4000);

    /// <param name="name">The name in the address, without ending: <c>family-in-park</c>.</param>
    /// <param name="replace">Another picture under a name that is there already, on every page that shows it.</param>
    public async Task<PictureResult> StoreAsync(Stream file, string name, bool replace, CancellationToken cancel)
    {
        if (!IsName(name))
            return PictureResult.BadName;
        if (!replace && Find(name) is not null)
            return PictureResult.Taken;
        return await reader.ReadAsync(file, Most, picture => Write(name, picture), cancel);
    }

    void Write(string name, SKBitmap picture)
    {
        if (!Directory.Exists(library.Root))
            throw new IOException("The content folder is away.");
        var folder = Directory.CreateDirectory(Path.Combine(library.Root, "media"));
        if (folder.LinkTarget is not null)
            throw new IOException("The media folder is a link.");
        foreach (var width in MediaFiles.Widths.Where(w => w < picture.Width))
            WriteOne(folder.FullName, string.Create(CultureInfo.InvariantCulture, $"{name}_{width}.webp"), picture, width);
        foreach (var width in MediaFiles.Widths.Where(w => w >= picture.Width))
            File.Delete(Path.Combine(folder.FullName, string.Create(CultureInfo.InvariantCulture, $"{name}_{width}.webp")));
        // The picture itself comes last: a page finds it only when all widths are there.
        WriteOne(folder.FullName, name + ".webp", picture, picture.Width);
    }

    static void WriteOne(string folder, string file, SKBitmap picture, int width)
    {
        var encoded = PictureReader.Encode(picture, width);
        var fresh = Path.Combine(folder, ContentWriter.UnderWay + Guid.NewGuid().ToString("N"));
        try
        {
            using (var stream = new FileStream(fresh, FileMode.CreateNew, FileAccess.Write))
            {
                stream.Write(encoded);
                stream.Flush(flushToDisk: true);
            }
            File.Move(fresh, Path.Combine(folder, file), overwrite: true);
        }
        finally
        {
            File.Delete(fresh);
        }
    }

    public static bool IsName(string name) =>
        name.Length is > 0 and <= 60 && PageNames.IsAddress(name + ".md") && !name.Contains('/', StringComparison.Ordinal);

    public FileInfo? Find(string name) => MediaFiles.Find(library.Root, name + ".webp")?.File;

    /// <summary>Every picture of the media folder, without its smaller widths.</summary>
    public IReadOnlyList<string> All() =>
        new DirectoryInfo(Path.Combine(library.Root, "media")) is { Exists: true } folder
            ?
            [
                .. folder
                    .EnumerateFiles()
                    .Select(f => f.Name)
                    .Where(n => !n.StartsWith('.') && MediaFiles.Find(library.Root, n) is not null && !MediaFiles.IsSmaller(n))
                    .Order(StringComparer.Ordinal),
            ]
            : [];

    /// <summary>The files whose text shows a picture.</summary>
    public IReadOnlyList<string> ShownIn(string file) =>
        [
            .. library
                .Contents.Files.Values.Where(f => f.Text?.Contains("/media/" + file, StringComparison.Ordinal) == true)
                .Select(f => f.Name)
                .Order(StringComparer.Ordinal),
        ];
}
