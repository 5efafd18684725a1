using System.Globalization;
using InfantMHWeek.Platform.Configuration;
using Microsoft.AspNetCore.Diagnostics;
using Serilog;
using Serilog.AspNetCore;
using Serilog.Events;
using Serilog.Formatting.Compact;
using Serilog.Settings.Configuration;

namespace InfantMHWeek.Platform.Telemetry;

/// <summary>
/// What the site remembers of its work: structured, and without the public in it. No addresses, no queries, no paths
/// that a visitor made up; a route says enough to mend things.
/// </summary>
static class Logging
{
    public static void AddSiteLogging(this WebApplicationBuilder builder)
    {
        if (builder.Configuration.GetSection(Section).Exists())
            Try(builder.Configuration);
        builder.Services.AddSerilog((services, log) => Configure(builder, services, log), preserveStaticLogger: true);
    }

    /// <exception cref="SettingsException">The log cannot be written as the settings say.</exception>
    static void Try(IConfiguration settings)
    {
        try
        {
            using var tried = new LoggerConfiguration().ReadFrom.Configuration(settings, Sinks).CreateLogger();
        }
        catch (Exception problem)
            when (problem
                    is InvalidOperationException
                        or ArgumentException
                        or FormatException
                        or System.Reflection.TargetInvocationException
            )
        {
            throw new SettingsException($"The settings of the log ({Section}:…) cannot be used: {problem.GetBaseException().Message}");
        }
    }

    const string Section = "Serilog";

    /// <summary>Named, because looking through every assembly for sinks takes a tenth of the start.</summary>
    static ConfigurationReaderOptions Sinks => new(typeof(ConsoleLoggerConfigurationExtensions).Assembly);

    static void Configure(WebApplicationBuilder builder, IServiceProvider services, LoggerConfiguration log)
    {
        log.MinimumLevel.Information()
            .Enrich.FromLogContext()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            // Its request log would name paths and queries; ours says what is needed. Off, it also costs nothing.
            .MinimumLevel.Override("Microsoft.AspNetCore.Hosting.Diagnostics", LevelAlias.Off)
            // They warn of what is meant so: keys guarded by the folder they lie in, and forms that nobody may store.
            .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection", LogEventLevel.Error)
            .MinimumLevel.Override("Microsoft.AspNetCore.Antiforgery", LogEventLevel.Error)
            // Anybody may ask each second, and the answer itself says what is wrong.
            .MinimumLevel.Override("Microsoft.Extensions.Diagnostics.HealthChecks", LevelAlias.Off)
            .MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Information)
            .ReadFrom.Configuration(builder.Configuration, Sinks)
            .ReadFrom.Services(services);
        // Written by a thread of its own: a slow terminal or disk must not hold up a reader.
        if (builder.Environment.IsProduction())
            log.WriteTo.Async(queue => queue.Console(new CompactJsonFormatter()));
        else
            log.WriteTo.Console(
                formatProvider: CultureInfo.InvariantCulture,
                outputTemplate: "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}"
            );
    }

    public static void UseRequestLogging(this WebApplication app)
    {
        var problems = app.Services.GetRequiredService<RecentProblems>();
        app.Use(
            async (context, next) =>
            {
                using var line = RequestId.Begin(context);
                await next(context);
                problems.Note(context, context.Features.Get<IExceptionHandlerFeature>()?.Error);
            }
        );
        app.UseSerilogRequestLogging(log => Describe(app, log));
    }

    static void Describe(WebApplication app, RequestLoggingOptions log)
    {
        log.Logger = app.Services.GetRequiredService<Serilog.ILogger>();
        log.MessageTemplate = "{Method} {Route} answered {Status} in {Elapsed:0.0} ms, reference {Request}";
        log.GetMessageTemplateProperties = (context, _, elapsed, status) =>
            [
                new("Method", new ScalarValue(KnownMethod(context.Request.Method))),
                new("Route", new ScalarValue(RouteOf(context))),
                new("Status", new ScalarValue(status)),
                new("Elapsed", new ScalarValue(elapsed)),
                new("Request", new ScalarValue(context.TraceIdentifier)),
            ];
    }

    internal static string KnownMethod(string method) =>
        method is "GET" or "HEAD" or "POST" or "PUT" or "DELETE" or "OPTIONS" ? method : "other";

    internal static string RouteOf(HttpContext context) => (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no route)";
}
