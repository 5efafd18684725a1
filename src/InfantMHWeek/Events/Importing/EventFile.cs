using System.Text;
using InfantMHWeek.Platform.Text;

namespace InfantMHWeek.Events.Importing;

/// <summary>One event as a file says it, before it is known where its postcode is.</summary>
public sealed record FileEvent(string Where, EventDetails Details);

/// <summary>What a file holds: its events, and in words what of it could not be used.</summary>
public sealed record FileEvents(IReadOnlyList<FileEvent> Events, IReadOnlyList<string> Problems);

/// <summary>
/// A partner's list of events, as CSV or as an iCalendar file. Whatever is in it, reading it takes a moment and little memory:
/// bytes, lines and events have their limits, nothing is fetched, nothing is unpacked, and no repetition is worked out.
/// </summary>
public static class EventFile
{
    public const int MostBytes = 512 * 1024,
        MostEvents = 200,
        MostLines = 20_000,
        MostInLine = 20_000;

    public static FileEvents Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 0)
            return Refuse("This file is empty.");
        if (bytes.Length > MostBytes)
            return Refuse($"This file has more than {MostBytes / 1024} KB. Please split it.");
        if (
            bytes.StartsWith("PK"u8)
            || bytes.StartsWith((ReadOnlySpan<byte>)[0xd0, 0xcf, 0x11, 0xe0])
            || bytes.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b])
        )
            return Refuse("This is a spreadsheet or an archive. Open it and save it as “CSV UTF-8” first.");
        string text;
        try
        {
            text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return Refuse("This file is not plain text in UTF-8. Save it as “CSV UTF-8”, or as an .ics file.");
        }
        if (text.Contains('\0', StringComparison.Ordinal))
            return Refuse("This is not a text file.");
        return text.AsSpan().TrimStart().StartsWith("BEGIN:VCALENDAR", StringComparison.OrdinalIgnoreCase)
            ? CalendarEvents.Read(text)
            : TableEvents.Read(text);
    }

    internal static FileEvents Refuse(string words) => new([], [words]);

    /// <summary>Text that fits, cut where it does not; staff see it before anybody else.</summary>
    internal static string Fit(string? text, int most, bool oneLine = true)
    {
        var clean = UserText.Clean(text);
        if (oneLine)
            clean = clean.Replace('\n', ' ');
        return clean.Length <= most ? clean : clean[..(char.IsHighSurrogate(clean[most - 2]) ? most - 2 : most - 1)] + "…";
    }

    internal static string Short(string text) =>
        text.Length == 0 ? "An event without a name" : $"“{(text.Length > 60 ? text[..60] + "…" : text)}”";
}
