using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace InfantMHWeek.Platform.Store;

/// <summary>
/// The site's one database. A feature brings its own entities: each one and its <see cref="IEntityTypeConfiguration{TEntity}"/>
/// stand in one file of that feature, and are found here. Ask with <c>db.Set&lt;Event&gt;()</c>.
/// </summary>
public class SiteDb(DbContextOptions options, WriteLock turns) : DbContext(options)
{
    /// <summary>Whether it was born inside a write (<see cref="SiteStore"/>).</summary>
    internal bool Writes { get; private set; }

    /// <summary>Makes it the context of a write: it follows what it reads, and saves.</summary>
    internal SiteDb ForWriting()
    {
        (Writes, ChangeTracker.QueryTrackingBehavior) = (true, QueryTrackingBehavior.TrackAll);
        return this;
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.ApplyConfigurationsFromAssembly(typeof(SiteDb).Assembly);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // Instants are UTC; read back, they say so.
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();
        configurationBuilder.Properties<EmailAddress>().HaveConversion<EmailAddress.Converter>().HaveMaxLength(EmailAddress.MaxLength);
    }

    /// <summary>
    /// Begins a write that reads first and must not be overtaken: waits for its turn in this process (first come, first
    /// served) and takes the database's write lock at once. Never wait for mail or the network inside.
    /// </summary>
    public async Task<Write> BeginWriteAsync(CancellationToken cancel = default)
    {
        var turn = await turns.EnterAsync(cancel);
        try
        {
            return new Write(turn, await BeginAsync(cancel));
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    /// <summary>Begins a transaction that has the database's write lock from its first moment.</summary>
    protected internal virtual Task<IDbContextTransaction> BeginAsync(CancellationToken cancel) => Database.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, cancel);

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        if (Database.CurrentTransaction is not null) return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        using var turn = await turns.EnterAsync(cancellationToken);
        return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }
}
