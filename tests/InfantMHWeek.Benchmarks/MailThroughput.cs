using System.Diagnostics;
using System.Globalization;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Mail.Smtp;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using InfantMHWeek.Tests.Platform.Mail;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Mood = InfantMHWeek.Tests.Platform.Mail.SmtpCatcher.Mood;

namespace InfantMHWeek.Benchmarks;

/// <summary>
/// How many mails a second leave for a catcher on this machine, with a store that flushes each write; how long an urgent mail takes behind
/// many others; and how long others wait for a reader whose server hangs for a minute after the letter.
/// </summary>
static class MailThroughput
{
    const int Slow = 3;
    static readonly TimeSpan Hang = TimeSpan.FromSeconds(60),
        Longest = TimeSpan.FromMinutes(5);

    /// <param name="store">A connection string of PostgreSQL; a new SQLite file when null.</param>
    public static async Task<int> Run(string mails, string? store = null)
    {
        var count = int.Parse(mails, CultureInfo.InvariantCulture);
        var folder = Directory.CreateTempSubdirectory("imhw-mails-").FullName;
        try
        {
            await using var catcher = new SmtpCatcher();
            var (services, sender) = await Start(
                catcher.Port,
                store ?? $"Data Source={Path.Combine(folder, "site.db")};Foreign Keys=True;Default Timeout=20"
            );
            await using var all = services;
            await Queue(services, "many", count, MailLane.Bulk);
            await sender.StartAsync(default);
            await Until(() => !catcher.Letters.IsEmpty);
            var watch = Stopwatch.StartNew();
            var before = catcher.Letters.Count;
            await Until(() => catcher.Letters.Count >= count / 2);
            var asked = watch.Elapsed;
            await Queue(services, "urgent", 1, MailLane.Urgent);
            await Until(() => catcher.Letters.Any(l => l.Readers[0].StartsWith("urgent", StringComparison.Ordinal)));
            var urgent = watch.Elapsed - asked;
            await Until(() => catcher.Letters.Count == count + 1);
            var rate = (count + 1 - before) / watch.Elapsed.TotalSeconds;
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{count} mails: {rate:0} a second over {catcher.MostAtOnce} connections; an urgent one behind them took "
                        + $"{urgent.TotalSeconds:0.00} s"
                )
            );

            var longest = await BesideSlowOnes(services, catcher);
            await sender.StopAsync(default);
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"While {Slow} readers' servers hang for {Hang.TotalSeconds:0} s: another mail took {longest.TotalSeconds:0.00} s "
                        + $"at most"
                )
            );
            var twice = catcher.Letters.Count - catcher.Letters.Select(l => l.Letter.MessageId).Distinct(StringComparer.Ordinal).Count();
            Console.WriteLine($"Sent twice: {twice}");
            return rate >= 100 && urgent < TimeSpan.FromSeconds(5) && longest < TimeSpan.FromSeconds(5) && twice == 0 ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <returns>The longest time from asking to arriving.</returns>
    static async Task<TimeSpan> BesideSlowOnes(ServiceProvider services, SmtpCatcher catcher)
    {
        catcher.ByReader = to => to.StartsWith("slow", StringComparison.Ordinal) ? Mood.Hang : null;
        await Queue(services, "slow", Slow, MailLane.Ordinary);
        await catcher.Hangs.WaitAsync();
        var (watch, longest) = (Stopwatch.StartNew(), TimeSpan.Zero);
        for (var n = 0; watch.Elapsed < Hang; n++)
        {
            var asked = watch.Elapsed;
            await Queue(services, $"other{n}x", 10, MailLane.Ordinary);
            var start = $"other{n}x";
            await Until(() =>
                catcher.Letters.Reverse().Take(40).Count(l => l.Readers[0].StartsWith(start, StringComparison.Ordinal)) == 10
            );
            longest = watch.Elapsed - asked > longest ? watch.Elapsed - asked : longest;
            await Task.Delay(TimeSpan.FromMilliseconds(500));
        }
        catcher.ByReader = null;
        catcher.Release();
        await Until(() => catcher.Letters.Count(l => l.Readers[0].StartsWith("slow", StringComparison.Ordinal)) == Slow);
        return longest;
    }

    static async Task<(ServiceProvider Services, OutboxSender Sender)> Start(int port, string store)
    {
        var builder = WebApplication.CreateBuilder([
            "--Mail:Host=127.0.0.1",
            $"--Mail:Port={port.ToString(CultureInfo.InvariantCulture)}",
            "--Mail:From=week@week.example",
            "--ConnectionStrings:Site=" + store,
        ]);
        builder.Services.Clear();
        builder.Services.AddSingleton<IConfiguration>(builder.Configuration);
        builder.Services.AddLogging();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IMailWordings, NoWordings>();
        builder.AddStore();
        builder.AddMail();
        var services = builder.Services.BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<SiteDb>().Database.MigrateAsync();
        return (services, services.GetRequiredService<OutboxSender>());
    }

    sealed class NoWordings : IMailWordings
    {
        public MailWording Find(string kind) => throw new KeyNotFoundException(kind);

        public IReadOnlyList<(string Kind, MailWording Wording)> Starting(string kinds) => [];
    }

    static Task Queue(ServiceProvider services, string name, int count, MailLane lane) =>
        services
            .GetRequiredService<SiteStore>()
            .WriteAsync(async db =>
            {
                var now = TimeProvider.System.GetUtcNow();
                for (var n = 0; n < count; n++)
                    db.Add(
                        new OutboxMail
                        {
                            Id = Guid.CreateVersion7(now),
                            Kind = "test",
                            About = $"{name}{n}",
                            Lane = lane,
                            To = EmailAddress.Parse($"{name}{n}@{name}{n % 50}.example", null),
                            Subject = "A mail",
                            Text = new string('x', 2000),
                            Html = $"<p>{new string('x', 2000)}</p>",
                            QueuedAt = now.UtcDateTime,
                            NextAttemptAt = now.UtcDateTime,
                        }
                    );
                await db.SaveChangesAsync();
            });

    static async Task Until(Func<bool> isSo)
    {
        for (var watch = Stopwatch.StartNew(); !isSo(); await Task.Delay(5))
            if (watch.Elapsed > Longest)
                throw new TimeoutException("It did not come to that.");
    }
}
