namespace InfantMHWeek.Services;

/// <summary>The names that people read, and the short ones that stand in addresses.</summary>
static class ServiceLabels
{
    public static readonly IReadOnlyList<(Need Value, string Slug, string Name)> Needs =
    [
        (Need.Bond, "bond", "When it is hard to feel close"),
        (Need.LowOrAnxious, "low-or-anxious", "Low or anxious in pregnancy or after birth"),
        (Need.DifficultBirth, "birth", "After a difficult birth"),
        (Need.CryingAndSleep, "crying-and-sleep", "Crying and sleep"),
        (Need.Feeding, "feeding", "Feeding"),
        (Need.Fathers, "fathers", "Fathers and partners"),
        (Need.YoungParents, "young-parents", "Young parents"),
        (Need.Loss, "loss", "Losing a baby"),
        (Need.Premature, "premature", "A premature or ill baby"),
        (Need.Groups, "groups", "Groups and company"),
        (Need.Safety, "safety", "Not safe at home"),
        (Need.Training, "professionals", "Advice and training for professionals"),
    ];

    public static readonly IReadOnlyList<(ServiceAudience Value, string Slug, string Name)> Audiences =
    [
        (ServiceAudience.ParentsToBe, "parents-to-be", "Parents-to-be"),
        (ServiceAudience.Mothers, "mothers", "Mothers"),
        (ServiceAudience.Fathers, "fathers", "Fathers and partners"),
        (ServiceAudience.Carers, "carers", "Foster, kinship and adoptive carers"),
        (ServiceAudience.Families, "families", "Families with babies"),
        (ServiceAudience.Professionals, "professionals", "People who work with families"),
    ];

    public static readonly IReadOnlyList<(ChildAge Value, string Slug, string Name)> Ages =
    [
        (ChildAge.Pregnancy, "pregnancy", "Pregnancy"),
        (ChildAge.FirstYear, "0-1", "Under 1 year"),
        (ChildAge.SecondYear, "1-2", "1 to 2 years"),
        (ChildAge.TwoToFive, "2-5", "2 to 5 years"),
    ];

    public static readonly IReadOnlyList<(Access Value, string Slug, string Name)> Accesses =
    [
        (Access.AskYourself, "yourself", "You can contact them yourself"),
        (Access.Gp, "gp", "Your GP can refer you"),
        (Access.Midwife, "midwife", "Your midwife or health visitor can refer you"),
        (Access.OtherProfessional, "professional", "Another professional can refer you"),
    ];

    public static readonly IReadOnlyList<(Ways Value, string Slug, string Name)> Ways =
    [
        (Services.Ways.AtAPlace, "place", "At a place"),
        (Services.Ways.AtHome, "home", "At your home"),
        (Services.Ways.Online, "online", "Online"),
        (Services.Ways.Phone, "phone", "By phone"),
    ];

    public static readonly IReadOnlyList<(ServiceCost Value, string Slug, string Name)> Costs =
    [
        (ServiceCost.Free, "free", "Free"),
        (ServiceCost.Donation, "donation", "Free, donations welcome"),
        (ServiceCost.Paid, "paid", "There is a charge"),
    ];

    public static readonly IReadOnlyList<(ServiceFacts Value, string Slug, string Name)> Facts =
    [
        (ServiceFacts.BabyWelcome, "baby", "Babies welcome to come along"),
        (ServiceFacts.StepFree, "step-free", "Step-free with a pram"),
        (ServiceFacts.Bsl, "bsl", "British Sign Language"),
        (ServiceFacts.Interpreters, "interpreters", "Interpreters can be booked"),
        (ServiceFacts.Siblings, "siblings", "Siblings welcome"),
    ];

    /// <summary>Each by its ISO 639 code.</summary>
    public static readonly IReadOnlyList<(Languages Value, string Slug, string Name)> Languages =
    [
        (Services.Languages.Welsh, "cy", "Welsh"),
        (Services.Languages.Arabic, "ar", "Arabic"),
        (Services.Languages.Bengali, "bn", "Bengali"),
        (Services.Languages.Cantonese, "yue", "Cantonese"),
        (Services.Languages.French, "fr", "French"),
        (Services.Languages.Gaelic, "gd", "Gaelic"),
        (Services.Languages.Gujarati, "gu", "Gujarati"),
        (Services.Languages.Hindi, "hi", "Hindi"),
        (Services.Languages.Irish, "ga", "Irish"),
        (Services.Languages.Polish, "pl", "Polish"),
        (Services.Languages.Portuguese, "pt", "Portuguese"),
        (Services.Languages.Punjabi, "pa", "Punjabi"),
        (Services.Languages.Romanian, "ro", "Romanian"),
        (Services.Languages.Somali, "so", "Somali"),
        (Services.Languages.Spanish, "es", "Spanish"),
        (Services.Languages.Turkish, "tr", "Turkish"),
        (Services.Languages.Ukrainian, "uk", "Ukrainian"),
        (Services.Languages.Urdu, "ur", "Urdu"),
    ];

    public static string NameOf(ServiceCost cost) =>
        cost == ServiceCost.NotSaid ? "The service did not say" : Costs.First(c => c.Value == cost).Name;

    public static IEnumerable<string> NamesOf(Need needs) => Needs.Where(n => needs.HasFlag(n.Value)).Select(n => n.Name);

    public static IEnumerable<string> NamesOf(ServiceAudience audience) =>
        Audiences.Where(a => audience.HasFlag(a.Value)).Select(a => a.Name);

    public static IEnumerable<string> NamesOf(ChildAge ages) => Ages.Where(a => ages.HasFlag(a.Value)).Select(a => a.Name);

    public static IEnumerable<string> NamesOf(Access access) => Accesses.Where(a => access.HasFlag(a.Value)).Select(a => a.Name);

    public static IEnumerable<string> NamesOf(Ways ways) => Ways.Where(w => ways.HasFlag(w.Value)).Select(w => w.Name);

    public static IEnumerable<string> NamesOf(Languages spoken) => Languages.Where(l => spoken.HasFlag(l.Value)).Select(l => l.Name);

    public static IEnumerable<string> NamesOf(ServiceFacts facts) => Facts.Where(f => facts.HasFlag(f.Value)).Select(f => f.Name);
}
