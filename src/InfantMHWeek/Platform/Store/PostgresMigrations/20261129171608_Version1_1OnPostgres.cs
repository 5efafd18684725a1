using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace InfantMHWeek.Platform.Store.PostgresMigrations
{
    /// <inheritdoc />
    public partial class Version1_1OnPostgres : Migration
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

            migrationBuilder.DropColumn(
                name: "LastCode",
                table: "StaffMembers");

            migrationBuilder.DropColumn(
                name: "LastCodeAt",
                table: "StaffMembers");

            migrationBuilder.AddColumn<string>(
                name: "BrowserHash",
                table: "StaffSessions",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Attempts",
                table: "PlannedChanges",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTime>(
                name: "NextAttemptAt",
                table: "PlannedChanges",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "OfDraft",
                table: "PlannedChanges",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "OfStamp",
                table: "PlannedChanges",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<Guid>(
                name: "Act",
                table: "PageRevisions",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Author",
                table: "PageRevisions",
                type: "character varying(100)",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "AuthorId",
                table: "PageRevisions",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "AuthorNote",
                table: "PageRevisions",
                type: "character varying(300)",
                maxLength: 300,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "OfDraft",
                table: "PageRevisions",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "OfStamp",
                table: "PageRevisions",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<Guid>(
                name: "Plan",
                table: "PageRevisions",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "OfDraft",
                table: "PageDrafts",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "OfStamp",
                table: "PageDrafts",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTime>(
                name: "SentBackAt",
                table: "PageDrafts",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SentBackBy",
                table: "PageDrafts",
                type: "character varying(100)",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SentBackWord",
                table: "PageDrafts",
                type: "character varying(300)",
                maxLength: 300,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Lane",
                table: "OutboxMails",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<Guid>(
                name: "LeasedBy",
                table: "OutboxMails",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Reader",
                table: "OutboxMails",
                type: "character varying(254)",
                maxLength: 254,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<DateTime>(
                name: "RefusedAt",
                table: "OutboxMails",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Request",
                table: "OutboxMails",
                type: "character varying(10)",
                maxLength: 10,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "AllowedAt",
                table: "HandOvers",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "AllowedBy",
                table: "HandOvers",
                type: "character varying(100)",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "CopiedFrom",
                table: "Events",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "Form",
                table: "Events",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "Form",
                table: "EventConcerns",
                type: "uuid",
                nullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "Name",
                table: "CourseCertificates",
                type: "character varying(100)",
                maxLength: 100,
                nullable: true,
                oldClrType: typeof(string),
                oldType: "character varying(100)",
                oldMaxLength: 100);

            migrationBuilder.AddColumn<string>(
                name: "Request",
                table: "AuditEntries",
                type: "character varying(10)",
                maxLength: 10,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "CharityKey",
                table: "Applications",
                type: "character varying(20)",
                maxLength: 20,
                nullable: true);

            migrationBuilder.RenameColumn(
                name: "OfferedUntil",
                table: "Applications",
                newName: "KeptUntil");

            migrationBuilder.AddColumn<DateTime>(
                name: "RemindAt",
                table: "Applications",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.Sql(Version1_1Data.SetTalliesAside);
            migrationBuilder.DropTable(
                name: "CourseTallies");

            migrationBuilder.CreateTable(
                name: "CourseTallies",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    CohortId = table.Column<Guid>(type: "uuid", nullable: false),
                    Chart = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    Value = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    Count = table.Column<int>(type: "integer", nullable: false)
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

            migrationBuilder.Sql(Version1_1Data.BringTalliesBack("gen_random_uuid()"));

            migrationBuilder.CreateTable(
                name: "ClockSightings",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ClockSightings", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "HeldDeletions",
                columns: table => new
                {
                    What = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    Job = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    Why = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    Due = table.Column<int>(type: "integer", nullable: false),
                    Of = table.Column<int>(type: "integer", nullable: false),
                    Since = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    AllowedUpTo = table.Column<int>(type: "integer", nullable: true),
                    AllowedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HeldDeletions", x => x.What);
                });

            migrationBuilder.CreateTable(
                name: "Jobs",
                columns: table => new
                {
                    Name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    DueAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    DueAgainAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    LeasedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    LeasedUntil = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    StartedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    DoneAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    FailedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Problem = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    Tries = table.Column<int>(type: "integer", nullable: false),
                    Failures = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Jobs", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "MailHolds",
                columns: table => new
                {
                    Machine = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Since = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Trouble = table.Column<int>(type: "integer", nullable: false),
                    Words = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    NextTryAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    TryNow = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MailHolds", x => x.Machine);
                });

            migrationBuilder.CreateTable(
                name: "RefusedReaders",
                columns: table => new
                {
                    Reader = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Words = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RefusedReaders", x => x.Reader);
                });

            migrationBuilder.CreateTable(
                name: "SiteInstances",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Machine = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    Folder = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    StartedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    SeenAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SiteInstances", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "StaffDevices",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    StaffId = table.Column<Guid>(type: "uuid", nullable: false),
                    BrowserHash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    SeenAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    SignedInAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
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
                    Key = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    Email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    AskedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StaffResetRequests", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "StaffTickets",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    StaffId = table.Column<Guid>(type: "uuid", nullable: false),
                    Stage = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    Hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    BrowserHash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    SessionId = table.Column<Guid>(type: "uuid", nullable: true),
                    Carries = table.Column<string>(type: "text", nullable: true),
                    ExpiresAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    UsedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
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
                    Hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    UsedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
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
