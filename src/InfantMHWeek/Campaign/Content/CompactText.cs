using System.Text;

namespace InfantMHWeek.Campaign.Content;

/// <summary>A text as it lies in a file, in UTF-8: half of what it takes as a string. Immutable.</summary>
public sealed class CompactText
{
    readonly ReadOnlyMemory<byte> bytes;

    public CompactText(string text) => bytes = Encoding.UTF8.GetBytes(text);

    CompactText(ReadOnlyMemory<byte> bytes) => this.bytes = bytes;

    /// <summary>The end of this text, sharing its memory.</summary>
    /// <param name="tail">What it ends with.</param>
    public CompactText EndingWith(string tail) => new(bytes[^Encoding.UTF8.GetByteCount(tail)..]);

    /// <returns>The text, made anew each time.</returns>
    public override string ToString() => Encoding.UTF8.GetString(bytes.Span);
}
