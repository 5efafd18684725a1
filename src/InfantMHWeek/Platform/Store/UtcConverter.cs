using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace InfantMHWeek.Platform.Store;

/// <summary>Instants are UTC, to the microsecond: PostgreSQL keeps no more, and what is compared must not depend on the database.</summary>
sealed class UtcConverter()
    : ValueConverter<DateTime, DateTime>(written => Whole(written), read => DateTime.SpecifyKind(read, DateTimeKind.Utc))
{
    static DateTime Whole(DateTime instant) => new(instant.Ticks - instant.Ticks % TimeSpan.TicksPerMicrosecond, DateTimeKind.Utc);
}
