namespace InfantMHWeek.Platform.Hosting;

/// <summary>One address for each page.</summary>
static class CanonicalPaths
{
    /// <summary>
    /// <c>/themes/</c> is <c>/themes</c>. The slashes at the start are made one: <c>//elsewhere/</c> must not lead elsewhere.
    /// </summary>
    public static void UseCanonicalPaths(this WebApplication app) =>
        app.Use(
            (context, next) =>
            {
                var path = context.Request.Path.Value ?? "/";
                if (path.Length < 2 || (path[^1] != '/' && path[1] != '/'))
                    return next(context);
                context.Response.Redirect(
                    new PathString("/" + path.Trim('/')).ToUriComponent() + context.Request.QueryString.ToUriComponent(),
                    permanent: true
                );
                return Task.CompletedTask;
            }
        );
}
