namespace InfantMHWeek.Campaign.Content;

/// <summary>What a reader who looks for help may say it is about; the short name stands in addresses and in <c>support.yml</c>.</summary>
sealed record SupportTopic(string Name, string Label, string Says);

static class SupportTopics
{
    public static readonly IReadOnlyList<SupportTopic> All =
    [
        new(
            "not-safe",
            "I am not safe",
            "If you or your baby are in danger now, call 999. If you cannot speak, call from a mobile and press 55 when you are asked."
        ),
        new("very-low", "I feel very low", "You do not have to know what to say. Somebody will listen, by day and by night."),
        new(
            "baby",
            "I am worried about my baby",
            "Trust what you have noticed. A midwife, a health visitor or a GP is a good first person to ask, and these lines can help too."
        ),
        new("loss", "I have lost a baby", "We are so sorry. These people know about loss, however long ago it was."),
        new(
            "crying",
            "My baby cries and cries",
            "If it is too much, put your baby down in a safe place for a few minutes and breathe. Then talk to someone."
        ),
        new(
            "hurt",
            "Someone hurts me",
            "It is not your fault. You can call without giving your name, and nobody will make you do anything."
        ),
        new("father", "I am a father or partner", "Fathers and partners struggle too. All of these are for you."),
        new(
            "families",
            "I work with families",
            "If a child is in danger now, call 999. These lines also talk with people who are worried about a child or a parent."
        ),
    ];

    public static SupportTopic? Find(string? name) => All.FirstOrDefault(t => t.Name == name);
}

/// <summary>The four nations, as they stand in addresses.</summary>
static class Nations
{
    public static readonly IReadOnlyList<(string Name, string Label)> All =
    [
        ("england", "England"),
        ("scotland", "Scotland"),
        ("wales", "Wales"),
        ("northern-ireland", "Northern Ireland"),
    ];

    public static string? LabelOf(string? name) => All.FirstOrDefault(n => n.Name == name).Label;
}
