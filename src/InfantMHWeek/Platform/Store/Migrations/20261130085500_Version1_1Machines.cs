using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace InfantMHWeek.Platform.Store.Migrations
{
    /// <inheritdoc />
    public partial class Version1_1Machines : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "Changed",
                table: "Events",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "InRegion",
                table: "Events",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Events_ApprovedAt_Id",
                table: "Events",
                columns: new[] { "ApprovedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Events_Changed_Id",
                table: "Events",
                columns: new[] { "Changed", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Events_InRegion_Id",
                table: "Events",
                columns: new[] { "InRegion", "Id" });

            migrationBuilder.Sql(Version1_1Data.OrderChangesOfSqlite);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Events_ApprovedAt_Id",
                table: "Events");

            migrationBuilder.DropIndex(
                name: "IX_Events_Changed_Id",
                table: "Events");

            migrationBuilder.DropIndex(
                name: "IX_Events_InRegion_Id",
                table: "Events");

            migrationBuilder.DropColumn(
                name: "Changed",
                table: "Events");

            migrationBuilder.DropColumn(
                name: "InRegion",
                table: "Events");
        }
    }
}
