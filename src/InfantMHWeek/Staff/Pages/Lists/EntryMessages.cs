using InfantMHWeek.Editing.Publishing;

namespace InfantMHWeek.Staff.Pages.Lists;

/// <summary>Why an entry of a list was not changed.</summary>
static class EntryMessages
{
    public const string TooOld =
        "This list was opened too long ago, or cannot be read as a form just now. Nothing was changed: look at your entry and press once "
        + "more.";
    public const string NotByForm =
        "This entry is written in a way that a form cannot change, or is gone, or is still used. Change it as text.";
    public const string NotWritten =
        "This could not be saved: the disk may be full, or may not be written. What you typed is still here. Try again in a moment.";

    public static string Faulty(PublishResult outcome) =>
        "The checks found errors in this list: "
        + string.Join(' ', (outcome.Faults ?? []).Where(PageCheck.Blocks).Select(f => $"Line {f.Line}: {f.Message} {f.Advice}"));
}
