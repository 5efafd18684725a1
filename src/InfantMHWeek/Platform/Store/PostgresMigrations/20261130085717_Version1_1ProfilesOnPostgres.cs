using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace InfantMHWeek.Platform.Store.PostgresMigrations
{
    /// <inheritdoc />
    public partial class Version1_1ProfilesOnPostgres : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "OrganiserProfiles",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    StaffWords = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    StaffWroteAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Slug = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: true),
                    Contact = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    ContactName = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    ContactPhone = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    Form = table.Column<Guid>(type: "uuid", nullable: true),
                    StartedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ConfirmedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    SentAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    WaitingSince = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    AskedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    DeclinedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ApprovedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    WithdrawnAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ImportedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    UpdatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Sequence = table.Column<int>(type: "integer", nullable: false),
                    Revision = table.Column<int>(type: "integer", nullable: false),
                    Proposed = table.Column<string>(type: "text", nullable: true),
                    Live = table.Column<string>(type: "text", nullable: true),
                    Sample = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OrganiserProfiles", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_OrganiserProfiles_Contact",
                table: "OrganiserProfiles",
                column: "Contact");

            migrationBuilder.CreateIndex(
                name: "IX_OrganiserProfiles_Form",
                table: "OrganiserProfiles",
                column: "Form");

            migrationBuilder.CreateIndex(
                name: "IX_OrganiserProfiles_Slug",
                table: "OrganiserProfiles",
                column: "Slug",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_OrganiserProfiles_WaitingSince",
                table: "OrganiserProfiles",
                column: "WaitingSince");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "OrganiserProfiles");
        }
    }
}
