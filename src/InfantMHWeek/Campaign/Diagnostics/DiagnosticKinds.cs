namespace InfantMHWeek.Campaign.Diagnostics;

/// <summary>
/// Every fault the site knows. Codes are permanent: editors search for them, and a code is never used again for something else.
/// </summary>
static class DiagnosticKinds
{
    // Files
    public static readonly DiagnosticKind Unreadable = Breaking("IMH001");
    public static readonly DiagnosticKind NotUtf8 = Breaking("IMH002");
    public static readonly DiagnosticKind TooLarge = Breaking("IMH003");
    public static readonly DiagnosticKind BadName = Breaking("IMH004");
    public static readonly DiagnosticKind LeavesFolder = Breaking("IMH005");
    public static readonly DiagnosticKind SameAddress = Breaking("IMH006");

    // Front matter and registers
    public static readonly DiagnosticKind NoFrontMatter = Breaking("IMH010");
    public static readonly DiagnosticKind LateFrontMatter = Breaking("IMH011");
    public static readonly DiagnosticKind OpenFrontMatter = Breaking("IMH012");
    public static readonly DiagnosticKind NotYaml = Breaking("IMH013");
    public static readonly DiagnosticKind UnknownKey = Breaking("IMH014");
    public static readonly DiagnosticKind MissingKey = Breaking("IMH015");
    public static readonly DiagnosticKind RepeatedKey = Breaking("IMH016");
    public static readonly DiagnosticKind BadValue = Breaking("IMH017");
    public static readonly DiagnosticKind TooLong = Error("IMH018");
    public static readonly DiagnosticKind NotFlat = Breaking("IMH019");
    public static readonly DiagnosticKind CutByHash = Breaking("IMH020");
    public static readonly DiagnosticKind BadOrder = Breaking("IMH021");
    public static readonly DiagnosticKind NamesNothing = Error("IMH022");
    public static readonly DiagnosticKind FeaturedNotPublic = Error("IMH023");
    public static readonly DiagnosticKind NeededPage = Error("IMH024");
    public static readonly DiagnosticKind MissingPage = Error("IMH025");
    public static readonly DiagnosticKind WayOfPage = Warning("IMH026");
    public static readonly DiagnosticKind WeekOfOtherYear = Error("IMH027");
    public static readonly DiagnosticKind WeeksOverlap = Error("IMH028");
    public static readonly DiagnosticKind PinnedIsOver = Warning("IMH029");

    // Structure of the text
    public static readonly DiagnosticKind TooDeep = Breaking("IMH030");
    public static readonly DiagnosticKind OpenContainer = Breaking("IMH031");
    public static readonly DiagnosticKind UnknownContainer = Breaking("IMH032");
    public static readonly DiagnosticKind NestedContainer = Breaking("IMH033");
    public static readonly DiagnosticKind StrayColons = Breaking("IMH034");
    public static readonly DiagnosticKind ContainerWords = Error("IMH035");
    public static readonly DiagnosticKind LongParagraph = Breaking("IMH036");
    public static readonly DiagnosticKind RawHtml = Error("IMH037");
    public static readonly DiagnosticKind FirstHeading = Error("IMH038");
    public static readonly DiagnosticKind SkippedHeading = Error("IMH039");
    public static readonly DiagnosticKind PastedBullet = Error("IMH040");
    public static readonly DiagnosticKind UndefinedFootnote = Error("IMH041");
    public static readonly DiagnosticKind SampleLeft = Error("IMH042");

    // Links and pictures
    public static readonly DiagnosticKind RefusedLink = Error("IMH050");
    public static readonly DiagnosticKind BrokenLink = Error("IMH051");
    public static readonly DiagnosticKind BrokenAnchor = Error("IMH052");
    public static readonly DiagnosticKind MovedLink = Warning("IMH053");
    public static readonly DiagnosticKind EmptyLink = Error("IMH054");
    public static readonly DiagnosticKind VagueLink = Error("IMH055");
    public static readonly DiagnosticKind MissingPicture = Error("IMH056");
    public static readonly DiagnosticKind NoAlternative = Error("IMH057");

    // Figures and their sources
    public static readonly DiagnosticKind NoSource = Error("IMH060");
    public static readonly DiagnosticKind UnknownSource = Error("IMH061");
    public static readonly DiagnosticKind FigureShape = Error("IMH062");
    public static readonly DiagnosticKind UnsourcedPercentage = Warning("IMH063");
    public static readonly DiagnosticKind FiguresDisagree = Error("IMH064");
    public static readonly DiagnosticKind SourceGap = Warning("IMH065");

    // Care for the reader
    public static readonly DiagnosticKind UnmarkedHarm = Error("IMH070");
    public static readonly DiagnosticKind NoContentNote = Warning("IMH071");
    public static readonly DiagnosticKind NeverChecked = Warning("IMH072");
    public static readonly DiagnosticKind CheckedLongAgo = Warning("IMH073");
    public static readonly DiagnosticKind CheckedTooLongAgo = Error("IMH074");

    // Mails
    public static readonly DiagnosticKind UnknownPlaceholder = Error("IMH090");
    public static readonly DiagnosticKind MissingPlaceholder = Error("IMH091");
    public static readonly DiagnosticKind NotInMails = Error("IMH092");
    public static readonly DiagnosticKind UnknownMail = Warning("IMH093");

    // Words: hints only, never a gate
    public static readonly DiagnosticKind PreferredWord = Hint("IMH080");
    public static readonly DiagnosticKind LongSentence = Hint("IMH081");

    /// <summary>All of the above, for the tests that ask for a sample of each.</summary>
    public static IReadOnlyList<DiagnosticKind> All { get; } =
    [
        .. typeof(DiagnosticKinds)
            .GetFields()
            .Where(f => f.FieldType == typeof(DiagnosticKind))
            .Select(f => (DiagnosticKind)f.GetValue(null)!),
    ];

    static DiagnosticKind Breaking(string code) => new(code, Severity.Error, Breaks: true);

    static DiagnosticKind Error(string code) => new(code, Severity.Error);

    static DiagnosticKind Warning(string code) => new(code, Severity.Warning);

    static DiagnosticKind Hint(string code) => new(code, Severity.Hint);
}
