using System.IO.Compression;

namespace InfantMHWeek.Platform.Tables;

/// <summary>A file that goes along with a page while a person looks at what would happen, so that it lies nowhere.</summary>
static class PackedFile
{
    public static async Task<byte[]> ReadAsync(IFormFile file, CancellationToken cancel)
    {
        using var memory = new MemoryStream();
        await file.CopyToAsync(memory, cancel);
        return memory.ToArray();
    }

    public static string Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var packing = new BrotliStream(packed, CompressionLevel.Fastest))
            packing.Write(bytes);
        return Convert.ToBase64String(packed.ToArray());
    }

    /// <summary>It came from a browser: no more is unpacked than could have been packed.</summary>
    /// <returns>Nothing where it is none of ours.</returns>
    public static byte[] Unpack(string? packed, int most)
    {
        try
        {
            using var unpacked = new MemoryStream();
            using var unpacking = new BrotliStream(new MemoryStream(Convert.FromBase64String(packed ?? "")), CompressionMode.Decompress);
            var buffer = new byte[81920];
            while (unpacking.Read(buffer) is > 0 and var count)
            {
                if (unpacked.Length + count > most)
                    return [];
                unpacked.Write(buffer, 0, count);
            }
            return unpacked.ToArray();
        }
        catch (Exception problem) when (problem is FormatException or InvalidDataException or InvalidOperationException)
        {
            return [];
        }
    }
}
