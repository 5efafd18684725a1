using System.Globalization;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Library;
using SkiaSharp;

namespace InfantMHWeek.Editing.Pictures;

/// <summary>
/// Takes pictures in. What is stored is drawn anew from the pixels alone, so that no place, camera or second file comes
/// along; it lies in several widths, as WebP. Of a moving picture its first one is kept.
/// </summary>
sealed class PictureStore(PageLibrary library) : IDisposable
{
    public const int MostBytes = 12 * 1024 * 1024;

    /// <summary>A photograph (JPEG) can be unpacked at a part of its size; the others need room and time for every pixel.</summary>
    public const long MostPixels = 24_000_000,
        MostPixelsOfPhotograph = 40_000_000;

    /// <summary>How many times as long as wide a picture may be: what is thinner cannot be seen on a page.</summary>
    public const int MostProportion = 10;
    const int Quality = 82,
        Tallest = 4000;

    /// <summary>One at a time: a large picture takes 160 MB while it is unpacked.</summary>
    readonly SemaphoreSlim unpacking = new(1, 1);

    /// <param name="name">The name in the address, without ending: <c>family-in-park</c>.</param>
    /// <param name="replace">Another picture under a name that is there already, on every page that shows it.</param>
    public async Task<PictureResult> StoreAsync(Stream file, string name, bool replace, CancellationToken cancel)
    {
        if (!IsName(name))
            return PictureResult.BadName;
        if (!replace && Find(name) is not null)
            return PictureResult.Taken;
        using var bytes = new MemoryStream();
        var buffer = new byte[81920];
        for (int read; (read = await file.ReadAsync(buffer, cancel)) > 0; )
        {
            if (bytes.Length + read > MostBytes)
                return PictureResult.TooManyBytes;
            bytes.Write(buffer, 0, read);
        }
        await unpacking.WaitAsync(cancel);
        try
        {
            return Draw(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), name);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or OutOfMemoryException)
        {
            return PictureResult.NotWritten;
        }
        finally
        {
            unpacking.Release();
        }
    }

    PictureResult Draw(ReadOnlySpan<byte> bytes, string name)
    {
        using var data = SKData.CreateCopy(bytes);
        using var codec = SKCodec.Create(data);
        if (
            codec is null
            || codec.EncodedFormat
                is not (SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Png or SKEncodedImageFormat.Webp or SKEncodedImageFormat.Gif)
        )
            return PictureResult.NotAPicture;
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if (width < 1 || height < 1)
            return PictureResult.NotAPicture;
        // Said by the header, before a single pixel is unpacked.
        if ((long)width * height > (codec.EncodedFormat == SKEncodedImageFormat.Jpeg ? MostPixelsOfPhotograph : MostPixels))
            return PictureResult.TooManyPixels;
        if (Math.Max(width, height) > MostProportion * Math.Min(width, height))
            return PictureResult.TooThin;
        using var raw = Unpack(codec);
        if (raw is null)
            return PictureResult.Broken;
        using var drawn = Upright(raw, codec.EncodedOrigin);
        Write(name, drawn);
        return PictureResult.Stored;
    }

    /// <summary>Unpacks no more than is shown: a photograph can be unpacked at an eighth, a quarter or half of its size.</summary>
    /// <returns>Null when the file breaks off or is damaged.</returns>
    static SKBitmap? Unpack(SKCodec codec)
    {
        var size = codec.Info.Size;
        var (wide, tall) = codec.EncodedOrigin
            is SKEncodedOrigin.LeftTop
                or SKEncodedOrigin.RightTop
                or SKEncodedOrigin.RightBottom
                or SKEncodedOrigin.LeftBottom
            ? (Tallest, MediaFiles.Widest)
            : (MediaFiles.Widest, Tallest);
        var shown = Math.Min(1, Math.Min((float)wide / size.Width, (float)tall / size.Height));
        foreach (var scale in (float[])[0.125f, 0.25f, 0.5f])
            if (codec.EncodedFormat == SKEncodedImageFormat.Jpeg && scale >= shown)
            {
                size = codec.GetScaledDimensions(scale);
                break;
            }
        var raw = new SKBitmap();
        if (
            raw.TryAllocPixels(new(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Premul))
            && codec.GetPixels(raw.Info, raw.GetPixels()) == SKCodecResult.Success
        )
            return raw;
        raw.Dispose();
        return null;
    }

    /// <summary>The picture as its taker saw it: turned as the camera noted.</summary>
    static SKBitmap Upright(SKBitmap raw, SKEncodedOrigin origin)
    {
        var (turn, mirror) = origin switch
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
        // Made as small as it will ever be shown, so that turning it costs little.
        var (wide, tall) = turn is 90 or 270 ? (raw.Height, raw.Width) : (raw.Width, raw.Height);
        var shrink = Math.Min(1, Math.Min((float)MediaFiles.Widest / wide, (float)Tallest / tall));
        var upright = new SKBitmap();
        if (
            !upright.TryAllocPixels(
                new(Math.Max(1, (int)(wide * shrink)), Math.Max(1, (int)(tall * shrink)), SKColorType.Rgba8888, SKAlphaType.Premul)
            )
        )
            throw new IOException("There is no room to unpack this picture.");
        using var canvas = new SKCanvas(upright);
        using var image = SKImage.FromPixels(raw.PeekPixels());
        canvas.Translate(upright.Width / 2f, upright.Height / 2f);
        canvas.RotateDegrees(turn);
        if (mirror)
            canvas.Scale(-1, 1);
        var (across, down) = turn is 90 or 270 ? (upright.Height, upright.Width) : (upright.Width, upright.Height);
        canvas.DrawImage(
            image,
            SKRect.Create(-across / 2f, -down / 2f, across, down),
            shrink < 1 ? new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Nearest) : default
        );
        return upright;
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
        var height = Math.Max(1, (int)Math.Round((double)picture.Height * width / picture.Width));
        using var small = picture.Resize(new SKImageInfo(width, height), new SKSamplingOptions(SKCubicResampler.Mitchell));
        using var image = small is null ? null : SKImage.FromBitmap(small);
        using var encoded = image?.Encode(SKEncodedImageFormat.Webp, Quality)
            ?? throw new IOException("The picture cannot be written as WebP.");
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

    public void Dispose() => unpacking.Dispose();

    public static bool IsName(string name) =>
        name.Length is > 0 and <= 60 && PageReader.IsAddress(name + ".md") && !name.Contains('/', StringComparison.Ordinal);

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
