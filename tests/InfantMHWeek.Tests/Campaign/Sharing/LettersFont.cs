using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using InfantMHWeek.Campaign.Sharing;

namespace InfantMHWeek.Tests.Campaign.Sharing;

/// <summary>Writes the alphabet as a TrueType font, packed as WOFF2 without its optional rearranging of outlines.</summary>
static class LettersFont
{
    const int Ascent = 950,
        Descent = 250,
        Capital = 700,
        SmallLetter = 490;

    /// <summary>In the order of the WOFF2 directory; the numbers are its names for them.</summary>
    static readonly (int Known, string Tag, bool Rearranged)[] Tables =
    [
        (0, "cmap", false),
        (10, "glyf", true),
        (11, "loca", true),
        (1, "head", false),
        (2, "hhea", false),
        (3, "hmtx", false),
        (19, "kern", false),
        (4, "maxp", false),
        (5, "name", false),
        (6, "OS/2", false),
        (7, "post", false),
    ];

    public static byte[] Write()
    {
        var tables = Sfnt();
        var data = Tables.SelectMany(t => tables[t.Tag]).ToArray();
        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(data.Length)];
        if (!BrotliEncoder.TryCompress(data, packed, out var length, quality: 11, window: 18))
            throw new InvalidOperationException("The font did not pack.");

