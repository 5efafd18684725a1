using SkiaSharp;

namespace InfantMHWeek.Platform.Pictures;

/// <summary>
/// Reads pictures that people bring. What is handed on is drawn anew from the pixels alone, so that no place, camera or second file comes
/// along. Of a moving picture its first one is kept.
/// </summary>
sealed class PictureReader : IDisposable
{
    public const int MostBytes = 12 * 1024 * 1024;

    /// <summary>Above what a picture may have, so that one that is too large is answered with the reason.</summary>
    public const int MostSent = 64 * 1024 * 1024;

    /// <summary>A photograph (JPEG) can be unpacked at a part of its size; the others need room and time for every pixel.</summary>
    public const long MostPixels = 24_000_000,
        MostPixelsOfPhotograph = 40_000_000;

    /// <summary>How many times as long as wide a picture may be: what is thinner cannot be seen on a page.</summary>
    public const int MostProportion = 10;
    const int Quality = 82;

    /// <summary>One at a time: a large picture takes 160 MB while it is unpacked.</summary>
    readonly SemaphoreSlim unpacking = new(1, 1);

    /// <param name="most">It is made no larger than this, upright as its taker saw it.</param>
    /// <param name="keep">What is done with its pixels.</param>
    public async Task<PictureResult> ReadAsync(Stream file, SKSizeI most, Action<SKBitmap> keep, CancellationToken cancel)
    {
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
            return Draw(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), most, keep);
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

    /// <summary>As WebP, in this width.</summary>
    public static byte[] Encode(SKBitmap picture, int width)
    {
        var height = Math.Max(1, (int)Math.Round((double)picture.Height * width / picture.Width));
        using var small = picture.Resize(new SKImageInfo(width, height), new SKSamplingOptions(SKCubicResampler.Mitchell));
        using var image = small is null ? null : SKImage.FromBitmap(small);
        using var encoded = image?.Encode(SKEncodedImageFormat.Webp, Quality)
            ?? throw new IOException("The picture cannot be written as WebP.");
        return encoded.ToArray();
    }

    static PictureResult Draw(ReadOnlySpan<byte> bytes, SKSizeI most, Action<SKBitmap> keep)
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
        using var raw = Unpack(codec, most);
        if (raw is null)
            return PictureResult.Broken;
        using var drawn = Upright(raw, codec.EncodedOrigin, most);
        keep(drawn);
        return PictureResult.Stored;
    }

    /// <summary>Unpacks no more than is shown: a photograph can be unpacked at an eighth, a quarter or half of its size.</summary>
    /// <returns>Null when the file breaks off or is damaged.</returns>
    static SKBitmap? Unpack(SKCodec codec, SKSizeI most)
    {
        var size = codec.Info.Size;
        var (wide, tall) = codec.EncodedOrigin
            is SKEncodedOrigin.LeftTop
                or SKEncodedOrigin.RightTop
                or SKEncodedOrigin.RightBottom
                or SKEncodedOrigin.LeftBottom
            ? (most.Height, most.Width)
            : (most.Width, most.Height);
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
    static SKBitmap Upright(SKBitmap raw, SKEncodedOrigin origin, SKSizeI most)
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
        var shrink = Math.Min(1, Math.Min((float)most.Width / wide, (float)most.Height / tall));
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

    public void Dispose() => unpacking.Dispose();
}
