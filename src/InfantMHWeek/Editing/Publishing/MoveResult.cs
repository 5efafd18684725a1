using InfantMHWeek.Campaign.Content;

namespace InfantMHWeek.Editing.Publishing;

enum MoveResult
{
    Moved,
    BadName,
    Taken,
    Gone,
    Changed,
    Needed,
    NotPublished,
}

/// <summary>Why a page did not move, was not withdrawn or not removed, for the person.</summary>
static class MoveMessages
{
    public const string NoTarget = "Write the path of a page that exists, such as /about.",
        NoFacts = "The facts at the top of this page cannot be read: mend it first.",
        LookAgain = "Something changed while you were looking. Look once more, then press again.",
        NotReadable =
            "This could not be done: a file cannot be read, or is only a link to one elsewhere. Tell whoever looks after the server.";
    const string ChangedNow = "Somebody changed this page just now. Look at it again first.",
        NotWritten =
            "This could not be done just now: the disk may be full, or may not be written. Nothing was changed; try again in a moment.";

    public static string NotFollowed(IEnumerable<string> left) =>
        "These pages have errors of their own, so their links were not changed: " + string.Join(", ", left);

    /// <param name="file">A page that the site cannot do without.</param>
    public static string NeededOf(string file) => $"This page cannot go, because {RequiredPages.ReasonFor(file)}. Change its text instead.";

    public static string OfMove(MoveResult result, string file) =>
        result switch
        {
            MoveResult.BadName => "Use small letters, digits and hyphens, end with .md, and stay in a folder of the same kind.",
            MoveResult.Taken => "There is a page of this name already.",
            MoveResult.Gone => "This page is gone.",
            MoveResult.Changed => ChangedNow,
            MoveResult.Needed => NeededOf(file),
            _ => "The page could not be moved: its checks find errors, or the disk did not take it. Nothing is lost; try again.",
        };

    public static string OfWithdrawal(PublishResult result) =>
        result.Answer switch
        {
            PublishStatus.Faulty => "The page could not be withdrawn, because its checks find errors: "
                + string.Join(' ', result.Faults!.Where(PageCheck.Blocks).Take(3).Select(f => $"Line {f.Line}: {f.Message}")),
            PublishStatus.NotWritten => NotWritten,
            PublishStatus.NothingChanged => "It is withdrawn for this reason already.",
            _ => ChangedNow,
        };

    public static string OfRemoval(PublishStatus result, string file) =>
        result switch
        {
            PublishStatus.Conflict => ChangedNow,
            PublishStatus.Faulty => NoTarget,
            PublishStatus.Needed => NeededOf(file),
            _ => NotWritten,
        };
}
