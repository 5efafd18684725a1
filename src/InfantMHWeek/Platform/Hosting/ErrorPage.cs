using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace InfantMHWeek.Platform.Hosting;

/// <summary>Pages for when something is wrong. They need nothing: no layout, no content, no database, no style sheet.</summary>
static class ErrorPage
{
    const string Help =
        "<p>In an emergency in the UK, call <a href=\"tel:999\">999</a>. To talk to someone at any hour, call Samaritans on <a "
        + "href=\"tel:116123\">116 123</a>.</p>";

    /// <summary>A page of the content that cannot be shown just now.</summary>
    public static ContentResult Unavailable(HttpContext context) =>
        new()
        {
            StatusCode = 503,
            ContentType = "text/html; charset=utf-8",
            Content = Html(503, context.TraceIdentifier),
        };

    /// <summary>Gives every error that has no page of its own a plain one.</summary>
    public static void UseErrorPages(this WebApplication app)
    {
        app.UseExceptionHandler(
            new ExceptionHandlerOptions
            {
                ExceptionHandler = SendForExceptionAsync,
                SuppressDiagnosticsCallback = context => UnreadableRequest.StatusOf(context.Exception) is not null,
            }
        );
        app.UseStatusCodePages(context => SendAsync(context.HttpContext));
    }

    static Task SendForExceptionAsync(HttpContext context)
    {
        if (context.Features.Get<IExceptionHandlerFeature>()?.Error is { } problem && UnreadableRequest.StatusOf(problem) is { } status)
            context.Response.StatusCode = status;
        return SendAsync(context);
    }

    /// <summary>Writes the page for the status that the answer has.</summary>
    /// <param name="home">Where its link leads.</param>
    public static Task SendAsync(HttpContext context, string home = "/")
    {
        var response = context.Response;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        if (response.StatusCode == 503)
            response.Headers.RetryAfter = "120";
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : response.WriteAsync(Html(response.StatusCode, context.TraceIdentifier, home));
    }

    static string Html(int status, string reference, string home = "/")
    {
        var (title, words) = status switch
        {
            400 or 414 or 431 => (
                "We could not read that address",
                "Something in the address or the form was not in a shape we understand. Check it, or begin again from the first page."
            ),
            403 => ("This is not open to you", "Your account does not include this. An administrator can change what you may do."),
            405 => ("That does not work here", "This page can be read, but nothing can be sent to it."),
            404 => ("Page not found", "There is nothing at this address."),
            408 => ("That took too long", "What you sent did not arrive whole. Please go back and try again."),
            413 => ("That is too much at once", "What you sent is larger than we can take. Please shorten it, or send a smaller file."),
            415 => (
                "We could not read that form",
                "It was sent in a way we do not understand. Please go back and try again, with another browser if you have one."
            ),
            421 => ("This is another site's address", "This website does not answer under the name you asked for. Check the address."),
            429 => (
                "Please wait a minute",
                "This was sent very often from here. Go back: what you typed should still be there. Send it again in a minute."
            ),
            503 => ("This page is being mended", "It will be back soon. The other pages of the site work as usual."),
            >= 500 => ("Something went wrong on our side", "It is not your fault. Please try again in a few minutes."),
            _ => ("That did not work", "Please go back and try again."),
        };
        return Page(title, $"<p>{words}</p>", reference, home);
    }

    /// <param name="html">What stands under the heading.</param>
    /// <param name="reference">The request's, which staff can look up.</param>
    internal static string Page(string title, string html, string reference, string home = "/") =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"<!DOCTYPE html><html lang=\"en-GB\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
                + $"content=\"width=device-width\"><title>{title}</title></head><body><main><h1>{title}</h1>{html}<p><a "
                + $"href=\"{home}\">Go to the first page</a></p>{Help}<p>If you ask us about this, give us this reference: "
                + $"{reference}</p></main></body></html>"
        );
}
