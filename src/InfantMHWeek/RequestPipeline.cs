using InfantMHWeek.Campaign;
using InfantMHWeek.Platform;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Hosting;
using InfantMHWeek.Platform.Hosting.FromOutside;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Telemetry;
using InfantMHWeek.Platform.Text;
using InfantMHWeek.Staff;

namespace InfantMHWeek;

/// <summary>The way of a request through the site. The order is a promise: each step relies on those above it.</summary>
static class RequestPipeline
{
    public static void UseRequestPipeline(this WebApplication app)
    {
        AnswerReaders(app);
        WatchWhatIsMade(app);
        ReadTheAddress(app);
        GuardTheEndpoint(app);
    }

    /// <summary>Nearly every reader gets no further: a page from memory, with its reference, for our own host only.</summary>
    static void AnswerReaders(WebApplication app)
    {
        app.UseRequestId();
        app.UseKnownHost();
        app.UseCachedPageResponses();
    }

    /// <summary>Around all that is made for a request, so that its headers and its log line are right however it ends.</summary>
    static void WatchWhatIsMade(WebApplication app)
    {
        app.UseSecurityHeaders();
        // From here on the visitor's address and scheme are known, also behind a proxy.
        app.UseForwardedHeadersOfKnownProxies();
        app.UseTracing();
        // The log tells of the answer that the error page gives.
        app.UseRequestLogging();
        app.UseErrorPages();
        // Trouble with the store is no fault of the program: it is answered before it could become an error page.
        app.UseStoreOutageResponses();
    }

    /// <summary>The request as the pages read it: one address for each page, and texts without what no keyboard types.</summary>
    static void ReadTheAddress(WebApplication app)
    {
        app.UseCanonicalPaths();
        app.UseTextSanitizer();
        app.UseRouting();
    }

    /// <summary>What is asked before an endpoint answers, now that it is known which it is.</summary>
    static void GuardTheEndpoint(WebApplication app)
    {
        app.UseOptionsAnswer();
        app.UseExpectedScheme();
        app.UseStaffAreaGuard();
        app.UseInternalRequests();
        app.UsePageCaching();
        app.UsePlatform();
    }
}
