using InfantMHWeek.Events.Moderation;

namespace InfantMHWeek.Events.Importing;

/// <summary>What becomes of an event of a partner's list, by what is here of it.</summary>
static class ImportComparison
{
    /// <param name="here">The event that is here already.</param>
    /// <param name="problems">Hears why it is left out.</param>
    /// <returns>Null where it is left out.</returns>
    public static ImportRow? RowOf(Event? here, KnownEvents known, ReadyEvent one, List<string> problems)
    {
        if (here is not null)
            return WouldBe(here, one);
        if (one.From.Cancelled)
            problems.Add($"{one.From.Where}: it is cancelled, and was left out.");
        else if (known.IsElsewhere(one.Whole))
            problems.Add($"{one.From.Where}: it is here already, from somebody else, and was left out.");
        else
            return new(one.From.Where, ImportState.New, one.Whole, [], null);
        return null;
    }

    static ImportRow WouldBe(Event known, ReadyEvent one)
    {
        var before = (known.AtSource ?? one.Said) with { CancelledThere = CancelledThere.No };
        var again = known.MayBeOnAgain && !one.From.Cancelled;
        if (!known.FollowsSource && !again)
            return new(one.From.Where, ImportState.Kept, known.Latest, [], known.Id);
        if (one.From.Cancelled)
            return new(one.From.Where, ImportState.Cancelled, known.Latest, [], known.Id);
        var after = SourceChange.Apply(known.Latest, before, one.Said);
        if (!before.Schedule.SameAs(one.Said.Schedule))
            after = after with { Schedule = one.Said.Schedule.WithOwnChanges(known.Latest.Schedule, before.Schedule) };
        if (before.Postcode != one.Said.Postcode || before.Attendance != one.Said.Attendance)
            after = after with
            {
                Postcode = one.Whole.Postcode,
                Point = one.Whole.Point,
                PointExactness = one.Whole.PointExactness,
                Region = one.Whole.Region,
            };
        after = after with { OnAgain = again };
        return after.SameAs(known.Latest)
            ? new(one.From.Where, ImportState.Same, after, [], known.Id)
            : new(one.From.Where, ImportState.Changed, after, [.. EventDifference.Between(known.Latest, after)], known.Id);
    }
}
