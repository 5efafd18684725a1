using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace InfantMHWeek.Platform.Store.Migrations
{
    /// <inheritdoc />
    public partial class Version1_1Contacts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_Services_Contact",
                table: "Services",
                column: "Contact");

            migrationBuilder.CreateIndex(
                name: "IX_Events_Contact",
                table: "Events",
                column: "Contact");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Services_Contact",
                table: "Services");

            migrationBuilder.DropIndex(
                name: "IX_Events_Contact",
                table: "Events");
        }
    }
}
