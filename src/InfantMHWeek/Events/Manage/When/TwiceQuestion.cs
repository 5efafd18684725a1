using InfantMHWeek.Platform.Forms.TagHelpers;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Events.Manage.When;

/// <summary>Which one is meant, where an event begins in the hour that happens twice as the clocks go back.</summary>
static class TwiceQuestion
{
    public const string First = "first",
        Second = "second";
    public static readonly IReadOnlyList<Choice> Choices =
    [
        new(First, "The first, before the clocks go back"),
        new(Second, "The second, after the clocks go back"),
    ];

    public static string Label(EventTime twice) =>
        $"On {twice.Day.InWords()} the clocks go back, and {twice.Starts:HH:mm} happens twice. Which one is it?";

    public static string Unanswered(EventTime twice) =>
        $"On {twice.Day.InWords()} the clock shows {twice.Starts:HH:mm} twice. Say which one you mean.";

    public static bool IsAnswer(string? typed) => typed is First or Second;
}
