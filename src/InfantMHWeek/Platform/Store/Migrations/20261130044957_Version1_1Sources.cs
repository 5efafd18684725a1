using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace InfantMHWeek.Platform.Store.Migrations
{
    /// <inheritdoc />
    public partial class Version1_1Sources : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "AtSource",
                table: "Events",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "GoneAtSourceAt",
                table: "Events",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SourceId",
                table: "Events",
                type: "TEXT",
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
