using System.Net.Sockets;
using InfantMHWeek.Platform.Configuration;
using Microsoft.AspNetCore.Connections;

namespace InfantMHWeek.Platform.Hosting;

/// <summary>Why a start failed, where that is for whoever runs the site to mend and not for us.</summary>
static class StartProblem
{
    /// <returns>One sentence or two; null when it is a fault of the program.</returns>
    public static string? Of(Exception problem) =>
        problem switch
        {
            SettingsException => problem.Message,
            IOException { InnerException: AddressInUseException } =>
                "Another program already listens there: choose another address with --urls. " + problem.Message,
            SocketException => $"The site cannot listen at its address ({problem.Message}): choose another with --urls.",
            // Endpoints and certificates, as the section Kestrel names them, fail in many types.
            { StackTrace: { } trace } when trace.Contains("Microsoft.AspNetCore.Server.Kestrel", StringComparison.Ordinal) =>
                "The site cannot listen as its settings say. " + problem.Message.ReplaceLineEndings(" "),
            _ => null,
        };
}
