using InfantMHWeek.Platform.Jobs;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;

namespace InfantMHWeek.Platform.Accounts;

/// <summary>
/// Who the staff are, and the policies that ask. No scheme is the default one: only a page that asks for a policy looks
/// at a cookie, so readers are never looked up.
/// </summary>
public static class AccountServices
{
    public const string SignInPath = "/staff/sign-in";

    public static void AddAccounts(this WebApplicationBuilder builder)
    {
        builder.Services.AddAuthentication()
            .AddCookie(IdentityConstants.ApplicationScheme, cookie =>
            {
                Shape(cookie, "staff");
                cookie.ExpireTimeSpan = StaffSession.Longest;
                cookie.LoginPath = SignInPath;
                cookie.ReturnUrlParameter = "to";
                cookie.EventsType = typeof(StaffCookie);
            })
            // What a browser was asked to sign with its passkey.
            .AddCookie(IdentityConstants.TwoFactorUserIdScheme, cookie =>
            {
                Shape(cookie, "passkey");
                cookie.ExpireTimeSpan = TimeSpan.FromMinutes(10);
            })
            .AddCookie(PersonAtTheDoor.Scheme, cookie =>
            {
                Shape(cookie, "step");
                cookie.ExpireTimeSpan = TimeSpan.FromMinutes(20);
            })
            .AddCookie(KnownDevice.Scheme, cookie =>
            {
                Shape(cookie, "device");
                cookie.ExpireTimeSpan = KnownDevice.Lasts;
            });
        builder.Services.AddIdentityCore<StaffMember>(identity =>
        {
            identity.User.RequireUniqueEmail = true;
            // An address is the name; which letters it may have is EmailAddress' business.
            identity.User.AllowedUserNameCharacters = "";
            identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
        }).AddUserStore<StaffStore>().AddSignInManager().AddTokenProvider<AuthenticatorTokenProvider<StaffMember>>(TokenOptions.DefaultAuthenticatorProvider);
        builder.Services.Configure<IdentityPasskeyOptions>(passkeys =>
        {
            // The passkey is the only proof, so the device must have made sure who holds it.
            passkeys.UserVerificationRequirement = "required";
            passkeys.ResidentKeyRequirement = "required";
            if (SiteAddress.BaseOf(builder.Configuration) is { Scheme: "https" } address) passkeys.ServerDomain = address.Host;
        });
        builder.Services.AddSingleton<Throttle>();
        builder.Services.AddJob<Throttle>("forget attempts that no longer count", TimeSpan.FromHours(1), (throttle, cancel) => throttle.ForgetAsync(cancel));
        builder.Services.AddScoped<AccountRetention>();
        builder.Services.AddJob<AccountRetention>(AccountRetention.Job, TimeSpan.FromHours(12), (retention, cancel) => retention.ForgetAsync(cancel));
        builder.Services.Configure<AuditSettings>(builder.Configuration.GetSection("Audit"));
        builder.Services.AddSingleton<AuditRetention>();
        builder.Services.AddJob<AuditRetention>(AuditRetention.Job, TimeSpan.FromHours(12), (retention, cancel) => retention.ForgetAsync(cancel));
        builder.Services.AddSingleton<ResetRequests>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ResetRequests>());
        foreach (var type in (ReadOnlySpan<Type>)[typeof(StaffStore), typeof(StaffLinks), typeof(StaffRoster), typeof(StaffSignIn), typeof(SecondProof), typeof(StaffJoining)]) builder.Services.AddScoped(type);
        // As slow as is advised today for this kind of hash.
        builder.Services.Configure<PasswordHasherOptions>(hashing => hashing.IterationCount = 210_000);
        builder.Services.AddScoped<StaffSessions>();
        builder.Services.AddScoped<StaffCookie>();

        var policies = builder.Services.AddAuthorizationBuilder().AddPolicy(StaffRole.AnyPolicy, Ask(_ => true));
        foreach (var role in StaffRole.All) policies.AddPolicy(role, Ask(who => who.User.May(role)));

        void Shape(CookieAuthenticationOptions cookie, string name)
        {
            cookie.Cookie.Name = SiteKeys.NameOf(name, builder.Configuration);
            SiteKeys.Shield(cookie.Cookie, builder.Configuration);
            cookie.SlidingExpiration = false;
        }
    }

    static Action<AuthorizationPolicyBuilder> Ask(Func<AuthorizationHandlerContext, bool> question) =>
        policy => policy.AddAuthenticationSchemes(IdentityConstants.ApplicationScheme).RequireAuthenticatedUser().RequireAssertion(question);
}
