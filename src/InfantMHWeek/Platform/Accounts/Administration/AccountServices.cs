using InfantMHWeek.Platform.Accounts.SigningIn;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Deletion;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Hosting;
using InfantMHWeek.Platform.Jobs;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Accounts.Administration;

/// <summary>
/// Who the staff are, and the policies that ask. No scheme is the default one: only a page that asks for a policy looks
/// at a cookie, so readers are never looked up.
/// </summary>
static class AccountServices
{
    public static void AddAccounts(this WebApplicationBuilder builder)
    {
        AddCookie(builder);
        AddIdentity(builder);
        AddJobs(builder);
        AddStaff(builder);
        var policies = builder.Services.AddAuthorizationBuilder().AddPolicy(StaffRole.AnyPolicy, Ask(_ => true));
        foreach (var role in StaffRole.All)
            policies.AddPolicy(role, Ask(who => who.User.May(role)));
    }

    static void AddCookie(WebApplicationBuilder builder)
    {
        builder
            .Services.AddAuthentication()
            .AddCookie(IdentityConstants.ApplicationScheme, cookie =>
            {
                cookie.Cookie.Name = DataProtectionKeys.NameOf("staff", builder.Configuration);
                DataProtectionKeys.Shield(cookie.Cookie, builder.Configuration);
                cookie.SlidingExpiration = false;
                cookie.ExpireTimeSpan = StaffSession.Longest;
                cookie.LoginPath = SignInPaths.SignIn;
                cookie.ReturnUrlParameter = "to";
                cookie.EventsType = typeof(StaffCookie);
            });
    }

    static void AddIdentity(WebApplicationBuilder builder)
    {
        builder
            .Services.AddIdentityCore<StaffMember>(identity =>
            {
                identity.User.RequireUniqueEmail = true;
                // An address is the name; which letters it may have is EmailAddress' business.
                identity.User.AllowedUserNameCharacters = "";
                identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
            })
            .AddUserStore<StaffStore>()
            .AddTokenProvider<AuthenticatorTokenProvider<StaffMember>>(TokenOptions.DefaultAuthenticatorProvider);
        builder.Services.AddScoped<IPasskeyHandler<StaffMember>, PasskeyHandler<StaffMember>>();
        builder.Services.Configure<IdentityPasskeyOptions>(passkeys =>
        {
            // The passkey is the only proof, so the device must have made sure who holds it.
            passkeys.UserVerificationRequirement = "required";
            passkeys.ResidentKeyRequirement = "required";
            if (SiteAddress.BaseOf(builder.Configuration) is { Scheme: "https" } address)
                passkeys.ServerDomain = address.Host;
        });
        // As slow as is advised today for this kind of hash.
        builder.Services.Configure<PasswordHasherOptions>(hashing => hashing.IterationCount = 210_000);
    }

    static void AddJobs(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Throttle>();
        builder.Services.AddJob<Throttle>("forget attempts that no longer count", TimeSpan.FromHours(1), (throttle, cancel) =>
            throttle.ForgetAsync(cancel)
        );
        builder.Services.AddRetention<AccountRetention>(AccountRetention.Job);
        builder.AddSettings<AuditSettings>();
        builder.Services.AddRetention<AuditRetention>(AuditRetention.Job);
        // What staff did last is the best witness of the time that there is.
        builder.Services.AddSingleton(new ClockWitness((db, cancel) => db.Set<AuditEntry>().MaxAsync(e => (DateTime?)e.At, cancel)));
        builder.Services.AddSingleton<ResetRequests>();
        builder.Services.AddJob<ResetRequests>(ResetRequests.Job, TimeSpan.FromMinutes(1), (requests, cancel) =>
            requests.AnswerAsync(cancel)
        );
    }

    static void AddStaff(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<StaffBrowser>();
        builder.Services.AddSingleton<StaffTickets>();
        builder.Services.AddSingleton<StaffDevices>();
        foreach (
            var type in (ReadOnlySpan<Type>)
                [
                    typeof(StaffStore),
                    typeof(StaffLinks),
                    typeof(StaffNotices),
                    typeof(StaffRoster),
                    typeof(StaffSignIn),
                    typeof(PasskeySignIn),
                    typeof(SignInLog),
                    typeof(StaffJoining),
                    typeof(Reauthentication),
                    typeof(SecondProof),
                    typeof(OwnCredentials),
                    typeof(OwnPasskeys),
                    typeof(CredentialNews),
                    typeof(OneTimeCodes),
                    typeof(Passkeys),
                    typeof(StaffSessions),
                    typeof(StaffCookie),
                ]
        )
            builder.Services.AddScoped(type);
    }

    static Action<AuthorizationPolicyBuilder> Ask(Func<AuthorizationHandlerContext, bool> question) =>
        policy =>
            policy.AddAuthenticationSchemes(IdentityConstants.ApplicationScheme).RequireAuthenticatedUser().RequireAssertion(question);
}
