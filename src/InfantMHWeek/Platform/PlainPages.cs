using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace InfantMHWeek.Platform;

/// <summary>Pages for when something is wrong. They need nothing: no layout, no content, no database, no style sheet.</summary>
public static class PlainPages
{
    const string Help = "<p>In an emergency in the UK, call <a href=\"tel:999\">999</a>. To talk to someone at any hour, call Samaritans on <a href=\"tel:116123\">116 123</a>.</p>";

    public static ContentResult Unavailable() => new() { StatusCode = 503, ContentType = "text/html; charset=utf-8", Content = Html(503) };

    /// <summary>Gives every error that has no page of its own a plain one.</summary>
    public static void UsePlainPages(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = Send, SuppressDiagnosticsCallback = IsClientsFault });
        app.UseStatusCodePages(context => Send(context.HttpContext));
    }

    // A body that breaks off or is malformed is the sender's doing: a 400, and no alarm in the log.
    static bool IsClientsFault(ExceptionHandlerSuppressDiagnosticsContext context) => context.Exception is BadHttpRequestException;

    static Task Send(HttpContext context)
    {
        var response = context.Response;
        if (context.Features.Get<IExceptionHandlerFeature>()?.Error is BadHttpRequestException bad) response.StatusCode = bad.StatusCode;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        if (response.StatusCode == 503) response.Headers.RetryAfter = "120";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.WriteAsync(Html(response.StatusCode));
    }

    static string Html(int status)
    {
        var (title, words) = status switch
        {
            400 or 414 or 431 => ("We could not read that address", "Something in the address or the form was not in a shape we understand. Check it, or begin again from the first page."),
            403 => ("This is not open to you", "Your account does not include this. An administrator can change what you may do."),
            405 => ("That does not work here", "This page can be read, but nothing can be sent to it."),
            404 => ("Page not found", "There is nothing at this address."),
            503 => ("This page is being mended", "It will be back soon. The other pages of the site work as usual."),
            >= 500 => ("Something went wrong on our side", "It is not your fault. Please try again in a few minutes."),
            _ => ("That did not work", "Please go back and try again."),
        };
        return Page(title, $"<p>{words}</p>");
    }

    /// <param name="html">What stands under the heading.</param>
    internal static string Page(string title, string html) =>
        string.Create(CultureInfo.InvariantCulture,
            $"<!DOCTYPE html><html lang=\"en-GB\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title></head><body><main><h1>{title}</h1>{html}<p><a href=\"/\">Go to the first page</a></p>{Help}</main></body></html>");
}
