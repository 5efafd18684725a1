using System.Net;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Accounts.Administration;
using InfantMHWeek.Platform.Accounts.SigningIn;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace InfantMHWeek.Tests.Staff;

/// <summary>A site whose password comparisons are counted, with short ways to people who can sign in.</summary>
public sealed class AccountSite : TestSite
{
    public const string Password = "teapot-violin-gravel-9";

    internal CountingHasher Hasher { get; } = new();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureTestServices(services => services.Replace(ServiceDescriptor.Singleton<IPasswordHasher<StaffMember>>(Hasher)));
    }

    public static async Task<HttpStatusCode> StatusOf(HttpClient browser, string path = "/staff")
    {
        using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    /// <summary>Invites somebody as the command does, and gives the path of the link.</summary>
    public async Task<string> Invite(string email, params string[] roles)
    {
        await using var scope = Services.CreateAsyncScope();
        var (outcome, link) = await scope
            .ServiceProvider.GetRequiredService<StaffRoster>()
            .InviteAsync(EmailAddress.Parse(email, null), roles, by: null, TestContext.Current.CancellationToken);
        Assert.Equal(RosterOutcome.Done, outcome);
        return new Uri(link!).AbsolutePath;
    }

    /// <summary>Goes the whole way from the invitation into the staff area, with a password and a code app.</summary>
    /// <returns>The app's key, and the recovery codes.</returns>
    public static async Task<(string Key, string[] Codes)> Join(HttpClient browser, string link, string name = "Ada Jones")
    {
        using (
            var joined = await browser.Send(
                link,
                new Dictionary<string, string?>(StringComparer.Ordinal) { ["Name"] = name, ["Password"] = Password }
            )
        )
            Assert.Equal("/staff/set-up", joined.Headers.Location?.OriginalString);
        using var setUp = await browser.GetAsync(new Uri("/staff/set-up", UriKind.Relative), TestContext.Current.CancellationToken);
        var key = (await Read(setUp)).QuerySelector(".key")!.TextContent.Replace(" ", "", StringComparison.Ordinal);
        using (
            var coded = await browser.Send(
                "/staff/set-up",
                new Dictionary<string, string?>(StringComparer.Ordinal) { ["Code"] = TestCodeApp.Code(key) },
                "form:has(#Code)"
            )
        )
            Assert.Equal("/staff/recovery-codes", coded.Headers.Location?.OriginalString);
        using var shown = await browser.GetAsync(new Uri("/staff/recovery-codes", UriKind.Relative), TestContext.Current.CancellationToken);
        var codes = (await Read(shown)).QuerySelectorAll(".codes code").Select(c => c.TextContent).ToArray();
        using (var kept = await browser.Send("/staff/recovery-codes"))
            Assert.Equal("/staff", kept.Headers.Location?.OriginalString);
        return (key, codes);
    }

    public static async Task<HttpResponseMessage> TryPassword(HttpClient browser, string email, string password = Password) =>
        await browser.Send(
            "/staff/sign-in",
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["Email"] = email, ["Password"] = password },
            "form:has(#Email)"
        );

    public static async Task<HttpResponseMessage> TryCode(HttpClient browser, string code) =>
        await browser.Send("/staff/code", new Dictionary<string, string?>(StringComparer.Ordinal) { ["Code"] = code });

    public T Service<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>Answers what waits to be answered, now.</summary>
    public Task AnswerRequests() => Service<ResetRequests>().AnswerAsync(TestContext.Current.CancellationToken);

    /// <summary>Asks for a new password for an address, and has the mail written.</summary>
    public async Task ForgottenPassword(string email)
    {
        await Service<ResetRequests>().AskAsync(EmailAddress.Parse(email, null), TestContext.Current.CancellationToken);
        await AnswerRequests();
    }

    internal Task<IReadOnlyList<OutboxMail>> Mails() =>
        InStore<IReadOnlyList<OutboxMail>>(async db => await db.Set<OutboxMail>().OrderBy(m => m.QueuedAt).ToListAsync());

    public Task<IReadOnlyList<string>> AuditLines() =>
        InStore<IReadOnlyList<string>>(async db =>
            await db.Set<AuditEntry>().OrderBy(e => e.Id).Select(e => e.Who + " " + e.What).ToListAsync()
        );

    internal sealed class CountingHasher : IPasswordHasher<StaffMember>
    {
        readonly PasswordHasher<StaffMember> real = new(Options.Create(new PasswordHasherOptions { IterationCount = 1000 }));
        int compared;

        public int Compared => compared;

        public string HashPassword(StaffMember user, string password) => real.HashPassword(user, password);

        public PasswordVerificationResult VerifyHashedPassword(StaffMember user, string hashedPassword, string providedPassword)
        {
            Interlocked.Increment(ref compared);
            return real.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
