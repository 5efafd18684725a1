namespace InfantMHWeek.Campaign.Content;

/// <summary>What a reader who looks for help may say it is about; the short name stands in addresses and in <c>support.yml</c>.</summary>
/// <param name="See">Pages that say more, by their path; what is no page is left out.</param>
sealed record SupportTopic(string Name, string Label, string Says, params IReadOnlyList<(string Path, string Words)> See);

static class SupportTopics
{
    public static readonly IReadOnlyList<SupportTopic> All =
    [
        new(
            "not-safe",
            "I am not safe",
            "If you or your baby are in danger now, call 999. If you cannot speak, call from a mobile and press 55 when you are asked.",
            ("/support/hurt", "I am afraid of somebody else"),
            ("/support/very-low", "I am afraid of what I may do to myself"),
            ("/support/crying", "I am afraid that I may hurt my baby")
        ),
        new(
            "very-low",
            "I feel very low",
            "You do not have to know what to say. Somebody will listen, day and night.",
            ("/infant-mental-health/0-to-6-months#when-it-cannot-wait", "When it cannot wait: signs that need a doctor today")
        ),
        new(
            "baby",
            "I am worried about my baby",
            "Trust what you have noticed. A midwife, a health visitor or a GP is a good first person to ask, and these lines can help too.",
            ("/infant-mental-health#where-to-ask-in-your-part-of-the-uk", "Where to ask in your part of the UK")
        ),
        new("loss", "I have lost a baby", "We are so sorry. These people know about loss, however long ago it was."),
        new(
            "crying",
            "My baby cries and cries",
            "It is all right to walk away for a few minutes. Put your baby down on their back in the cot, close the door and breathe. "
                + "Never shake a baby. If you are afraid that you may hurt your baby, call someone now and say so.",
            ("/infant-mental-health/0-to-6-months#when-your-baby-cries", "Why babies cry, and what can help")
        ),
        new(
            "hurt",
            "Someone hurts me",
            "It is not your fault. You can call, text or chat, and nobody will make you do anything. If you are in danger now, call 999. "
                + "If you cannot speak, call from a mobile and press 55 when you are asked.",
            ("/using-this-site-privately", "If someone may check your phone or computer")
        ),
        new(
            "father",
            "I am a father or partner",
            "Fathers and partners struggle too. All of these are for you.",
            ("/infant-mental-health/fathers-and-partners", "For fathers and partners: how you may feel, and what helps")
        ),
        new(
            "families",
            "I work with families",
            "If a child is in danger now, call 999. These lines also talk with people who are worried about a child or a parent.",
            ("/infant-mental-health/for-professionals#where-to-refer", "Where to refer a family")
        ),
    ];

    public static SupportTopic? Find(string? name) => All.FirstOrDefault(t => t.Name == name);
}

/// <summary>The four nations, as they stand in addresses.</summary>
static class Nations
{
    /// <summary>As a line for three nations names them.</summary>
    public const string WithoutNorthernIreland = "England, Scotland and Wales";

    public static readonly IReadOnlyList<(string Name, string Label)> All =
    [
        ("england", "England"),
        ("scotland", "Scotland"),
        ("wales", "Wales"),
        ("northern-ireland", "Northern Ireland"),
    ];

    public static string? LabelOf(string? name) => All.FirstOrDefault(n => n.Name == name).Label;
}
