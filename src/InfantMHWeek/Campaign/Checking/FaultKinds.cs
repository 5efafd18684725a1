namespace InfantMHWeek.Campaign.Checking;

/// <summary>Every fault the site knows. Codes are permanent: editors search for them, and a code is never used again for something else.</summary>
public static class FaultKinds
{
    // Files
    public static readonly FaultKind Unreadable = Breaking("IMH001");
    public static readonly FaultKind NotUtf8 = Breaking("IMH002");
    public static readonly FaultKind TooLarge = Breaking("IMH003");
    public static readonly FaultKind BadName = Breaking("IMH004");
    public static readonly FaultKind LeavesFolder = Breaking("IMH005");
    public static readonly FaultKind SameAddress = Breaking("IMH006");

    // Front matter and registers
    public static readonly FaultKind NoFrontMatter = Breaking("IMH010");
    public static readonly FaultKind LateFrontMatter = Breaking("IMH011");
    public static readonly FaultKind OpenFrontMatter = Breaking("IMH012");
    public static readonly FaultKind NotYaml = Breaking("IMH013");
    public static readonly FaultKind UnknownKey = Breaking("IMH014");
    public static readonly FaultKind MissingKey = Breaking("IMH015");
    public static readonly FaultKind RepeatedKey = Breaking("IMH016");
    public static readonly FaultKind BadValue = Breaking("IMH017");
    public static readonly FaultKind TooLong = Error("IMH018");
    public static readonly FaultKind NotFlat = Breaking("IMH019");
    public static readonly FaultKind CutByHash = Breaking("IMH020");
    public static readonly FaultKind BadOrder = Breaking("IMH021");
    public static readonly FaultKind NamesNothing = Error("IMH022");
    public static readonly FaultKind FeaturedNotPublic = Error("IMH023");
    public static readonly FaultKind NeededPage = Error("IMH024");
    public static readonly FaultKind MissingPage = Error("IMH025");
    public static readonly FaultKind WayOfPage = Warning("IMH026");

    // Structure of the text
    public static readonly FaultKind TooDeep = Breaking("IMH030");
    public static readonly FaultKind OpenContainer = Breaking("IMH031");
    public static readonly FaultKind UnknownContainer = Breaking("IMH032");
    public static readonly FaultKind NestedContainer = Breaking("IMH033");
    public static readonly FaultKind StrayColons = Breaking("IMH034");
    public static readonly FaultKind ContainerWords = Error("IMH035");
    public static readonly FaultKind LongParagraph = Breaking("IMH036");
    public static readonly FaultKind RawHtml = Error("IMH037");
    public static readonly FaultKind FirstHeading = Error("IMH038");
    public static readonly FaultKind SkippedHeading = Error("IMH039");
    public static readonly FaultKind PastedBullet = Error("IMH040");
    public static readonly FaultKind UndefinedFootnote = Error("IMH041");
    public static readonly FaultKind SampleLeft = Error("IMH042");

    // Links and pictures
    public static readonly FaultKind RefusedLink = Error("IMH050");
    public static readonly FaultKind BrokenLink = Error("IMH051");
    public static readonly FaultKind BrokenAnchor = Error("IMH052");
    public static readonly FaultKind MovedLink = Warning("IMH053");
    public static readonly FaultKind EmptyLink = Error("IMH054");
    public static readonly FaultKind VagueLink = Error("IMH055");
    public static readonly FaultKind MissingPicture = Error("IMH056");
    public static readonly FaultKind NoAlternative = Error("IMH057");

    // Figures and their sources
    public static readonly FaultKind NoSource = Error("IMH060");
    public static readonly FaultKind UnknownSource = Error("IMH061");
    public static readonly FaultKind FigureShape = Error("IMH062");
    public static readonly FaultKind UnsourcedPercentage = Warning("IMH063");
    public static readonly FaultKind FiguresDisagree = Error("IMH064");
    public static readonly FaultKind SourceGap = Warning("IMH065");

    // Care for the reader
    public static readonly FaultKind UnmarkedHarm = Error("IMH070");
    public static readonly FaultKind NoContentNote = Warning("IMH071");
    public static readonly FaultKind NeverChecked = Warning("IMH072");
    public static readonly FaultKind CheckedLongAgo = Warning("IMH073");
    public static readonly FaultKind CheckedTooLongAgo = Error("IMH074");

    // Mails
    public static readonly FaultKind UnknownPlaceholder = Error("IMH090");
    public static readonly FaultKind MissingPlaceholder = Error("IMH091");
    public static readonly FaultKind NotInMails = Error("IMH092");
    public static readonly FaultKind UnknownMail = Warning("IMH093");

    // Words: hints only, never a gate
    public static readonly FaultKind PreferredWord = Hint("IMH080");
    public static readonly FaultKind LongSentence = Hint("IMH081");

    /// <summary>All of the above, for the tests that ask for a sample of each.</summary>
    public static IReadOnlyList<FaultKind> All { get; } =
        [.. typeof(FaultKinds).GetFields().Where(f => f.FieldType == typeof(FaultKind)).Select(f => (FaultKind)f.GetValue(null)!)];

    static FaultKind Breaking(string code) => new(code, Severity.Error, Breaks: true);
    static FaultKind Error(string code) => new(code, Severity.Error);
    static FaultKind Warning(string code) => new(code, Severity.Warning);
    static FaultKind Hint(string code) => new(code, Severity.Hint);
}
