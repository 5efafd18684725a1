using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace InfantMHWeek.Platform.Store.PostgresMigrations
{
    /// <inheritdoc />
    public partial class Version1_1PlacesOnPostgres : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "EventBookedDates",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    EventId = table.Column<Guid>(type: "uuid", nullable: false),
                    At = table.Column<string>(type: "character varying(15)", maxLength: 15, nullable: false),
                    StartsAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    EndsAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Where = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    ClosesAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Places = table.Column<int>(type: "integer", nullable: false),
                    PlacesTaken = table.Column<int>(type: "integer", nullable: false),
                    LastPosition = table.Column<int>(type: "integer", nullable: false),
                    State = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    Sequence = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_EventBookedDates", x => x.Id);
                    table.ForeignKey(
                        name: "FK_EventBookedDates_Events_EventId",
                        column: x => x.EventId,
                        principalTable: "Events",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "EventBookings",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    DateId = table.Column<Guid>(type: "uuid", nullable: false),
                    Position = table.Column<int>(type: "integer", nullable: false),
                    Name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    AddressKey = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    Babies = table.Column<int>(type: "integer", nullable: false),
                    Form = table.Column<Guid>(type: "uuid", nullable: true),
                    BookedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    State = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    StateSince = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    KeptUntil = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    RemindedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Step = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_EventBookings", x => x.Id);
                    table.ForeignKey(
                        name: "FK_EventBookings_EventBookedDates_DateId",
                        column: x => x.DateId,
                        principalTable: "EventBookedDates",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "EventBookingLinks",
                columns: table => new
                {
                    Hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    BookingId = table.Column<Guid>(type: "uuid", nullable: false),
                    MadeAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_EventBookingLinks", x => x.Hash);
                    table.ForeignKey(
                        name: "FK_EventBookingLinks_EventBookings_BookingId",
                        column: x => x.BookingId,
                        principalTable: "EventBookings",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_EventBookedDates_EndsAt",
                table: "EventBookedDates",
                column: "EndsAt");

            migrationBuilder.CreateIndex(
                name: "IX_EventBookedDates_EventId_At",
                table: "EventBookedDates",
                columns: new[] { "EventId", "At" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_EventBookingLinks_BookingId",
                table: "EventBookingLinks",
                column: "BookingId");

            migrationBuilder.CreateIndex(
                name: "IX_EventBookings_DateId_AddressKey",
                table: "EventBookings",
                columns: new[] { "DateId", "AddressKey" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_EventBookings_DateId_Position",
                table: "EventBookings",
                columns: new[] { "DateId", "Position" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_EventBookings_State_KeptUntil",
                table: "EventBookings",
                columns: new[] { "State", "KeptUntil" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "EventBookingLinks");

            migrationBuilder.DropTable(
                name: "EventBookings");

            migrationBuilder.DropTable(
                name: "EventBookedDates");
        }
    }
}
