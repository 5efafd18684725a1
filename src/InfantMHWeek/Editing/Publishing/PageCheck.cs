using System.Text;
using InfantMHWeek.Campaign.Checking;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Diagnostics;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Editing.Publishing;

/// <summary>What the checks say of a text that is not saved yet.</summary>
sealed class PageCheck(PageLibrary library, TimeProvider clock)
{
    public IReadOnlyList<Diagnostic> Of(string file, string text) =>
        ContentChecker.CheckOne(library, LibraryContents.FileOf(file, text), clock.Today());

    /// <summary>The same for a text that is to be saved: one that is too long is not looked at any further.</summary>
    public IReadOnlyList<Diagnostic> BeforeSaving(string file, string text) =>
        Encoding.UTF8.GetByteCount(text) > ContentFolder.MaxFileBytes ? [TooLong(file)] : Of(file, text);

    /// <summary>Errors block; but a number that was checked long ago is no reason to keep a better text back.</summary>
    public static bool Blocks(Diagnostic fault) => fault.Severity == Severity.Error && fault.Kind != DiagnosticKinds.CheckedTooLongAgo;

    Diagnostic TooLong(string file) =>
        new(
            DiagnosticKinds.TooLarge,
            library.Folder.NameOf(file),
            1,
            1,
            "",
            $"This page is longer than {ContentFolder.MaxFileBytes / 1024} KiB, the most a page can have.",
            "Split it into several pages."
        );
}
