using System.Text;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Store;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InfantMHWeek.Tests.Platform.Store;

/// <summary>What was erased is gone from the disk, not only from the tables.</summary>
[OneStore("the bytes of SQLite's file")]
public sealed class ForgottenBytesTests : IAsyncDisposable
{
    const string Name = "Quinquagesima Marker";
    readonly TestSite site = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => site.DisposeAsync();

    async Task WriteAndDelete()
    {
        await site.Write(db =>
        {
            db.Add(
                new AuditEntry
                {
                    Id = Guid.CreateVersion7(),
                    At = site.Clock.GetUtcNow().UtcDateTime,
                    Who = Name,
                    What = "x",
                }
            );
            return Task.CompletedTask;
        });
        await site.Write(db => db.Set<AuditEntry>().ExecuteDeleteAsync(Cancel));
    }

    bool OnDisk() =>
        Directory
            .GetFiles(site.DataPath, "site.db*")
            .Any(file =>
            {
                using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                var bytes = new byte[open.Length];
                open.ReadExactly(bytes);
                return bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Name)) >= 0;
            });

    [Fact]
    public async Task Erased_words_leave_the_log_at_once()
    {
        await WriteAndDelete();
        // The control: the tables no longer hold it, the disk still does.
        Assert.True(OnDisk());
        Assert.True(await site.Services.GetRequiredService<SiteStore>().ForgetBytesAsync(Cancel));
        Assert.False(OnDisk());
    }

    [Fact]
    public async Task A_reader_in_the_way_delays_nobody_who_writes_and_is_waited_for()
    {
        await WriteAndDelete();
        var store = site.Services.GetRequiredService<SiteStore>();
        var reader = new SqliteConnection($"Data Source={Path.Combine(site.DataPath, "site.db")};Pooling=False");
        reader.Open();
        var reading = reader.BeginTransaction(deferred: true);
        using (var question = reader.CreateCommand())
        {
            question.CommandText = "SELECT count(*) FROM AuditEntries";
            question.ExecuteScalar();
        }
        await site.Write(db =>
        {
            db.Add(
                new AuditEntry
                {
                    Id = Guid.CreateVersion7(),
                    At = site.Clock.GetUtcNow().UtcDateTime,
                    Who = "x",
                    What = "x",
                }
            );
            return Task.CompletedTask;
        });
        var forgetting = store.ForgetBytesAsync(Cancel);
        await WriteAndDelete();
        Assert.False(forgetting.IsCompleted);
        reading.Dispose();
        reader.Dispose();
        Assert.True(await forgetting);
        Assert.False(OnDisk());
    }
}
