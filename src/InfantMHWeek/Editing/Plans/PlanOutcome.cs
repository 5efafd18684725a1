using InfantMHWeek.Campaign.Diagnostics;
using InfantMHWeek.Editing.Publishing;

namespace InfantMHWeek.Editing.Plans;

enum PlanResult
{
    Planned,
    NoMoment,
    InThePast,
    Faulty,
    NothingChanged,
    BadName,
    WouldBreak,
    NotWritten,
}

sealed record PlanOutcome(PlanResult Answer, IReadOnlyList<Diagnostic> Faults, Consequences? Consequences = null)
{
    /// <summary>What the checks found, when it was not planned because of that.</summary>
    public IReadOnlyList<Diagnostic>? Blocking => Answer == PlanResult.Faulty ? Faults : null;

    /// <summary>Why it was not planned, for the person.</summary>
    public string Words =>
        Answer switch
        {
            PlanResult.NoMoment =>
                "Write the UK time as year-month-day and hour:minute, such as 2026-06-08 09:00, and not in the night when clocks change.",
            PlanResult.InThePast => "This moment has passed.",
            PlanResult.NothingChanged => "Nothing is different from what you opened.",
            PlanResult.WouldBreak =>
                "Readers would lose this page then. Look at what would break, and plan it again if it is what you want.",
            PlanResult.NotWritten => "This could not be planned just now. Please try again in a moment.",
            _ => "The checks found errors: put them right first.",
        };
}
