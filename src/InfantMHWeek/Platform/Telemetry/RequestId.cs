using Microsoft.Extensions.Primitives;

namespace InfantMHWeek.Platform.Telemetry;

/// <summary>
/// The reference of a request: random and short enough to be read out on the telephone. It stands on the answer (header
/// <c>Request-Id</c>), on error pages in words, on all lines of the log, and on what the request wrote into the store. Never taken
/// from a visitor.
/// </summary>
static class RequestId
{
    public const int Length = 10;
    public const string Header = "Request-Id";

    // Without vowels there are no words in it, without 0, 1 and L no doubts.
    const string Letters = "23456789BCDFGHJKMNPQRSTVWXYZ";

    static readonly AsyncLocal<string?> Running = new();

    /// <summary>The reference of the request that this code runs for; null outside of requests.</summary>
    public static string? Current => Running.Value;

    public static string New() => string.Create(Length, Random.Shared.NextInt64(), static (text, bits) =>
        {
            for (var i = 0; i < text.Length; i++, bits /= Letters.Length)
                text[i] = Letters[(int)(bits % Letters.Length)];
        });

    /// <summary>A reference as somebody typed it, in its own form; null when it cannot be one.</summary>
    public static string? Parse(string? typed)
    {
        var text = string.Concat((typed ?? "").Where(c => !char.IsWhiteSpace(c) && c != '-')).ToUpperInvariant();
        return text.Length == Length && text.All(Letters.Contains) ? text : null;
    }

    /// <summary>Gives each request its reference, before anything can answer. On the way of every reader: one short text.</summary>
    public static void UseRequestId(this WebApplication app) =>
        app.Use(
            (context, next) =>
            {
                context.TraceIdentifier = New();
                return next(context);
            }
        );

    /// <summary>For what is not sent from memory: code below finds the reference without being handed it.</summary>
    internal static IDisposable Begin(HttpContext context)
    {
        Running.Value = context.TraceIdentifier;
        return Serilog.Context.LogContext.PushProperty("Request", context.TraceIdentifier);
    }

    internal static void Mark(HttpContext context) => context.Response.Headers[Header] = new StringValues(context.TraceIdentifier);
}
