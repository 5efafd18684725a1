using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Platform.Telemetry;

/// <summary>Notes on new mails and audit lines which request made them, so that a reference leads to them.</summary>
sealed class RequestIdInterceptor : SaveChangesInterceptor
{
    /// <summary>The column; null on what the site did by itself.</summary>
    public const string Column = "Request";

    public static readonly RequestIdInterceptor Instance = new();

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Stamp(eventData.Context);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        Stamp(eventData.Context);
        return ValueTask.FromResult(result);
    }

    static void Stamp(DbContext? db)
    {
        if (db is null || RequestId.Current is not { } reference)
            return;
        foreach (
            var row in db.ChangeTracker.Entries().Where(e => e.State == EntityState.Added && e.Metadata.FindProperty(Column) is not null)
        )
            row.Property(Column).CurrentValue = reference;
    }

    /// <summary>Gives a table the column.</summary>
    public static void AddColumn<T>(EntityTypeBuilder<T> builder)
        where T : class
    {
        builder.Property<string?>(Column).HasMaxLength(RequestId.Length);
        builder.HasIndex(Column);
    }
}
