using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Platform.Forms.TagHelpers;

namespace InfantMHWeek.Courses;

/// <summary>The answers that can be chosen, and what each is called.</summary>
static class CourseLabels
{
    public static readonly IReadOnlyList<Choice> Nations =
    [
        new("england", "England"),
        new("northern-ireland", "Northern Ireland"),
        new("scotland", "Scotland"),
        new("wales", "Wales"),
        new("elsewhere", "Somewhere else"),
    ];

    public static readonly IReadOnlyList<Choice> Kinds =
    [
        new("charity", "A charity"),
        new("community-interest-company", "A community interest company or other social enterprise"),
        new("community-group", "A community or voluntary group"),
        new("public", "A public body, such as the NHS, a council or a school"),
        new("business", "A business"),
        new("alone", "I do not belong to an organisation"),
    ];

    public static readonly IReadOnlyList<Choice> WorksWith =
    [
        new("mothers", "Mothers"),
        new("fathers", "Fathers"),
        new("carers", "Other carers, such as grandparents or foster carers"),
        new("none", "None of these"),
    ];

    static readonly string[] ThirdSector = ["charity", "community-interest-company", "community-group"];

    public static bool IsOneOf(IReadOnlyList<Choice> choices, string? value) => choices.Any(c => c.Value == value);

    public static string LabelOf(IReadOnlyList<Choice> choices, string? value) =>
        choices.FirstOrDefault(c => c.Value == value)?.Label ?? "";

    public static string LabelsOf(IReadOnlyList<Choice> choices, IEnumerable<string> values) =>
        string.Join(", ", values.Select(v => LabelOf(choices, v)));

    /// <returns>Why the course is not for them this time, in words, or null if it is.</returns>
    public static string? NotThisTime(string? kind, IEnumerable<string> worksWith, string? nation) =>
        !ThirdSector.Contains(kind, StringComparer.Ordinal)
            ? "The free places are for third-sector organisations, such as charities and community groups."
        : worksWith.Contains("none", StringComparer.Ordinal)
            ? "The free places are for organisations that work with mothers, fathers or carers of babies and young children."
        : nation == "elsewhere" ? "The free places are for organisations that work in the United Kingdom."
        : null;

    /// <inheritdoc cref="NotThisTime(string?, IEnumerable{string}, string?)"/>
    public static string? NotThisTime(ApplicationAnswers answers) =>
        answers.Kind is null || answers.Nation is null || answers.WorksWith.Count == 0
            ? null
            : NotThisTime(answers.Kind, answers.WorksWith, answers.Nation);

    public static string Of(ApplicationState state) =>
        state switch
        {
            ApplicationState.Applied => "Waiting for a decision",
            ApplicationState.Held => "Place held",
            ApplicationState.Waiting => "On the waiting list",
            ApplicationState.Offered => "Place offered",
            ApplicationState.Accepted => "Place accepted",
            ApplicationState.Declined => "Declined",
            ApplicationState.Cancelled => "Place cancelled",
            ApplicationState.Expired => "Not answered in time",
            ApplicationState.TakenBack => "Place taken back by us",
            _ => "Withdrawn",
        };
}
