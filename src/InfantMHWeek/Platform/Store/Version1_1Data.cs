namespace InfantMHWeek.Platform.Store;

/// <summary>What becomes of the rows of 1.0 in the migration to 1.1, in SQL that SQLite and PostgreSQL both read.</summary>
static class Version1_1Data
{
    /// <summary>A random id as the driver of SQLite writes one.</summary>
    public const string NewIdInSqlite =
        "upper(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-8' || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))";

    static readonly string[] Charts = ["State", "Nation", "Kind"];

    public const string SetTalliesAside = """
        CREATE TEMPORARY TABLE tallies_of_1_0 AS SELECT "CohortId", "State", "Nation", "Kind", "Count" FROM "CourseTallies";
        """;

    /// <summary>Links that were mailed still open what they opened.</summary>
    public const string TakeOverLinks = """
        INSERT INTO "StaffTickets" ("Id", "StaffId", "Stage", "Hash", "ExpiresAt", "UsedAt")
        SELECT "Id", "StaffId", "Kind", "Hash", "ExpiresAt", "UsedAt" FROM "StaffLinks";
        """;

    /// <summary>1.0 could give one position in the waiting list twice.</summary>
    public const string NumberPositions = """
        UPDATE "Applications" SET "Position" = numbered.place
        FROM (SELECT "Id" AS id, ROW_NUMBER() OVER (PARTITION BY "CohortId" ORDER BY "Position", "AppliedAt", "Id") AS place FROM "Applications") AS numbered
        WHERE "Applications"."Id" = numbered.id AND "Applications"."Position" <> numbered.place
            AND EXISTS (SELECT 1 FROM "Applications" AS other WHERE other."CohortId" = "Applications"."CohortId" GROUP BY other."Position" HAVING COUNT(*) > 1);
        """;

    /// <summary>What waits leaves in the lane of its kind; the address is now also kept as it is compared.</summary>
    public static string SortMails { get; } = $"""
        UPDATE "OutboxMails" SET "Reader" = lower("To"), "Lane" = CASE WHEN "Kind" LIKE 'staff-%' OR "Kind" LIKE '%-offer%' THEN {(int)Mail.MailLane.Urgent} ELSE {(int)Mail.MailLane.Ordinary} END;
        """;

    /// <param name="newId">The expression that makes an id.</param>
    public static string BringTalliesBack(string newId) => string.Concat(Charts.Select(chart => $"""
        INSERT INTO "CourseTallies" ("Id", "CohortId", "Chart", "Value", "Count")
        SELECT {newId}, "CohortId", '{chart}', "{chart}", SUM("Count") FROM tallies_of_1_0 GROUP BY "CohortId", "{chart}";

        """)) + "DROP TABLE tallies_of_1_0;";
}
