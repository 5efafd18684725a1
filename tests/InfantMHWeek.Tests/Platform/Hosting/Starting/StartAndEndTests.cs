using System.Net;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Platform.Hosting.Starting;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace InfantMHWeek.Tests.Platform.Hosting.Starting;

/// <summary>The real program where its database is not there yet, and with which code it ends.</summary>
[OneStore("names its PostgreSQL itself")]
public sealed class StartAndEndTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_its_database_the_site_starts_serves_pages_and_ends_with_0_when_it_is_asked_to()
    {
        await using var site = await ServedSite.Start(
            $"--ConnectionStrings:Site=Host=127.0.0.1;Port={ServedSite.FreePort()};Database=nowhere;Username=nobody"
        );
        Assert.Equal(HttpStatusCode.OK, (await site.Get("/")).Status);
        Assert.Equal(HttpStatusCode.OK, (await site.Get("/support")).Status);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not ready: the database cannot be read"), await site.Get("/health/ready"));
        var (status, text) = await site.Get("/events");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("cannot be shown just now", text, StringComparison.Ordinal);
        Assert.Equal(0, await site.StopAsync());
    }

    /// <summary>A server that is still starting, or lets nobody in just now.</summary>
    [Fact]
    public async Task When_the_database_comes_it_is_prepared_and_all_works_without_a_restart()
    {
        var (store, name) = Shut(TestStore.EmptyOnServer());
        await using var site = await ServedSite.Start("--ConnectionStrings:Site=" + store);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await site.Get("/health/ready")).Status);
        Open(name);
        await Eventually.IsTrue(async () => (await site.Get("/health/ready")).Status == HttpStatusCode.OK);
        Assert.Equal(0, await site.StopAsync());
    }

    [Fact]
    public async Task A_database_that_comes_and_is_not_the_sites_is_refused_as_at_the_start()
    {
        var empty = TestStore.EmptyOnServer();
        await using (var connection = new NpgsqlConnection(empty))
        {
            await connection.OpenAsync(Cancel);
            await using var command = new NpgsqlCommand("CREATE TABLE somebody_elses (id int)", connection);
            await command.ExecuteNonQueryAsync(Cancel);
        }
        var (store, name) = Shut(empty);
        await using var site = await ServedSite.Start("--ConnectionStrings:Site=" + store);
        Assert.Equal(HttpStatusCode.OK, (await site.Get("/")).Status);
        Open(name);
        Assert.Equal(1, await site.EndedAsync());
        await Eventually.IsTrue(() =>
            Task.FromResult(site.Lines.Any(l => l.Contains("was not made by this site", StringComparison.Ordinal)))
        );
    }

    static (string Store, string Name) Shut(string store)
    {
        var name = new NpgsqlConnectionStringBuilder(store).Database!;
        TestStore.OnServer($"ALTER DATABASE {name} ALLOW_CONNECTIONS false");
        return (store, name);
    }

    static void Open(string name) => TestStore.OnServer($"ALTER DATABASE {name} ALLOW_CONNECTIONS true");

    /// <summary>Nothing of ours throws there; if something ever does, whatever looks after the process must start it again.</summary>
    [Fact]
    public async Task A_background_service_that_throws_ends_the_process_with_a_code_that_is_not_0()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        builder.Services.AddHostedService<Throws>();
        await using var app = builder.Build();
        using var end = ProcessExit.Watch(app);
        await app.RunAsync(Cancel);
        Assert.Equal(ProcessExit.OwnFault, end.Code());
    }

    sealed class Throws(IHostApplicationLifetime life) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Delay(Timeout.Infinite, life.ApplicationStarted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw new DbUpdateException("Nobody caught it.");
        }
    }

    [Fact]
    public void Whatever_waits_for_the_store_waits_a_few_seconds_unless_the_settings_say_otherwise()
    {
        var set = new NpgsqlConnectionStringBuilder(Of("Host=db;Database=imhw"));
        Assert.InRange(set.Timeout, 1, 5);
        Assert.InRange(set.CommandTimeout, 1, 10);
        var said = new NpgsqlConnectionStringBuilder(Of("Host=db;Database=imhw;Timeout=30;CommandTimeout=60;"));
        Assert.Equal((30, 60), (said.Timeout, said.CommandTimeout));

        static string Of(string connection) =>
            StoreServices.ConnectionString(
                new Microsoft.Extensions.Configuration.ConfigurationManager { ["ConnectionStrings:Site"] = connection }
            );
    }
}
