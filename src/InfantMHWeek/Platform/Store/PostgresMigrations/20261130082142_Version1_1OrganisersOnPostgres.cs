using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace InfantMHWeek.Platform.Store.PostgresMigrations
{
    /// <inheritdoc />
    public partial class Version1_1OrganisersOnPostgres : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "OrganiserLinks",
                columns: table => new
                {
                    Hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Contact = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    MadeAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    EndsAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OrganiserLinks", x => x.Hash);
                });

            migrationBuilder.CreateIndex(
                name: "IX_OrganiserLinks_EndsAt",
                table: "OrganiserLinks",
                column: "EndsAt");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "OrganiserLinks");
        }
    }
}
