using System.Globalization;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Mail.Smtp;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InfantMHWeek.Tests.Platform.Mail;

/// <summary>A site whose mail leaves through a server on this machine; into its data folder when there is no port.</summary>
sealed class MailSite(int? port) : TestSite
{
    /// <summary>Kinds of each lane.</summary>
    public const string Urgent = "test",
        Ordinary = "contact-received",
        Bulk = "event-thanks";

    static readonly Dictionary<string, string> Values = new(StringComparer.Ordinal)
    {
        ["time"] = "now",
        ["name"] = "Ada",
        ["reference"] = "ABCD-2345",
        ["event"] = "a walk",
    };
    static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);
    const int MostSteps = 8000;
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Stands between the site and the server, for a control that behaves wrongly.</summary>
    public Func<IMailTransport, IMailTransport>? Between { get; init; }

    /// <summary>With one, mails arrive in the order in which they left.</summary>
    public int Connections { get; init; } = 6;
    public bool WithPassword { get; init; }

    /// <summary>Whether the sender runs by itself, whenever the clock is turned.</summary>
    public bool Runs { get; init; }

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        // Its mails are about how they travel, not about what they say.
        MayLackPlaceholders = true;
        if (port is not { } number)
            return;
        builder.UseSetting("Mail:Host", "127.0.0.1");
        builder.UseSetting("Mail:Port", number.ToString(CultureInfo.InvariantCulture));
        builder.UseSetting("Mail:From", "The Week <week@week.example>");
        builder.UseSetting("Mail:Connections", Connections.ToString(CultureInfo.InvariantCulture));
        if (WithPassword)
        {
            builder.UseSetting("Mail:User", "week");
            builder.UseSetting("Mail:Password", "hedgehog");
        }
        builder.ConfigureTestServices(services =>
        {
            if (Between is { } between)
                services.AddSingleton(provider => between(ActivatorUtilities.CreateInstance<SmtpTransport>(provider)));
            if (Runs)
                services.AddHostedService(provider => provider.GetRequiredService<OutboxSender>());
        });
    }

    /// <summary>
    /// A run of the sender. What it could not write down it tries again by the clock, which nobody turns here: so after a while it is
    /// turned.
    /// </summary>
    public async Task<int> Round()
    {
        var round = Services.GetRequiredService<OutboxSender>().RunOnceAsync(Cancel);
        while (await Task.WhenAny(round, Task.Delay(Stuck, Cancel)) != round)
            Clock.Advance(TimeSpan.FromSeconds(2));
        return await round;
    }

    static readonly TimeSpan Stuck = TimeSpan.FromSeconds(30);

    /// <summary>A round of another process on the same store.</summary>
    public Task<int> RoundElsewhere() =>
        ActivatorUtilities
            .CreateInstance<OutboxSender>(Services, ActivatorUtilities.CreateInstance<OutboxLeases>(Services))
            .RunOnceAsync(Cancel);

    public Task<Guid> Queue(string kind, string to, string about = "1", string? time = null, string? calendar = null) =>
        Services
            .GetRequiredService<SiteStore>()
            .WriteAsync(
                async (db, services) =>
                {
                    var values = new Dictionary<string, string>(Values, StringComparer.Ordinal);
                    if (time is not null)
                        values["time"] = time;
                    return (
                        await services
                            .GetRequiredService<Outbox>()
                            .QueueAsync(db, kind, about, EmailAddress.Parse(to, null), values, calendar, cancel: Cancel)
                    ).Id;
                },
                Cancel
            );

    /// <summary>Many at once, each to a reader of their own.</summary>
    public Task Queue(string kind, int count, string name) =>
        Services
            .GetRequiredService<SiteStore>()
            .WriteAsync(
                async (db, services) =>
                {
                    for (var n = 0; n < count; n++)
                        await services
                            .GetRequiredService<Outbox>()
                            .QueueAsync(
                                db,
                                kind,
                                $"{name}{n}",
                                EmailAddress.Parse($"{name}{n}@{name}.example", null),
                                Values,
                                cancel: Cancel
                            );
                    return true;
                },
                Cancel
            );

    public Task<OutboxMail> Find(Guid id) => InStore(db => db.Set<OutboxMail>().AsNoTracking().SingleAsync(m => m.Id == id, Cancel));

    public Task<List<OutboxMail>> Mails() => InStore(db => db.Set<OutboxMail>().AsNoTracking().OrderBy(m => m.Id).ToListAsync(Cancel));

    /// <summary>Turns the clock little by little until something is so.</summary>
    public async Task Until(string what, Func<Task<bool>> isSo)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        for (var step = 0; !await isSo(); step++)
        {
            // A busy machine may need a while until the loop looks at the clock at all.
            if (step >= MostSteps && watch.Elapsed > Patience)
                Assert.Fail($"It never came to this: {what}. {string.Join('\n', Log.TakeLast(5))}");
            Clock.Advance(Step);
            await Task.Yield();
        }
    }

    public Task UntilAllSent() =>
        Until("all sent", async () => !await InStore(db => db.Set<OutboxMail>().AnyAsync(m => m.SentAt == null, Cancel)));
}
