using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace InfantMHWeek.Platform.Store.Migrations
{
    /// <inheritdoc />
    public partial class Version1_1Organisers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "OrganiserLinks",
                columns: table => new
                {
                    Hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Contact = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    MadeAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    EndsAt = table.Column<DateTime>(type: "TEXT", nullable: false)
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
