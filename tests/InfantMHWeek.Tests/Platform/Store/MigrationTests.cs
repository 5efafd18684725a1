using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Tests.Platform.Store;

/// <summary>The other tests make their databases from the model; a site is made by its migrations.</summary>
public sealed class MigrationTests
{
    [Theory]
    [InlineData("Data Source=none.db")]
    [InlineData("Host=none;Database=none")]
    public void Both_kinds_of_migrations_make_what_the_model_asks_for(string connection)
    {
        using var db = StoreServices.Open(connection);
        Assert.NotEmpty(db.Database.GetMigrations());
        Assert.False(db.Database.HasPendingModelChanges());
    }
}
