using System.Buffers;
using System.IO.Compression;
using System.Text;

namespace InfantMHWeek.Campaign.Content;

/// <summary>
/// A text as it lies in a file, in UTF-8: half of what it takes as a string, and a quarter once it is packed. What it says never changes.
/// </summary>
sealed class CompactText
{
    /// <summary>Shorter texts gain too little.</summary>
    const int LeastPacked = 1024;

    /// <summary>The quickest that Brotli has, with a window as large as a page may be.</summary>
    const int Quality = 1,
        Window = 18;

    readonly CompactText? whole;
    readonly int start,
        length;

    /// <summary>Packed where there are fewer than <see cref="length"/>.</summary>
    volatile byte[] bytes;

    public CompactText(string text)
    {
        bytes = Encoding.UTF8.GetBytes(text);
        length = bytes.Length;
    }

    CompactText(CompactText whole, int start) => (this.whole, this.start, bytes) = (whole, start, []);

    /// <summary>The end of this text, sharing its memory.</summary>
    /// <param name="tail">What it ends with.</param>
    public CompactText EndingWith(string tail) => new(this, length - Encoding.UTF8.GetByteCount(tail));

    /// <summary>Makes it smaller; reading it then takes some hundredths of a millisecond. For one thread at a time.</summary>
    /// <returns>Whether it was made smaller now.</returns>
    public bool Pack()
    {
        if (length < LeastPacked || bytes.Length < length)
            return false;
        var room = ArrayPool<byte>.Shared.Rent(BrotliEncoder.GetMaxCompressedLength(length));
        try
        {
            if (!BrotliEncoder.TryCompress(bytes, room, out var written, Quality, Window) || written > length / 4 * 3)
                return false;
            bytes = room.AsSpan(0, written).ToArray();
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(room);
        }
    }

    /// <returns>The text, made anew each time.</returns>
    public override string ToString() => whole is null ? Read(0) : whole.Read(start);

    string Read(int from)
    {
        var kept = bytes;
        if (kept.Length == length)
            return Encoding.UTF8.GetString(kept.AsSpan(from));
        var room = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            return BrotliDecoder.TryDecompress(kept, room, out var written) && written == length
                ? Encoding.UTF8.GetString(room.AsSpan(from, length - from))
                : throw new InvalidDataException("A packed text cannot be read.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(room);
        }
    }
}
