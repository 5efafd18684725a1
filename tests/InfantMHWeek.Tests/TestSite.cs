using System.Collections.Concurrent;
using System.Globalization;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Editing.Publishing;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Accounts.SigningIn;
using InfantMHWeek.Platform.Deletion;
using InfantMHWeek.Platform.Hosting;
using InfantMHWeek.Platform.Jobs;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Serilog.Core;
using Serilog.Events;

[assembly: AssemblyFixture(typeof(InfantMHWeek.Tests.RealSite))]
[assembly: AssemblyFixture(typeof(InfantMHWeek.Tests.TestConsole))]
[assembly: InfantMHWeek.Tests.LastLogLines]

namespace InfantMHWeek.Tests;

/// <summary>The whole site in this process, with the clock in our hand and its log in memory.</summary>
public class TestSite : WebApplicationFactory<Program>
{
    readonly string? contentPath;
    readonly string environment;
    string? store;

    /// <summary>Where its database is, when it stands on a server; else the file in the data folder.</summary>
    public string? Store
    {
        get => store;
        init => store = value;
    }

    /// <param name="contentPath">A content folder; the real one when null.</param>
    public TestSite(string? contentPath = null, string environment = "Production")
    {
        this.contentPath = contentPath;
        this.environment = environment;
        LastLogLinesAttribute.Follow(this);
    }

    /// <summary>The site's own data folder, with an empty database in it.</summary>
    public string DataPath { get; } = Directory.CreateTempSubdirectory("imhw-data-").FullName;

    public static readonly DateTimeOffset Start = new(2026, 6, 8, 9, 0, 0, TimeSpan.Zero);
    public FakeTimeProvider Clock { get; } = new(Start);

