namespace InfantMHWeek.Services;

/// <summary>What a family needs, in the words that people use.</summary>
[Flags]
enum Need
{
    None = 0,
    Bond = 1,
    LowOrAnxious = 2,
    DifficultBirth = 4,
    CryingAndSleep = 8,
    Feeding = 16,
    Fathers = 32,
    YoungParents = 64,
    Loss = 128,
    Premature = 256,
    Groups = 512,
    Safety = 1024,
    Training = 2048,
}

/// <summary>Whom a service is for.</summary>
[Flags]
enum ServiceAudience
{
    None = 0,
    ParentsToBe = 1,
    Mothers = 2,
    Fathers = 4,
    Carers = 8,
    Families = 16,
    Professionals = 32,
}

/// <summary>How old the child is.</summary>
[Flags]
enum ChildAge
{
    None = 0,
    Pregnancy = 1,
    FirstYear = 2,
    SecondYear = 4,
    TwoToFive = 8,
}

/// <summary>How somebody comes to it.</summary>
[Flags]
enum Access
{
    None = 0,
    AskYourself = 1,
    Gp = 2,
    Midwife = 4,
    OtherProfessional = 8,
}

/// <summary>In what form help is given.</summary>
[Flags]
enum Ways
{
    None = 0,
    AtAPlace = 1,
    AtHome = 2,
    Online = 4,
    Phone = 8,
}

enum ServiceCost
{
    NotSaid,
    Free,
    Donation,
    Paid,
}

/// <summary>
/// What a family wants to know before it asks. Each is yes, no, or not said: see <see cref="ServiceDetails.Yes"/> and
/// <see cref="ServiceDetails.No"/>.
/// </summary>
[Flags]
enum ServiceFacts
{
    None = 0,
    Bsl = 1,
    StepFree = 2,
    BabyWelcome = 4,
    Interpreters = 8,
    Siblings = 16,
}

/// <summary>Languages in which help is given, beside English.</summary>
[Flags]
enum Languages
{
    None = 0,
    Welsh = 1,
    Arabic = 1 << 1,
    Bengali = 1 << 2,
    Cantonese = 1 << 3,
    French = 1 << 4,
    Gaelic = 1 << 5,
    Gujarati = 1 << 6,
    Hindi = 1 << 7,
    Irish = 1 << 8,
    Polish = 1 << 9,
    Portuguese = 1 << 10,
    Punjabi = 1 << 11,
    Romanian = 1 << 12,
    Somali = 1 << 13,
    Spanish = 1 << 14,
    Turkish = 1 << 15,
    Ukrainian = 1 << 16,
    Urdu = 1 << 17,
}

/// <summary>Who last said that all of it is right.</summary>
enum CheckedBy
{
    Nobody,
    Service,
    Staff,
    Source,
}
