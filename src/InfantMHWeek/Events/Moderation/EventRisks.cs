using InfantMHWeek.Platform.Moderation;

namespace InfantMHWeek.Events.Moderation;

/// <summary>What a moderator should look at twice. Each is a hint in plain words, never a decision.</summary>
static class EventRisks
{
    static readonly string[] Delicate =
    [
        "cure",
        "guarantee",
        "vaccine",
        "detox",
        "diagnos",
        "therap",
        "counselling",
        "babysit",
        "childcare",
        "crèche",
        "creche",
        "overnight",
        "photo",
        "film",
    ];

    public static IEnumerable<string> Of(Event e, DateOnly today)
    {
        var d = e.Latest;
        if (!(e.IsPublic && d.Schedule.Repeats) && d.Schedule.All(today.AddDays(3)).Any())
            yield return "It is very soon";
        foreach (var risk in OfWords(d))
            yield return risk;
        if (d.Online && d.OnlineLinkShown)
            yield return "Its online link would be public";
        if (d.Cost == Cost.Paid)
            yield return "It costs money";
        if (TextRisks.IsFree(e.Contact) && d.OrganiserLink.Length == 0)
            yield return "Private mail address and no website";
    }

    /// <summary>Whether a person must look at it, whomever it comes from.</summary>
    public static bool AsksForPerson(EventDetails details) => OfWords(details).Any() || (details.Online && details.OnlineLinkShown);

    static IEnumerable<string> OfWords(EventDetails d) =>
        TextRisks.Of($"{d.Title} {d.Summary} {d.Description} {d.BookingNote} {d.CostNote} {d.Picture?.Alternative}", Delicate);

    /// <summary>Questions to ask oneself before approving.</summary>
    public static readonly IReadOnlyList<string> Prompts =
    [
        "Is it clear who runs it, and can we reach them?",
        "Will children be left with anybody? Then the people there must be checked as the law asks.",
        "Does it promise a cure, or blame parents?",
        "Is any child or family named, or a private address shown?",
        "Could a child in the picture be known, and has everyone in it agreed? Does its description say what it shows?",
        "Do the links lead where they say?",
    ];
}
