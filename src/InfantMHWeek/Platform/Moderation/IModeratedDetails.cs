namespace InfantMHWeek.Platform.Moderation;

/// <summary>What is said of something that strangers offer: one whole version, offered or approved.</summary>
interface IModeratedDetails<TSelf>
    where TSelf : class
{
    string Title { get; }

    string ToJson();

    bool SameAs(TSelf? other);

    /// <summary>The parts of the form that still lack something.</summary>
    IEnumerable<string> Missing();

    /// <summary>This version with what of another needs no check: ticks and choices, which nobody can put words or links into.</summary>
    TSelf WithHarmlessOf(TSelf other);
}
