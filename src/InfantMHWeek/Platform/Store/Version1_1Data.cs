namespace InfantMHWeek.Platform.Store;

/// <summary>
/// What becomes of the rows of 1.0 in the migration to 1.1, in SQL that SQLite and PostgreSQL both read. It says in its own words what
/// today's code says in others: that code will change, and a migration never does.
/// </summary>
static class Version1_1Data
{
    /// <summary>A random id as the driver of SQLite writes one.</summary>
    public const string NewIdInSqlite =
        "upper(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-8' || "
        + "substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))";

    static readonly string[] Charts = ["State", "Nation", "Kind"];

    public const string SetTalliesAside = """
        CREATE TEMPORARY TABLE tallies_of_1_0 AS SELECT "CohortId", "State", "Nation", "Kind", "Count" FROM "CourseTallies";
        """;

    /// <summary>Links that were mailed still open what they opened.</summary>
    public const string TakeOverLinks = """
        INSERT INTO "StaffTickets" ("Id", "StaffId", "Stage", "Hash", "ExpiresAt", "UsedAt")
        SELECT "Id", "StaffId", "Kind", "Hash", "ExpiresAt", "UsedAt" FROM "StaffLinks";
        """;

    /// <summary>
    /// Since 1.1 some hand-overs of a place wait for a decision of the staff; those of 1.0 have been mailed to the colleague.
    /// </summary>
    public const string AllowHandOvers = """
        UPDATE "HandOvers" SET "AllowedAt" = "At";
        """;

    /// <summary>
    /// 1.0 could give one position in the waiting list twice. Where it did, all are numbered anew, and the next comes after them.
    /// </summary>
    public const string NumberPositions = """
        UPDATE "Applications" SET "Position" = numbered.place
        FROM (SELECT "Id" AS id, ROW_NUMBER() OVER (PARTITION BY "CohortId" ORDER BY "Position", "AppliedAt", "Id") AS place
            FROM "Applications" WHERE "CohortId" IN
                (SELECT "CohortId" FROM "Applications" GROUP BY "CohortId", "Position" HAVING COUNT(*) > 1)) AS numbered
        WHERE "Applications"."Id" = numbered.id AND "Applications"."Position" <> numbered.place;
        UPDATE "Cohorts" SET "LastPosition" = (SELECT MAX("Position") FROM "Applications" WHERE "CohortId" = "Cohorts"."Id")
        WHERE "LastPosition" < (SELECT MAX("Position") FROM "Applications" WHERE "CohortId" = "Cohorts"."Id");
        """;

    /// <summary>
    /// What waits leaves in the lane of its kind (0 urgent, 1 ordinary, 2 bulk); the address is now also kept as it is compared.
    /// </summary>
    public const string SortMails = """
        UPDATE "OutboxMails" SET "Reader" = lower("To"), "Lane" = CASE
            WHEN "Kind" LIKE 'staff-%' THEN 0
            WHEN "Kind" IN ('test', 'course-draft', 'course-hand-over', 'course-place-held', 'course-place-offered', 'event-started')
                THEN 0
            WHEN "Kind" IN ('course-certificate', 'course-evaluation', 'course-message', 'course-opening', 'course-reminder',
                'event-thanks') THEN 2
            ELSE 1 END;
        """;

    /// <summary>
    /// 1.0 kept an organisation's charity number, or else its name with all its words, in one column. Compared as they are, two people of
    /// one organisation would be taken for people of two, and get more than its share of the places.
    /// </summary>
    public static string CompareOrganisations { get; } =
        string.Join(
            '\n',
            [
                $"UPDATE \"Applications\" SET \"CharityKey\" = {NumberKey} WHERE length({NumberKey}) - "
                    + $"length({Replaced(NumberKey, "", "0123456789")}) >= 5;",
                SetName(Replaced("\"Organisation\"", "", "'’.")),
                .. Accents.Select(accents => SetName(Replaced("\"OrganisationKey\"", accents.Plain, accents.Letters))),
                SetName(Replaced("\"OrganisationKey\"", " ", "&,-/():;!?+_")),
                SetName(Replaced("\"OrganisationKey\"", " ", "\"“”‘–—@#*|")),
                SetName(
                    $"CASE WHEN {Essential} <> '' THEN {Essential} WHEN {Replaced(Capitals, "", " ")} <> '' THEN "
                        + $"{Replaced(Capitals, "", " ")} ELSE upper(\"Organisation\") END"
                ),
            ]
        );

    /// <summary>The dates of what is held each week say so, so that a list has it once.</summary>
    public const string MarkWeekly = """
        UPDATE "EventDates" SET "Tags" = "Tags" | 2147483648
        WHERE "EventId" IN (SELECT "Id" FROM "Events" WHERE "Live" LIKE '%"Schedule":{"Repeat":2,%');
        """;

    /// <summary>
    /// What changed before stands in the order in which it did, as exactly as that is known; and where each event is says where its dates
    /// are.
    /// </summary>
    public const string OrderChangesOfSqlite =
        $"""UPDATE "Events" SET "Changed" = CAST(strftime('%s', "UpdatedAt") AS INTEGER) * 1000 {OfShownEvents}""";

