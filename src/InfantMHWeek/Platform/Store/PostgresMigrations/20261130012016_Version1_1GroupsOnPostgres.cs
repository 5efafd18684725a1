using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace InfantMHWeek.Platform.Store.PostgresMigrations
{
    /// <inheritdoc />
    public partial class Version1_1GroupsOnPostgres : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateOnly>(
                name: "DatesUntil",
                table: "Events",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "OpenEnded",
                table: "Events",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTime>(
                name: "QuestionedAt",
                table: "Events",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "RemindedAt",
                table: "Events",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "StillOnAt",
                table: "Events",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "UnansweredAt",
                table: "Events",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Events_DatesUntil",
                table: "Events",
                column: "DatesUntil");

            migrationBuilder.Sql(Version1_1Data.MarkWeekly);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Events_DatesUntil",
                table: "Events");

            migrationBuilder.DropColumn(
                name: "DatesUntil",
                table: "Events");

            migrationBuilder.DropColumn(
                name: "OpenEnded",
                table: "Events");

            migrationBuilder.DropColumn(
                name: "QuestionedAt",
                table: "Events");

            migrationBuilder.DropColumn(
                name: "RemindedAt",
                table: "Events");

            migrationBuilder.DropColumn(
                name: "StillOnAt",
                table: "Events");

            migrationBuilder.DropColumn(
                name: "UnansweredAt",
                table: "Events");
        }
    }
}
