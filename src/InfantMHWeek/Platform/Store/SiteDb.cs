using InfantMHWeek.Platform.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace InfantMHWeek.Platform.Store;

/// <summary>
/// The site's one database. A feature brings its own entities: each one and its <see cref="IEntityTypeConfiguration{TEntity}"/>
/// stand in one file of that feature, and are found here. Ask with <c>db.Set&lt;Event&gt;()</c>. What a page or a service is
/// given only reads; <see cref="SiteStore"/> gives the one that writes.
/// </summary>
class SiteDb(DbContextOptions options) : DbContext(options)
{
    internal const string OnlyReads = "This context only reads. Write with SiteStore.WriteAsync, on the context that it gives.";

    /// <summary>Whether it was born inside a write (<see cref="SiteStore"/>).</summary>
    internal bool Writes { get; private set; }

    /// <summary>Makes it the context of a write: it follows what it reads, and saves.</summary>
    internal SiteDb ForWriting()
    {
        (Writes, ChangeTracker.QueryTrackingBehavior) = (true, QueryTrackingBehavior.TrackAll);
        return this;
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(SiteDb).Assembly);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // Instants are UTC; read back, they say so.
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();
        configurationBuilder.Properties<EmailAddress>().HaveConversion<EmailAddress.Converter>().HaveMaxLength(EmailAddress.MaxLength);
    }

    /// <summary>Begins a transaction that has the database's write lock from its first moment.</summary>
    protected internal virtual Task<IDbContextTransaction> BeginAsync(CancellationToken cancel) =>
        Database.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, cancel);

    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        Writes ? base.SaveChanges(acceptAllChangesOnSuccess) : throw new InvalidOperationException(OnlyReads);

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        if (!Writes)
            throw new InvalidOperationException(OnlyReads);
        // Looked for once, here: what is numbered then is known as changed.
        var detects = ChangeTracker.AutoDetectChangesEnabled;
        ChangeTracker.DetectChanges();
        ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            await ChangeOrder.SetAsync(this, cancellationToken);
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = detects;
        }
    }
}
