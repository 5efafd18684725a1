namespace InfantMHWeek.Platform.Moderation;

enum Decision
{
    Done,

    /// <summary>Its organiser or a colleague changed it after it was read; nothing was decided.</summary>
    ChangedMeanwhile,
    NothingWaits,

    /// <summary>Something that the public needs is missing.</summary>
    Incomplete,

    /// <summary>The state that it is in does not allow it, or it is so already.</summary>
    NotPossible,
}

static class Decisions
{
    /// <summary>Why nothing was done, for the person who decided.</summary>
    public static string InWords(this Decision answer) =>
        answer switch
        {
            Decision.ChangedMeanwhile => "It was changed after you opened it. Nothing was decided: please read it again.",
            Decision.Incomplete => "Something is missing in it, so it cannot be shown.",
            Decision.NotPossible => "Nothing was changed: this is no longer possible, or it has been done already.",
            _ => "Nothing waits here for a decision.",
        };
}
