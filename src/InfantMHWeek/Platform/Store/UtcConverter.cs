using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace InfantMHWeek.Platform.Store;

sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(written => written, read => DateTime.SpecifyKind(read, DateTimeKind.Utc));
