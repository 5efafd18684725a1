using InfantMHWeek.Platform.Deletion;
using InfantMHWeek.Platform.Hosting;
using Microsoft.AspNetCore.Authentication;

namespace InfantMHWeek.Platform.Accounts.SigningIn;

/// <summary>What is kept of the browser in which something was done.</summary>
/// <param name="Hash">Of its id.</param>
/// <param name="Device">What people call it: <c>Firefox on Windows</c>.</param>
sealed record StaffVisit(string Hash, string Device);

/// <summary>
/// The three small cookies of the way in: a random id of the browser (it opens nothing), the secret of the step that is open, and
/// what a passkey was asked to sign.
/// </summary>
sealed class StaffBrowser(IConfiguration settings)
{
    /// <summary>How long a browser stays known.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(RetentionPeriods.StaffBrowsers.For.Days);

    const string Item = "staff-browser";

    /// <returns>The hash of the browser's id; null while it has none.</returns>
    public string? Find(HttpContext http) =>
        http.Items.TryGetValue(Item, out var made) ? (string)made!
        : http.Request.Cookies[NameOf("device")] is { Length: > 20 and < 100 } id ? Secret.Hash(id)
        : null;

    /// <summary>The same, with a new id for a browser that has none; a known one's cookie lasts anew.</summary>
    public StaffVisit Visit(HttpContext http)
    {
        var device = DeviceName.Of(http.Request.Headers.UserAgent);
        if (http.Items.TryGetValue(Item, out var made))
            return new((string)made!, device);
        var id = Find(http) is null ? Secret.New() : http.Request.Cookies[NameOf("device")]!;
        var hash = Secret.Hash(id);
        http.Items[Item] = hash;
        Set(http, "device", id, Lasts);
        return new(hash, device);
    }

    public PresentedTicket Shown(HttpContext http) =>
        new(
            http.Request.Cookies[NameOf("step")] is { Length: > 0 and < 100 } secret ? Secret.Hash(secret) : null,
            Find(http),
            http.User.Identity?.IsAuthenticated is true ? http.User.SessionId() : null
        );

    public void GiveStep(HttpContext http, string secret) => Set(http, "step", secret, null);

    public void ForgetStep(HttpContext http) => Forget(http, "step");

    public string? Question(HttpContext http) => http.Request.Cookies[NameOf("passkey")];

    public void GiveQuestion(HttpContext http, string question) => Set(http, "passkey", question, null);

    public void ForgetQuestion(HttpContext http) => Forget(http, "passkey");

    /// <summary>Forgets all but the browser's own id, in this browser; whether that counts elsewhere is the store's business.</summary>
    public async Task ForgetPersonAsync(HttpContext http)
    {
        ForgetStep(http);
        ForgetQuestion(http);
        await http.SignOutAsync(Microsoft.AspNetCore.Identity.IdentityConstants.ApplicationScheme);
    }

    void Set(HttpContext http, string name, string value, TimeSpan? lasts)
    {
        var options = Options(http);
        options.MaxAge = lasts;
        http.Response.Cookies.Append(NameOf(name), value, options);
    }

    void Forget(HttpContext http, string name)
    {
        if (http.Request.Cookies.ContainsKey(NameOf(name)))
            http.Response.Cookies.Delete(NameOf(name), Options(http));
    }

    CookieOptions Options(HttpContext http)
    {
        var shape = new CookieBuilder();
        DataProtectionKeys.Shield(shape, settings);
        return shape.Build(http);
    }

    string NameOf(string name) => DataProtectionKeys.NameOf(name, settings);
}
