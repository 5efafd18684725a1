using InfantMHWeek.Events.Importing;

namespace InfantMHWeek.Tests.Events.Importing;

/// <summary>Every date of a partner's file is right, or named as left out.</summary>
public sealed class PartnerFileTests
{
    static readonly IReadOnlyList<PartnerFile> Files = [.. CalendarFiles.All, .. TableFiles.All];

    [Fact]
    public void Every_date_is_right_or_named()
    {
        Assert.True(Files.Count >= 60, $"{Files.Count} files");
        var wrong = new List<string>();
        foreach (var file in Files)
        {
            var (dates, problems) = file.Read();
            if (!dates.SequenceEqual(file.Dates.Order(StringComparer.Ordinal), StringComparer.Ordinal))
                wrong.Add($"{file}: {string.Join("; ", dates)} instead of {string.Join("; ", file.Dates)}; {string.Join(" ", problems)}");
            if (
                problems.Count != file.LeftOut.Length
                || !file.LeftOut.All(words => problems.Any(p => p.Contains(words, StringComparison.Ordinal)))
            )
                wrong.Add($"{file}: said {string.Join(" ", problems)} instead of {string.Join("; ", file.LeftOut)}");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    /// <summary>Files that were cut, doubled and mixed: whatever is in one, reading it ends soon and throws nothing.</summary>
    [Fact]
    public void No_spoilt_file_throws_or_takes_long()
    {
        var random = new Random(19);
        var files = Files.Select(f => f.Bytes).ToList();
        var begun = Environment.TickCount64;
        for (var round = 0; round < 1500; round++)
        {
            var bytes = files[random.Next(files.Count)].ToArray();
            for (var cut = random.Next(1, 6); cut > 0; cut--)
                bytes = Spoilt(bytes, files[random.Next(files.Count)], random);
            var read = EventFile.Read(bytes, new(DayOrder.DayFirst, new(9, 0), new(17, 0), 60), PartnerFile.Now);
            var said = read.Events.SelectMany(e => e.Details.Schedule.All(PartnerFile.Horizon)).Count() + read.Events.Count;
            var text = System.Text.Encoding.Latin1.GetString(bytes);
            Assert.True(said + read.Problems.Count > 0, $"round {round} said nothing: {text}");
        }
        Assert.True(Environment.TickCount64 - begun < 120_000, $"{Environment.TickCount64 - begun} ms");
    }

    static byte[] Spoilt(byte[] bytes, byte[] other, Random random)
    {
        if (bytes.Length < 4)
            return other;
        var at = random.Next(bytes.Length - 2);
        var length = random.Next(1, Math.Min(40, bytes.Length - at));
        return random.Next(4) switch
        {
            0 => [.. bytes[..at], .. bytes[(at + length)..]],
            1 => [.. bytes[..at], .. bytes[at..(at + length)], .. bytes[at..]],
            2 => [.. bytes[..at], (byte)random.Next(256), .. bytes[(at + 1)..]],
            _ => [.. bytes[..at], .. other[random.Next(other.Length)..]],
        };
    }
}
