using System.Net;
using InfantMHWeek.Platform.Hosting;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Telemetry;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Platform.Forms;

/// <summary>
/// What is answered when the store is in trouble, wherever in a request that was found: 503 in plain words, and whatever was typed
/// comes back in a form that sends it again. It needs no layout, no content and no store.
/// </summary>
static class StoreOutageResponse
{
    /// <summary>In seconds.</summary>
    public const string RetryAfter = "60";

    public static void UseStoreOutageResponses(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(StoreOutageResponse));
        app.Use(
            async (context, next) =>
            {
                try
                {
                    await next(context);
                }
                catch (Exception problem)
                    when (StoreTrouble.Is(problem) && !context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
                {
                    log.LogError(
                        "The store could not do what was asked of {Route}: {Problem}",
                        Logging.RouteOf(context),
                        problem.GetBaseException().GetType().Name
                    );
                    await AnswerAsync(context, problem);
                }
            }
        );
    }

    /// <summary>Answers the request anew, whatever was begun.</summary>
    /// <param name="problem">What the store said, if that is known.</param>
    public static async Task AnswerAsync(HttpContext context, Exception? problem = null)
    {
        var posted = await PostedForm.ReadAsync(context.Request);
        context.Response.Clear();
        Mark(context.Response);
        if (context.GetEndpoint()?.Metadata.GetMetadata<FormPageAttribute>() is { ByToken: true })
            context.Response.ForHolderOfLink();
        context.Response.ContentType = "text/html; charset=utf-8";
        if (HttpMethods.IsHead(context.Request.Method))
            return;
        await context.Response.WriteAsync(Html(context.Request, posted, problem), CancellationToken.None);
    }

    public static void Mark(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.Headers.RetryAfter = RetryAfter;
        response.Headers.CacheControl = "no-store";
    }

    static string Html(HttpRequest request, PostedForm? posted, Exception? problem)
    {
        var why = StoreTrouble.IsForeign(problem)
            ? "The website is being updated."
            : "Something on our side is not working at the moment. It is not your fault.";
        var address = request.PathBase.ToUriComponent() + request.Path.ToUriComponent() + request.QueryString.ToUriComponent();
        if (posted is not null)
            return ErrorPage.Page(
                "We could not take this just now",
                $"""
                <p>{why} What you typed is here, so nothing of it is lost.</p>
                <p>Please wait a few minutes, then press “Send again”. Pressing it more than once does no harm.</p>
                {(posted.HadFiles ? "<p>The file that you chose must be chosen again: after sending, the page will ask for it.</p>" : "")}
                {posted.Html(address)}
                """,
                request.HttpContext.TraceIdentifier
            );
        return ErrorPage.Page(
            "This page cannot be shown just now",
            $"""
            <p>{why} The pages to read work as usual.</p>
            {(
                HttpMethods.IsGet(request.Method)
                    ? $"<p><a href=\"{WebUtility.HtmlEncode(address)}\">Try again in a few minutes</a></p>"
                    : "<p>Go back and try again in a few minutes.</p>"
            )}
            """,
            request.HttpContext.TraceIdentifier
        );
    }

    /// <summary>The page itself, if it can be drawn and shows all that was typed; else <see cref="AnswerAsync"/>.</summary>
    internal sealed class StoreOutagePageResult(Exception? problem) : PageResult
    {
        public override async Task ExecuteResultAsync(ActionContext context)
        {
            var response = context.HttpContext.Response;
            var (real, drawn) = (response.Body, new MemoryStream());
            var whole = false;
            response.Body = drawn;
            try
            {
                await base.ExecuteResultAsync(context);
                whole = await ShowsAllAsync(context.HttpContext.Request, drawn);
            }
            catch (Exception undrawn)
            {
                // The page may need what the store did not give it.
                context
                    .HttpContext.RequestServices.GetRequiredService<ILoggerFactory>()
                    .CreateLogger(typeof(StoreOutageResponse))
                    .LogInformation(undrawn, "A page could not be drawn without the store");
            }
            finally
            {
                response.Body = real;
            }
            if (!whole)
            {
                await AnswerAsync(context.HttpContext, problem);
                return;
            }
            drawn.Position = 0;
            await drawn.CopyToAsync(real, context.HttpContext.RequestAborted);
        }

        static async Task<bool> ShowsAllAsync(HttpRequest request, MemoryStream drawn)
        {
            if (await PostedForm.ReadAsync(request) is not { } posted)
                return true;
            var text = Plain(WebUtility.HtmlDecode(System.Text.Encoding.UTF8.GetString(drawn.GetBuffer(), 0, (int)drawn.Length)));
            return posted.Words.All(field => text.Contains(Plain(field.Value), StringComparison.Ordinal));
        }

        static string Plain(string text) => text.ReplaceLineEndings("\n").Trim();
    }
}
