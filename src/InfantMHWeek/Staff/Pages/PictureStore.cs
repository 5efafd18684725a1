using System.Globalization;
using InfantMHWeek.Campaign.Content;
using SkiaSharp;

namespace InfantMHWeek.Staff.Pages;

public enum PictureAnswer { Stored, NotAPicture, TooManyBytes, TooManyPixels, BadName, Taken, NotWritten }

/// <summary>
/// Takes pictures in. What is stored is drawn anew from the pixels alone, so that no place, camera or second file comes
/// along; it lies in several widths, as WebP.
/// </summary>
public sealed class PictureStore(PageLibrary library)
{
    public const int MostBytes = 12 * 1024 * 1024;
    const long MostPixels = 40_000_000;
    const int Quality = 82;

    /// <param name="name">The name in the address, without ending: <c>family-in-park</c>.</param>
    /// <param name="replace">Another picture under a name that is there already, on every page that shows it.</param>
    public async Task<PictureAnswer> StoreAsync(Stream file, string name, bool replace, CancellationToken cancel)
    {
        if (!IsName(name)) return PictureAnswer.BadName;
        if (!replace && Find(name) is not null) return PictureAnswer.Taken;
        using var bytes = new MemoryStream();
        var buffer = new byte[81920];
        for (int read; (read = await file.ReadAsync(buffer, cancel)) > 0;)
        {
            if (bytes.Length + read > MostBytes) return PictureAnswer.TooManyBytes;
            bytes.Write(buffer, 0, read);
        }
        using var data = SKData.CreateCopy(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        using var codec = SKCodec.Create(data);
        if (codec is null || codec.EncodedFormat is not (SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Png or SKEncodedImageFormat.Webp or SKEncodedImageFormat.Gif)) return PictureAnswer.NotAPicture;
        // Said by the header, before a single pixel is unpacked.
        if ((long)codec.Info.Width * codec.Info.Height > MostPixels) return PictureAnswer.TooManyPixels;
        using var drawn = Upright(codec);
        if (drawn is null) return PictureAnswer.NotAPicture;
        try
        {
            Write(name, drawn);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return PictureAnswer.NotWritten;
        }
        return PictureAnswer.Stored;
    }

    /// <summary>The picture as its taker saw it: turned as the camera noted.</summary>
    static SKBitmap? Upright(SKCodec codec)
    {
        using var raw = new SKBitmap(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Premul);
        if (codec.GetPixels(raw.Info, raw.GetPixels()) is not (SKCodecResult.Success or SKCodecResult.IncompleteInput)) return null;
        var (turn, mirror) = codec.EncodedOrigin switch
        {
            SKEncodedOrigin.TopRight => (0, true),
            SKEncodedOrigin.BottomRight => (180, false),
            SKEncodedOrigin.BottomLeft => (180, true),
            SKEncodedOrigin.LeftTop => (90, true),
            SKEncodedOrigin.RightTop => (90, false),
            SKEncodedOrigin.RightBottom => (270, true),
            SKEncodedOrigin.LeftBottom => (270, false),
            _ => (0, false),
        };
        var (width, height) = turn is 90 or 270 ? (raw.Height, raw.Width) : (raw.Width, raw.Height);
        var upright = new SKBitmap(width, height, SKColorType.Rgba8888, SKAlphaType.Premul);
        using var canvas = new SKCanvas(upright);
        canvas.Translate(width / 2f, height / 2f);
        canvas.RotateDegrees(turn);
        if (mirror) canvas.Scale(-1, 1);
        canvas.Translate(-raw.Width / 2f, -raw.Height / 2f);
        canvas.DrawBitmap(raw, 0, 0);
        return upright;
    }

    void Write(string name, SKBitmap picture)
    {
        var folder = Directory.CreateDirectory(Path.Combine(library.Root, "media"));
        if (folder.LinkTarget is not null) throw new IOException("The media folder is a link.");
        foreach (var width in MediaFiles.Widths.Where(w => w < picture.Width)) WriteOne(folder.FullName, string.Create(CultureInfo.InvariantCulture, $"{name}_{width}.webp"), picture, width);
        foreach (var width in MediaFiles.Widths.Where(w => w >= picture.Width)) File.Delete(Path.Combine(folder.FullName, string.Create(CultureInfo.InvariantCulture, $"{name}_{width}.webp")));
        // The picture itself comes last: a page finds it only when all widths are there.
        WriteOne(folder.FullName, name + ".webp", picture, Math.Min(picture.Width, MediaFiles.Widest));
    }

    static void WriteOne(string folder, string file, SKBitmap picture, int width)
    {
        var height = Math.Max(1, (int)Math.Round((double)picture.Height * width / picture.Width));
        using var small = picture.Resize(new SKImageInfo(width, height), new SKSamplingOptions(SKCubicResampler.Mitchell));
        using var image = SKImage.FromBitmap(small);
        using var encoded = image.Encode(SKEncodedImageFormat.Webp, Quality);
        var fresh = Path.Combine(folder, ContentWriter.UnderWay + Guid.NewGuid().ToString("N"));
        try
        {
            using (var stream = new FileStream(fresh, FileMode.CreateNew, FileAccess.Write))
            {
                encoded.SaveTo(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(fresh, Path.Combine(folder, file), overwrite: true);
        }
        finally
        {
            File.Delete(fresh);
        }
    }

    public static bool IsName(string name) => name.Length is > 0 and <= 60 && PageReader.IsAddress(name + ".md") && !name.Contains('/', StringComparison.Ordinal);

    public FileInfo? Find(string name) => MediaFiles.Find(library.Root, name + ".webp")?.File;

    /// <summary>Every picture of the media folder, without its smaller widths.</summary>
    public IReadOnlyList<string> All() =>
        new DirectoryInfo(Path.Combine(library.Root, "media")) is { Exists: true } folder
            ? [.. folder.EnumerateFiles().Select(f => f.Name).Where(n => !n.StartsWith('.') && MediaFiles.Find(library.Root, n) is not null && !MediaFiles.IsSmaller(n)).Order(StringComparer.Ordinal)]
            : [];

    /// <summary>The files whose text shows a picture.</summary>
    public IReadOnlyList<string> ShownIn(string file) =>
        [.. library.Contents.Files.Values.Where(f => f.Text?.Contains("/media/" + file, StringComparison.Ordinal) == true).Select(f => f.Name).Order(StringComparer.Ordinal)];
}
