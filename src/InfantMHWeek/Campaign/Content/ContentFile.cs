using InfantMHWeek.Campaign.Diagnostics;

namespace InfantMHWeek.Campaign.Content;

/// <summary>
/// One text file of the content folder as it was read. <see cref="Text"/> is null when it could not be; the faults say why.
/// </summary>
sealed record ContentFile(string Name, string? Text, string Hash, FileStamp Stamp, IReadOnlyList<Diagnostic> Faults)
{
    readonly CompactText? text = Text is null ? null : new(Text);

    /// <summary>Unpacked each time it is asked for.</summary>
    public string? Text => text?.ToString();

    /// <inheritdoc cref="CompactText.Pack"/>
    internal bool Pack() => text?.Pack() == true;

    /// <summary>The end of the text, sharing its memory.</summary>
    /// <param name="tail">What it ends with.</param>
    internal CompactText EndingWith(string tail) => text!.EndingWith(tail);
}

/// <summary>What the file system says without opening a file.</summary>
readonly record struct FileStamp(DateTime Written, long Length);
