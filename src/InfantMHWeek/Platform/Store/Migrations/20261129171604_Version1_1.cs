using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace InfantMHWeek.Platform.Store.Migrations
{
    /// <inheritdoc />
    public partial class Version1_1 : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ChoreTurns");

            migrationBuilder.DropIndex(
                name: "IX_OutboxMails_SentAt_GivenUpAt_NextAttemptAt",
                table: "OutboxMails");

            migrationBuilder.DropIndex(
                name: "IX_ContactMessages_Form",
                table: "ContactMessages");

            migrationBuilder.DropIndex(
                name: "IX_Applications_State_OfferedUntil",
                table: "Applications");

            migrationBuilder.Sql(Version1_1Data.DropLastCodesInSqlite);

            migrationBuilder.AddColumn<string>(
                name: "BrowserHash",
                table: "StaffSessions",
                type: "TEXT",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Attempts",
                table: "PlannedChanges",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTime>(
                name: "NextAttemptAt",
                table: "PlannedChanges",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "OfDraft",
                table: "PlannedChanges",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "OfStamp",
                table: "PlannedChanges",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<Guid>(
                name: "Act",
                table: "PageRevisions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Author",
                table: "PageRevisions",
                type: "TEXT",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "AuthorId",
                table: "PageRevisions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "AuthorNote",
                table: "PageRevisions",
                type: "TEXT",
                maxLength: 300,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "OfDraft",
                table: "PageRevisions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "OfStamp",
                table: "PageRevisions",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<Guid>(
                name: "Plan",
                table: "PageRevisions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "OfDraft",
                table: "PageDrafts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "OfStamp",
                table: "PageDrafts",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTime>(
                name: "SentBackAt",
                table: "PageDrafts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SentBackBy",
                table: "PageDrafts",
                type: "TEXT",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SentBackWord",
                table: "PageDrafts",
                type: "TEXT",
                maxLength: 300,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Lane",
                table: "OutboxMails",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<Guid>(
                name: "LeasedBy",
                table: "OutboxMails",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Reader",
                table: "OutboxMails",
                type: "TEXT",
                maxLength: 254,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<DateTime>(
                name: "RefusedAt",
                table: "OutboxMails",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Request",
                table: "OutboxMails",
                type: "TEXT",
                maxLength: 10,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "AllowedAt",
                table: "HandOvers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "AllowedBy",
                table: "HandOvers",
                type: "TEXT",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "CopiedFrom",
                table: "Events",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "Form",
                table: "Events",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "Form",
                table: "EventConcerns",
                type: "TEXT",
                nullable: true);

            migrationBuilder.Sql(Version1_1Data.LetCertificatesLoseTheirNameInSqlite);

            migrationBuilder.AddColumn<string>(
                name: "Request",
                table: "AuditEntries",
                type: "TEXT",
                maxLength: 10,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "CharityKey",
                table: "Applications",
                type: "TEXT",
                maxLength: 20,
                nullable: true);

            migrationBuilder.RenameColumn(
                name: "OfferedUntil",
                table: "Applications",
                newName: "KeptUntil");

            migrationBuilder.AddColumn<DateTime>(
                name: "RemindAt",
                table: "Applications",
                type: "TEXT",
                nullable: true);

            migrationBuilder.Sql(Version1_1Data.SetTalliesAside);
            migrationBuilder.DropTable(
                name: "CourseTallies");

            migrationBuilder.CreateTable(
                name: "CourseTallies",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    CohortId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Chart = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    Value = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    Count = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CourseTallies", x => x.Id);
                    table.ForeignKey(
                        name: "FK_CourseTallies_Cohorts_CohortId",
                        column: x => x.CohortId,
                        principalTable: "Cohorts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.Sql(Version1_1Data.BringTalliesBack(Version1_1Data.NewIdInSqlite));

            migrationBuilder.CreateTable(
                name: "ClockSightings",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ClockSightings", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "HeldDeletions",
                columns: table => new
                {
                    What = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Job = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Why = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Due = table.Column<int>(type: "INTEGER", nullable: false),
                    Of = table.Column<int>(type: "INTEGER", nullable: false),
                    Since = table.Column<DateTime>(type: "TEXT", nullable: false),
                    AllowedUpTo = table.Column<int>(type: "INTEGER", nullable: true),
                    AllowedAt = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HeldDeletions", x => x.What);
                });

            migrationBuilder.CreateTable(
                name: "Jobs",
                columns: table => new
                {
                    Name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    DueAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    DueAgainAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    LeasedBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    LeasedUntil = table.Column<DateTime>(type: "TEXT", nullable: true),
                    StartedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    DoneAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    FailedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Problem = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    Tries = table.Column<int>(type: "INTEGER", nullable: false),
                    Failures = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Jobs", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "MailHolds",
                columns: table => new
                {
                    Machine = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Since = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Trouble = table.Column<int>(type: "INTEGER", nullable: false),
                    Words = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    NextTryAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    TryNow = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MailHolds", x => x.Machine);
                });

            migrationBuilder.CreateTable(
                name: "RefusedReaders",
                columns: table => new
                {
                    Reader = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Words = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RefusedReaders", x => x.Reader);
                });

            migrationBuilder.CreateTable(
                name: "SiteInstances",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Machine = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    Folder = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    StartedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    SeenAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SiteInstances", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "StaffDevices",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    StaffId = table.Column<Guid>(type: "TEXT", nullable: false),
                    BrowserHash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    SeenAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    SignedInAt = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StaffDevices", x => x.Id);
                    table.ForeignKey(
                        name: "FK_StaffDevices_StaffMembers_StaffId",
                        column: x => x.StaffId,
                        principalTable: "StaffMembers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "StaffResetRequests",
                columns: table => new
                {
                    Key = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    Email = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    AskedAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StaffResetRequests", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "StaffTickets",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    StaffId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Stage = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    BrowserHash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    SessionId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Carries = table.Column<string>(type: "TEXT", nullable: true),
                    ExpiresAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    UsedAt = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StaffTickets", x => x.Id);
                    table.ForeignKey(
                        name: "FK_StaffTickets_StaffMembers_StaffId",
                        column: x => x.StaffId,
                        principalTable: "StaffMembers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "StaffUsedCodes",
                columns: table => new
                {
                    Hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    UsedAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StaffUsedCodes", x => x.Hash);
                });

            migrationBuilder.Sql(Version1_1Data.TakeOverLinks);
            migrationBuilder.DropTable(
                name: "StaffLinks");

            migrationBuilder.Sql(Version1_1Data.AllowHandOvers);
            migrationBuilder.Sql(Version1_1Data.NumberPositions);
            migrationBuilder.Sql(Version1_1Data.SortMails);
            migrationBuilder.Sql(Version1_1Data.CompareOrganisations);

            migrationBuilder.CreateIndex(
                name: "IX_StaffSessions_BrowserHash",
                table: "StaffSessions",
                column: "BrowserHash");

            migrationBuilder.CreateIndex(
                name: "IX_PageRevisions_Act",
                table: "PageRevisions",
                column: "Act");

            migrationBuilder.CreateIndex(
                name: "IX_PageRevisions_AuthorId_At",
                table: "PageRevisions",
                columns: new[] { "AuthorId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_OutboxMails_Reader_SentAt",
                table: "OutboxMails",
                columns: new[] { "Reader", "SentAt" });

            migrationBuilder.CreateIndex(
                name: "IX_OutboxMails_Request",
                table: "OutboxMails",
                column: "Request");

            migrationBuilder.CreateIndex(
                name: "IX_OutboxMails_SentAt_GivenUpAt_Lane_NextAttemptAt",
                table: "OutboxMails",
                columns: new[] { "SentAt", "GivenUpAt", "Lane", "NextAttemptAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Events_CopiedFrom",
                table: "Events",
                column: "CopiedFrom");

            migrationBuilder.CreateIndex(
                name: "IX_Events_Form",
                table: "Events",
                column: "Form");

            migrationBuilder.CreateIndex(
                name: "IX_EventConcerns_Form",
                table: "EventConcerns",
                column: "Form");

            migrationBuilder.CreateIndex(
                name: "IX_CourseTallies_CohortId_Chart_Value",
                table: "CourseTallies",
                columns: new[] { "CohortId", "Chart", "Value" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ContactMessages_Form",
                table: "ContactMessages",
                column: "Form");

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_Request",
                table: "AuditEntries",
                column: "Request");

            migrationBuilder.CreateIndex(
                name: "IX_Applications_CohortId_Position",
                table: "Applications",
                columns: new[] { "CohortId", "Position" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Applications_RemindAt",
                table: "Applications",
                column: "RemindAt");

            migrationBuilder.CreateIndex(
                name: "IX_Applications_State_KeptUntil",
                table: "Applications",
                columns: new[] { "State", "KeptUntil" });

            migrationBuilder.CreateIndex(
                name: "IX_StaffDevices_BrowserHash_StaffId",
                table: "StaffDevices",
                columns: new[] { "BrowserHash", "StaffId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_StaffDevices_StaffId",
                table: "StaffDevices",
                column: "StaffId");

            migrationBuilder.CreateIndex(
                name: "IX_StaffTickets_BrowserHash",
                table: "StaffTickets",
                column: "BrowserHash");

            migrationBuilder.CreateIndex(
                name: "IX_StaffTickets_Hash",
                table: "StaffTickets",
                column: "Hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_StaffTickets_StaffId",
                table: "StaffTickets",
                column: "StaffId");
        }

        /// <summary>The way back is the backup: what 1.0 cannot hold would be lost.</summary>
        protected override void Down(MigrationBuilder migrationBuilder) => throw new NotSupportedException("Restore the backup that was made before the upgrade.");
    }
}
