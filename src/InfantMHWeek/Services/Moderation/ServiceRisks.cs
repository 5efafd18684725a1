using InfantMHWeek.Platform.Moderation;

namespace InfantMHWeek.Services.Moderation;

/// <summary>What a moderator should look at twice. Each is a hint in plain words, never a decision.</summary>
static class ServiceRisks
{
    static readonly string[] Delicate =
    [
        "cure",
        "guarantee",
        "vaccine",
        "detox",
        "diagnos",
        "hypno",
        "sleep train",
        "babysit",
        "childcare",
        "crèche",
        "creche",
        "overnight",
        "donate",
        "discount",
        "buy ",
    ];

    public static IEnumerable<string> Of(FamilyService service)
    {
        var d = service.Latest;
        var text = string.Join(' ', d.Title, d.Summary, d.Description, d.OrganisationAbout, d.AccessNote, d.CostNote, d.Hours, d.Waiting);
        foreach (var risk in TextRisks.Of(text, Delicate))
            yield return risk;
        if (AsksForMoney(d))
            yield return "It seems to ask for money or to sell something";
        if (d.Places.Any(p => p.Confidential && Traces(p).Any(t => text.Contains(t, StringComparison.OrdinalIgnoreCase))))
            yield return "Its secret address seems to stand in a text that everybody reads";
        if (d.Cost == ServiceCost.Paid)
            yield return "It costs money";
        if (TextRisks.IsFree(service.Contact) && d.OrganisationLink.Length == 0)
            yield return "Private mail address and no website";
    }

    static readonly string[] Money =
    [
        "% off",
        "bank transfer",
        "bitcoin",
        "buy now",
        "crowdfund",
        "crypto",
        "discount",
        "donate",
        "gift card",
        "gofundme",
        "guarantee",
        "invest",
        "justgiving",
        "money back",
        "order now",
        "paypal",
        "sort code",
        "special offer",
    ];

    /// <summary>Whether it asks readers for money or sells them something: nobody reads such a listing before a person has.</summary>
    public static bool AsksForMoney(ServiceDetails d)
    {
        var text = string.Join(' ', d.Title, d.Summary, d.Description, d.OrganisationAbout, d.AccessNote, d.CostNote, d.Hours, d.Waiting);
        return Money.Any(w => text.Contains(w, StringComparison.OrdinalIgnoreCase));
    }

    static IEnumerable<string> Traces(ServicePlace place) =>
        new[] { place.Name, place.Address, place.Postcode, place.Postcode.Replace(" ", "", StringComparison.Ordinal) }.Where(t =>
            t.Length > 3
        );

    /// <summary>Questions to ask oneself before approving.</summary>
    public static readonly IReadOnlyList<string> Prompts =
    [
        "Is it clear who runs it, and can we reach them?",
        "Is it for babies, pregnancy, parents or carers, or for people who work with them?",
        "Does it promise a cure, sell something, or blame parents?",
        "Is a secret address named in any text, or a child, family or member of staff?",
        "Do the phone number and the links lead where they say?",
    ];
}