        var directory = new Bytes();
        foreach (var (known, tag, rearranged) in Tables)
            directory.U8(rearranged ? known | 0xC0 : known).Base128(tables[tag].Length);
        var size = 48 + directory.Length + length;
        var padded = (size + 3) & ~3;
        var sfntSize = 12 + 16 * Tables.Length + Tables.Sum(t => (tables[t.Tag].Length + 3) & ~3);
        return
        [
            .. new Bytes()
                .Text("wOF2")
                .U32(0x00010000)
                .U32(padded)
                .U16(Tables.Length)
                .U16(0)
                .U32(sfntSize)
                .U32(length)
                .U16(1)
                .U16(0)
                .U32(0, 0, 0, 0, 0)
                .ToArray(),
            .. directory.ToArray(),
            .. packed.AsSpan(0, length),
            .. new byte[padded - size],
        ];
    }

    /// <summary>The tables as they lie in the file, unpacked: packing may differ between two versions of Brotli.</summary>
    public static byte[] Unpacked(ReadOnlySpan<byte> woff2)
    {
        var (at, total) = (48, 0);
        foreach (var _ in Tables)
        {
            at++;
            var length = 0;
            byte part;
            do
            {
                part = woff2[at++];
                length = (length << 7) | (part & 0x7F);
            } while ((part & 0x80) != 0);
            total += length;
        }
        var data = new byte[total];
        return BrotliDecoder.TryDecompress(woff2.Slice(at, BinaryPrimitives.ReadInt32BigEndian(woff2[20..])), data, out _) ? data : [];
    }

    static Dictionary<string, byte[]> Sfnt()
    {
        var letters = new LetterOutlines();
        var glyphs = letters.Glyphs;
        var outlines = glyphs.Select(GlyphBytes).ToList();
        var loca = new Bytes().U16(0);
        var glyf = new Bytes();
        foreach (var outline in outlines)
        {
            glyf.Add(outline);
            loca.U16(glyf.Length / 2);
        }
        var drawn = glyphs.Where(g => g.Contours.Count + g.Parts.Count > 0).ToList();
        var (left, bottom) = (drawn.Min(g => g.Bounds.Left), drawn.Min(g => g.Bounds.Top));
        var (right, top) = (drawn.Max(g => g.Bounds.Right), drawn.Max(g => g.Bounds.Bottom));
        var widest = glyphs.Max(g => g.Advance);
        var hmtx = new Bytes();
        foreach (var glyph in glyphs)
            hmtx.U16(glyph.Advance).U16(glyph.Bounds.Left);
        return new(StringComparer.Ordinal)
        {
            ["cmap"] = Characters(letters),
            ["glyf"] = glyf.ToArray(),
            ["loca"] = loca.ToArray(),
            ["head"] = new Bytes()
                .U32(0x00010000, 0x00010000, 0, 0x5F0F3CF5)
                .U16(0x000B)
                .U16((int)Alphabet.Em)
                .U32(0, 0, 0, 0)
                .U16(left, bottom, right, top)
                .U16(1, 8, 2, 0, 0)
                .ToArray(),
            ["hhea"] = new Bytes()
                .U32(0x00010000)
                .U16(Ascent, -Descent, 0, widest, left, 0, right, 1, 0, 0, 0, 0, 0, 0, 0, glyphs.Count)
                .ToArray(),
            ["hmtx"] = hmtx.ToArray(),
            ["kern"] = Kerning(letters),
            ["maxp"] = new Bytes()
                .U32(0x00010000)
                .U16(
                    glyphs.Count,
                    glyphs.Max(g => g.Contours.Sum(c => c.Count)),
                    glyphs.Max(g => g.Contours.Count),
                    glyphs.Max(g => g.Parts.Sum(p => glyphs[p.Glyph].Contours.Sum(c => c.Count))),
                    glyphs.Max(g => g.Parts.Sum(p => glyphs[p.Glyph].Contours.Count)),
                    2,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    glyphs.Max(g => g.Parts.Count),
                    1
                )
                .ToArray(),
            ["name"] = Names("Held", "Bold", "Held Bold", "Held-Bold"),
            ["OS/2"] = Metrics(letters),
            ["post"] = new Bytes().U32(0x00030000, 0).U16(-110, 60).U32(0, 0, 0, 0, 0).ToArray(),
        };
    }

    static byte[] GlyphBytes(OutlinedGlyph glyph)
    {
        var bytes = new Bytes();
        if (glyph.Contours.Count + glyph.Parts.Count == 0)
            return [];
        bytes.U16(glyph.Parts.Count > 0 ? -1 : glyph.Contours.Count);
        bytes.U16(glyph.Bounds.Left, glyph.Bounds.Top, glyph.Bounds.Right, glyph.Bounds.Bottom);
        if (glyph.Parts.Count > 0)
        {
            for (var i = 0; i < glyph.Parts.Count; i++)
            {
                var (part, x, y) = glyph.Parts[i];
                // Two words, an offset in x and y, and whether another part follows.
                bytes.U16(0x0003 | (i + 1 < glyph.Parts.Count ? 0x0020 : 0), part, x, y);
            }
            return bytes.Even();
        }
        var end = -1;
        foreach (var contour in glyph.Contours)
            bytes.U16(end += contour.Count);
        bytes.U16(0);
        Bytes flags = new(),
            across = new(),
            up = new();
        var (lastX, lastY) = (0, 0);
        foreach (var point in glyph.Contours.SelectMany(c => c))
        {
            var flag = point.OnCurve ? 1 : 0;
            flag |= Step(across, point.X - lastX, 0x02, 0x10) | Step(up, point.Y - lastY, 0x04, 0x20);
            flags.U8(flag);
            (lastX, lastY) = (point.X, point.Y);
        }
        return bytes.Add(flags.ToArray()).Add(across.ToArray()).Add(up.ToArray()).Even();
    }

    static int Step(Bytes bytes, int step, int isShort, int sameOrPositive)
    {
        if (step == 0)
            return sameOrPositive;
        if (Math.Abs(step) < 256)
        {
            bytes.U8(Math.Abs(step));
            return isShort | (step > 0 ? sameOrPositive : 0);
        }
        bytes.U16(step);
        return 0;
    }

    static byte[] Characters(LetterOutlines letters)
    {
        var known = letters.ByCharacter.OrderBy(c => c.Key.Value).Select(c => (Code: c.Key.Value, c.Value)).ToList();
        List<(int From, int To, int Delta)> runs = [];
        foreach (var (code, glyph) in known)
            if (runs.Count > 0 && runs[^1].To + 1 == code && runs[^1].Delta == glyph - code)
                runs[^1] = runs[^1] with { To = code };
            else
                runs.Add((code, code, glyph - code));
        runs.Add((0xFFFF, 0xFFFF, 1));
        var search = 2 << (int)Math.Log2(runs.Count);
        var table = new Bytes().U16(4, 16 + 8 * runs.Count, 0, runs.Count * 2, search, (int)Math.Log2(runs.Count), runs.Count * 2 - search);
        table.U16([.. runs.Select(r => r.To)]).U16(0).U16([.. runs.Select(r => r.From)]).U16([.. runs.Select(r => r.Delta)]);
        table.U16(new int[runs.Count]);
        return new Bytes().U16(0, 1, 3, 1).U32(12).Add(table.ToArray()).ToArray();
    }

    static byte[] Kerning(LetterOutlines letters)
    {
        var pairs = (
            from before in letters.ByCharacter
            from after in letters.ByCharacter
            let move = Alphabet.Kern(before.Key, after.Key)
            where move != 0
            orderby before.Value, after.Value
            select (Before: before.Value, After: after.Value, Move: (int)move)
        ).ToList();
        var power = (int)Math.Log2(pairs.Count);
        var search = 6 * (1 << power);
        var table = new Bytes().U16(0, 1, 0, 14 + 6 * pairs.Count, 1, pairs.Count, search, power, 6 * pairs.Count - search);
        foreach (var (before, after, move) in pairs)
            table.U16(before, after, move);
        return table.ToArray();
    }

    static byte[] Names(string family, string style, string full, string plain)
    {
        (int Id, string Text)[] names = [(1, family), (2, style), (3, full), (4, full), (5, "Version 1.0"), (6, plain)];
        Bytes records = new(),
            texts = new();
        foreach (var (id, text) in names)
        {
            var bytes = Encoding.BigEndianUnicode.GetBytes(text);
            records.U16(3, 1, 0x0409, id, bytes.Length, texts.Length);
            texts.Add(bytes);
        }
        return new Bytes().U16(0, names.Length, 6 + 12 * names.Length).Add(records.ToArray()).Add(texts.ToArray()).ToArray();
    }

    static byte[] Metrics(LetterOutlines letters) =>
        new Bytes()
            .U16(4, (int)letters.Glyphs.Average(g => g.Advance), 700, 5, 0)
            .U16(650, 600, 0, 75, 650, 600, 0, 350, 60, 300, 0)
            .Add(new byte[10])
            .U32(0x00000007, 0, 0, 0)
            .Text("IMHW")
            .U16(0x0020, letters.ByCharacter.Keys.Min(c => c.Value), letters.ByCharacter.Keys.Max(c => c.Value))
            .U16(Ascent, -Descent, 0, Ascent, Descent)
            .U32(1, 0)
            .U16(SmallLetter, Capital, 0, 0x20, 2)
            .ToArray();

    /// <summary>Numbers as fonts write them: the largest byte first.</summary>
    sealed class Bytes
    {
        readonly List<byte> all = [];

        public int Length => all.Count;

        public Bytes U8(int value)
        {
            all.Add((byte)value);
            return this;
        }

        public Bytes U16(params ReadOnlySpan<int> values)
        {
            foreach (var value in values)
                U8(value >> 8).U8(value);
            return this;
        }

        public Bytes U32(params ReadOnlySpan<long> values)
        {
            foreach (var value in values)
                U16((int)(value >> 16), (int)value);
            return this;
        }

        public Bytes Base128(int value)
        {
            for (var shift = 28; shift >= 0; shift -= 7)
                if (value >> shift != 0 || shift == 0)
                    U8((value >> shift & 0x7F) | (shift > 0 ? 0x80 : 0));
            return this;
        }

        public Bytes Text(string ascii) => Add(Encoding.ASCII.GetBytes(ascii));

        public Bytes Add(byte[] bytes)
        {
            all.AddRange(bytes);
            return this;
        }

        public byte[] Even()
        {
            if (all.Count % 2 != 0)
                U8(0);
            return ToArray();
        }

        public byte[] ToArray() => [.. all];
    }
}