    /// <summary>What the site logged, as it would be printed.</summary>
    public ConcurrentQueue<string> Log { get; } = new();
    internal PageLibrary Library => Services.GetRequiredService<PageLibrary>();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(environment);
        if (contentPath is not null)
            builder.UseSetting("Content:Path", contentPath);
        var bringsFile = File.Exists(Path.Combine(DataPath, "site.db"));
        if (TestStore.OnPostgres && !bringsFile)
            store ??= TestStore.NewOnServer();
        if (store is not null)
            builder.UseSetting("ConnectionStrings:Site", store);
        else if (!bringsFile)
            TestStore.CopyTo(DataPath);
        builder.UseSetting("Data:Path", DataPath);
        builder.UseSetting("Site:BaseUrl", "https://week.example");
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<TimeProvider>(Clock);
            services.AddSingleton<ILogEventSink>(new MemorySink(Log));
            // Nothing happens by itself, at the start or when the clock is turned: a test asks for mail or jobs when it wants one.
            if (!RunsItsLoops)
                foreach (var loop in services.Where(IsLoop).ToList())
                    services.Remove(loop);
            FrameworkParts.ShareIn(services);
            // Slow on purpose in earnest; here it would only be slow.
            services.Configure<PasswordHasherOptions>(hashing => hashing.IterationCount = 1000);
        });
    }

    /// <summary>The first reader of a site that has just been started may be too early for what the store tells; a test is not.</summary>
    protected override IHost CreateHost(IHostBuilder builder)
    {
        var host = base.CreateHost(builder);
        if (AwaitsFirstRows)
            try
            {
                FirstReading.AllAsync(host.Services, CancellationToken.None).Wait(LongestFirstRead, TestContext.Current.CancellationToken);
            }
            catch (AggregateException)
            {
                // Without a store the site stands too; its log tells the trouble.
            }
        return host;
    }

    static readonly TimeSpan LongestFirstRead = TimeSpan.FromSeconds(10);

    public bool AwaitsFirstRows { get; init; } = true;

    /// <summary>Mail leaves, jobs run and the pages' history is kept by themselves, as in earnest, when the clock is turned.</summary>
    public bool RunsItsLoops { get; init; }

    static bool IsLoop(ServiceDescriptor service) =>
        service.ServiceType == typeof(IHostedService)
        && (service.ImplementationType ?? service.ImplementationFactory?.GetType().GenericTypeArguments[1]) is { } kind
        && Loops.Contains(kind);

    static readonly Type[] Loops = [typeof(OutboxSender), typeof(JobRunner), typeof(InstanceHeartbeat), typeof(HistoryBackgroundService)];

    static readonly Uri Address = new("https://week.example");

    /// <summary>A browser that follows no redirect, so that each answer can be seen.</summary>
    public HttpClient Browser() =>
        CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, BaseAddress = Address });

    /// <summary>A browser in which a new person of these roles has signed in, through the site's own sessions and cookies.</summary>
    public async Task<HttpClient> SignedIn(params string[] roles)
    {
        var member = await AddStaff($"{roles.FirstOrDefault() ?? "nobody"}-{Guid.NewGuid():N}@week.example", roles);
        return await SignedIn(member);
    }

    internal async Task<HttpClient> SignedIn(StaffMember member)
    {
        var cookies = new CookieContainerHandler();
        foreach (var cookie in await SignInCookies(member))
            cookies.Container.SetCookies(Address, cookie);
        return CreateDefaultClient(Address, cookies);
    }

    /// <summary>What a browser is given when this person signs in, as the site writes it.</summary>
    internal async Task<IReadOnlyList<string>> SignInCookies(StaffMember member)
    {
        await using var scope = Services.CreateAsyncScope();
        var http = new DefaultHttpContext
        {
            RequestServices = scope.ServiceProvider,
            Request = { Scheme = "https", Host = new("week.example") },
        };
        var (sessions, visit, id) = (
            scope.ServiceProvider.GetRequiredService<StaffSessions>(),
            scope.ServiceProvider.GetRequiredService<StaffBrowser>().Visit(http),
            member.Id
        );
        await sessions.ShowAsync(
            http,
            (
                await Write(db =>
                    sessions.BeginAsync(db, id, visit, "signed in for a test", news: false, TestContext.Current.CancellationToken)
                )
            )!
        );
        return [.. http.Response.Headers.SetCookie.OfType<string>()];
    }

    /// <summary>A person of the staff who has joined; named after the start of the address.</summary>
    internal async Task<StaffMember> AddStaff(string email, params string[] roles)
    {
        var now = Clock.GetUtcNow().UtcDateTime;
        var member = new StaffMember
        {
            Id = Guid.CreateVersion7(Clock.GetUtcNow()),
            UserName = email,
            Email = email,
            Name = email.Split('@')[0],
            Roles = [.. roles],
            InvitedAt = now,
            JoinedAt = now,
        };
        var made = await Services
            .GetRequiredService<SiteStore>()
            .WriteAsync(
                (_, services) => services.GetRequiredService<UserManager<StaffMember>>().CreateAsync(member),
                TestContext.Current.CancellationToken
            );
        Assert.True(made.Succeeded, made.ToString());
        return member;
    }

    /// <summary>Does something with the store, as a page would, in a scope of its own.</summary>
    internal async Task<T> InStore<T>(Func<SiteDb, Task<T>> ask)
    {
        await using var scope = Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<SiteDb>());
    }

    /// <summary>Changes something in the store, in a write of its own.</summary>
    internal Task<T> Write<T>(Func<SiteDb, Task<T>> change) =>
        Services.GetRequiredService<SiteStore>().WriteAsync(change, TestContext.Current.CancellationToken);

    /// <inheritdoc cref="Write{T}"/>
    internal Task Write(Func<SiteDb, Task> change) =>
        Services.GetRequiredService<SiteStore>().WriteAsync(change, TestContext.Current.CancellationToken);

    /// <summary>Runs these jobs now, one after the other; each must be done.</summary>
    internal async Task RunJobs(IEnumerable<Job> jobs)
    {
        var runner = Services.GetRequiredService<JobRunner>();
        foreach (var job in jobs)
            Assert.True(await runner.RunNowAsync(job.Name, TestContext.Current.CancellationToken), job.Name);
    }

    /// <summary>Turns the clock to a moment until which the site has run, as its own notes say; so whatever deletes believes it.</summary>
    public Task RunsUntil(DateTimeOffset moment)
    {
        if (moment > Clock.GetUtcNow())
            Clock.SetUtcNow(moment);
        else
            Clock.AdjustTime(moment);
        return Write(db => Services.GetRequiredService<DeletionGuard>().AcceptClockAsync(db, TestContext.Current.CancellationToken));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
        if (store is not null)
            TestStore.Drop(store);
        // A connection that waits to be used again keeps the file open, and some megabytes.
        else
            SqliteConnection.ClearPool(new(StoreServices.ConnectionOf(Path.Combine(DataPath, "site.db"))));
        if (Directory.Exists(DataPath))
            Directory.Delete(DataPath, recursive: true);
        // Whatever a test was about: each mail that it queued has a value for every placeholder that its kind declares.
        if (!MayLackPlaceholders)
            Assert.DoesNotContain(Log, line => line.Contains(LacksPlaceholders, StringComparison.Ordinal));
    }

    public const string LacksPlaceholders = "was queued without a value for";

    /// <summary>For the control that queues a mail which lacks one.</summary>
    public bool MayLackPlaceholders { get; set; }

    public async Task<IHtmlDocument> Open(string path)
    {
        using var browser = Browser();
        using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return await Read(answer);
    }

    public static async Task<IHtmlDocument> Read(HttpResponseMessage answer) =>
        await new HtmlParser().ParseDocumentAsync(
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            TestContext.Current.CancellationToken
        );

    sealed class MemorySink(ConcurrentQueue<string> lines) : ILogEventSink
    {
        public void Emit(LogEvent logEvent) =>
            lines.Enqueue($"{logEvent.Level} {logEvent.RenderMessage(CultureInfo.InvariantCulture)} {logEvent.Exception}");
    }
}

/// <summary>The site with the content that ships, started once for all tests that only read it.</summary>
public sealed class RealSite : TestSite;
