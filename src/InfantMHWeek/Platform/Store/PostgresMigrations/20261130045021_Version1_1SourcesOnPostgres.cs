using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace InfantMHWeek.Platform.Store.PostgresMigrations
{
    /// <inheritdoc />
    public partial class Version1_1SourcesOnPostgres : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "AtSource",
                table: "Events",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "GoneAtSourceAt",
                table: "Events",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SourceId",
                table: "Events",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Events_GoneAtSourceAt",
                table: "Events",
                column: "GoneAtSourceAt");

            migrationBuilder.CreateIndex(
                name: "IX_Events_SourceId",
                table: "Events",
                column: "SourceId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Events_GoneAtSourceAt",
                table: "Events");

            migrationBuilder.DropIndex(
                name: "IX_Events_SourceId",
                table: "Events");

            migrationBuilder.DropColumn(
                name: "AtSource",
                table: "Events");

            migrationBuilder.DropColumn(
                name: "GoneAtSourceAt",
                table: "Events");

            migrationBuilder.DropColumn(
                name: "SourceId",
                table: "Events");
        }
    }
}