    /// <inheritdoc cref="OrderChangesOfSqlite"/>
    public const string OrderChangesOfPostgres =
        $"""UPDATE "Events" SET "Changed" = CAST(floor(extract(epoch FROM "UpdatedAt")) AS bigint) * 1000 {OfShownEvents}""";

    const string OfShownEvents = """
        WHERE "ApprovedAt" IS NOT NULL;
        UPDATE "Events" SET "InRegion" = COALESCE((SELECT MAX("Region") FROM "EventDates" WHERE "EventId" = "Events"."Id"), 0)
        WHERE "ApprovedAt" IS NOT NULL AND "WithdrawnAt" IS NULL AND "Live" IS NOT NULL;
        """;

    const string Capitals = "upper(\"OrganisationKey\")";
    static string NumberKey => $"upper({Replaced("\"CharityNumber\"", "", " -/.,():#'")})";

    /// <summary>
    /// Without words that say nothing about which organisation it is. Each word stands between spaces of its own, so that two in a
    /// row are both found.
    /// </summary>
    static string Essential
    {
        get
        {
            var words = $"replace(' ' || {Capitals} || ' ', ' ', '  ')";
            foreach (var word in (ReadOnlySpan<string>)["THE", "LTD", "LIMITED", "CIC", "CIO", "SCIO", "PLC", "AND"])
                words = $"replace({words}, ' {word} ', ' ')";
            return Replaced(words, "", " ");
        }
    }

    static IEnumerable<(string Letters, string Plain)> Accents =>
        [
            ("àáâãäåÀÁÂÃÄÅ", "A"),
            ("çÇ", "C"),
            ("èéêëÈÉÊË", "E"),
            ("ìíîïÌÍÎÏ", "I"),
            ("ñÑ", "N"),
            ("òóôõöÒÓÔÕÖ", "O"),
            ("ùúûüÙÚÛÜ", "U"),
            ("ŵŴẁẀẃẂẅẄ", "W"),
            ("ýÿŷŶÝŸỳỲ", "Y"),
        ];

    static string SetName(string expression) => $"UPDATE \"Applications\" SET \"OrganisationKey\" = {expression};";

    static string Replaced(string text, string by, string marks) =>
        marks.Aggregate(text, (replaced, mark) => $"replace({replaced}, '{(mark == '\'' ? "''" : mark.ToString())}', '{by}')");

    /// <param name="newId">The expression that makes an id.</param>
    public static string BringTalliesBack(string newId) =>
        string.Concat(
            Charts.Select(chart =>
                $"""
                    INSERT INTO "CourseTallies" ("Id", "CohortId", "Chart", "Value", "Count")
                    SELECT {newId}, "CohortId", '{chart}', "{chart}", SUM("Count") FROM tallies_of_1_0 GROUP BY "CohortId", "{chart}";

                    """
            )
        ) + "DROP TABLE tallies_of_1_0;";

    /// <summary>
    /// SQLite makes a table anew for a change of a column, outside of any transaction if it is left to Entity Framework; this stays
    /// inside.
    /// </summary>
    public const string LetCertificatesLoseTheirNameInSqlite = """
        CREATE TABLE "CourseCertificates_1_1" (
            "Id" TEXT NOT NULL CONSTRAINT "PK_CourseCertificates" PRIMARY KEY,
            "ApplicationId" TEXT NULL,
            "Code" TEXT NOT NULL,
            "CohortName" TEXT NOT NULL,
            "CompletedOn" TEXT NOT NULL,
            "Course" TEXT NOT NULL,
            "IssuedAt" TEXT NOT NULL,
            "Name" TEXT NULL,
            "SessionsAttended" INTEGER NOT NULL,
            "SessionsHeld" INTEGER NOT NULL
        );
        INSERT INTO "CourseCertificates_1_1" ("Id", "ApplicationId", "Code", "CohortName", "CompletedOn", "Course", "IssuedAt", "Name",
            "SessionsAttended", "SessionsHeld")
        SELECT "Id", "ApplicationId", "Code", "CohortName", "CompletedOn", "Course", "IssuedAt", "Name",
            "SessionsAttended", "SessionsHeld" FROM "CourseCertificates";
        DROP TABLE "CourseCertificates";
        ALTER TABLE "CourseCertificates_1_1" RENAME TO "CourseCertificates";
        CREATE UNIQUE INDEX "IX_CourseCertificates_ApplicationId" ON "CourseCertificates" ("ApplicationId");
        CREATE UNIQUE INDEX "IX_CourseCertificates_Code" ON "CourseCertificates" ("Code");
        """;

    /// <summary>Likewise.</summary>
    public const string DropLastCodesInSqlite = """
        ALTER TABLE "StaffMembers" DROP COLUMN "LastCode";
        ALTER TABLE "StaffMembers" DROP COLUMN "LastCodeAt";
        """;
}
