using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace InfantMHWeek.Platform.Store;

/// <summary>
/// The site's one database. A feature brings its own entities: each one and its <see cref="IEntityTypeConfiguration{TEntity}"/>
/// stand in one file of that feature, and are found here. Ask with <c>db.Set&lt;Event&gt;()</c>.
/// </summary>
public class SiteDb(DbContextOptions options, WriteGate gate) : DbContext(options)
{
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
        var turn = await gate.EnterAsync(cancel);
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

    protected virtual Task<IDbContextTransaction> BeginAsync(CancellationToken cancel) => Database.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, cancel);

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        if (Database.CurrentTransaction is not null) return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        using var turn = await gate.EnterAsync(cancellationToken);
        return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }
}
