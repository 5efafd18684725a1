namespace InfantMHWeek.Events;

/// <summary>What was cancelled, moved and added one by one.</summary>
sealed partial record Schedule
{
    const int ChangesKeptFor = 400;

    /// <summary>What was done to a date; null where it is as planned.</summary>
    public DateChange? Changed(DateTime at) => Changes?.FirstOrDefault(c => c.At == at && Plans(at));

    public bool Moves(DateTime at) => Changed(at) is { To: not null };

    /// <summary>With what was cancelled, moved and added one by one in another version of it, as far as it fits this one.</summary>
    public Schedule WithChangesOf(Schedule other)
    {
        if (Repeat == Repeat.Once || other.Changes is null && other.Added is null)
            return AsPlanned();
        return Keep((other.Changes ?? []).Select(c => AsHere(c, other)).Where(c => Plans(c.At)), other.Added ?? []);
    }

    /// <summary>A date keeps what was done to it where only the hours of its day have changed.</summary>
    DateChange AsHere(DateChange change, Schedule other)
    {
        var day = DateOnly.FromDateTime(change.At);
        return !Repeats || Plans(change.At) || !other.Plans(change.At) || Planned(day, day).FirstOrDefault(t => t.Day == day) is not { } now
            ? change
            : change with
            {
                At = now.StartsLocal,
            };
    }

    /// <summary>What a partner's list says now, with what was cancelled, moved and added here one by one.</summary>
    /// <param name="here">As it is here.</param>
    /// <param name="before">As the list had said it.</param>
    public Schedule WithOwnChanges(Schedule here, Schedule before)
    {
        if (Repeat == Repeat.Once)
            return this;
        var changes = (here.Changes ?? []).Where(c => before.Changed(c.At) != c && Changed(c.At) is null && Plans(c.At));
        var known = (before.Added ?? []).Concat(Added ?? []).ToHashSet();
        return Keep((Changes ?? []).Concat(changes), (Added ?? []).Concat((here.Added ?? []).Where(t => !known.Contains(t))));
    }

    /// <summary>The same with one date cancelled, moved, brought back or added; what is long past is forgotten.</summary>
    /// <returns>Null when there are too many of them.</returns>
    public Schedule? With(DateAct act, DateTime at, EventTime? to, DateOnly today)
    {
        if (act == DateAct.Add && Changed(to!.StartsLocal) is { To: null })
            (act, at) = (DateAct.Restore, to.StartsLocal);
        var old = today.AddDays(-ChangesKeptFor).ToDateTime(TimeOnly.MinValue);
        var changes = (Changes ?? []).Where(c => c.At != at && c.At >= old).ToList();
        var added = (Added ?? []).Where(t => (act == DateAct.Add || t.StartsLocal != at) && t.StartsLocal >= old).ToList();
        if (act == DateAct.Add || (act == DateAct.Move && !Plans(at)))
            added.Add(to!);
        else if (act is DateAct.Cancel or DateAct.Move && Plans(at) && !PlannedOn(at).Contains(to))
            changes.Add(new(at, to));
        return changes.Count + added.Count > MostChanges ? null : Keep(changes, added);
    }

    /// <summary>With no date after a day, however it came to be.</summary>
    public Schedule EndingOn(DateOnly day) =>
        Keep((Changes ?? []).Where(c => c.To is null || c.To.Day <= day), (Added ?? []).Where(t => t.Day <= day)) with
        {
            Until = day,
        };

    Schedule Keep(IEnumerable<DateChange> changes, IEnumerable<EventTime> added)
    {
        var (kept, extra) = (changes.OrderBy(c => c.At).ToList(), added.OrderBy(t => t.StartUtc).ToList());
        return this with { Changes = kept.Count == 0 ? null : kept, Added = extra.Count == 0 ? null : extra };
    }
}
