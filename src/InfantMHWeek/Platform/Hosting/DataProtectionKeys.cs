using InfantMHWeek.Platform.Configuration;
using Microsoft.AspNetCore.DataProtection;

namespace InfantMHWeek.Platform.Hosting;

/// <summary>
/// The keys that sign and encrypt cookies and forms, and the cookies' names. Kept in the data folder: a new release must not sign
/// everybody out.
/// </summary>
static class DataProtectionKeys
{
    public const string Below = "keys";
    public const string Application = "InfantMHWeek";

    public static string Folder(IConfiguration settings) => Path.Combine(SiteFolders.Data(settings), Below);

    public static void AddDataProtectionKeys(this WebApplicationBuilder builder)
    {
        var folder = new DirectoryInfo(Folder(builder.Configuration));
        builder.Services.AddDataProtection().SetApplicationName(Application).PersistKeysToFileSystem(folder);
    }

    /// <summary>Over HTTPS a cookie's name promises that it came from this very host, encrypted (<c>__Host-</c>).</summary>
    public static string NameOf(string cookie, IConfiguration settings) => (SiteAddress.IsHttps(settings) ? "__Host-" : "imhw-") + cookie;

    /// <summary>No script can read it, no other site can send it along with a form.</summary>
    public static void Shield(CookieBuilder cookie, IConfiguration settings)
    {
        cookie.HttpOnly = true;
        cookie.IsEssential = true;
        cookie.Path = "/";
        cookie.SameSite = SameSiteMode.Lax;
        cookie.SecurePolicy = SiteAddress.IsHttps(settings) ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
    }
}
