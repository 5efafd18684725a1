namespace InfantMHWeek.Platform.Hosting;

/// <summary>
/// The site answers under its own name only (<c>Site:BaseUrl</c>), as this machine under <c>localhost</c>, and says under any name
/// whether it is well. Where no name is set, and in development, any will do.
/// </summary>
public static class KnownHost
{
    public static void UseKnownHost(this WebApplication app)
    {
        if (app.Environment.IsDevelopment() || SiteAddress.BaseOf(app.Configuration) is not { } address) return;
        var (written, name, home, overHttps) = (address.Authority, address.IdnHost, System.Net.WebUtility.HtmlEncode(address.AbsoluteUri), app.Environment.IsProduction());
        app.Use((context, next) =>
        {
            if (IsOurs(context.Request, written, name)) return next(context);
            context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
            SecurityHeaders.Apply(context, overHttps);
            return ErrorPage.Send(context, home);
        });
    }

    static bool IsOurs(HttpRequest request, string written, string name)
    {
        var asked = request.Host;
        return string.Equals(asked.Value, written, StringComparison.OrdinalIgnoreCase)
            || Is(asked.Host, name) || Is(asked.Host, "localhost") || Is(asked.Host, "127.0.0.1") || Is(asked.Host, "[::1]")
            || request.Path.StartsWithSegments("/health", StringComparison.Ordinal);
    }

    static bool Is(string asked, string name) => string.Equals(asked, name, StringComparison.OrdinalIgnoreCase);
}
