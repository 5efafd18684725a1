using InfantMHWeek.Platform.Configuration;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace InfantMHWeek.Platform;

/// <summary>How much one visitor may ask of the server.</summary>
public static class ServerLimits
{
    public static void AddServerLimits(this WebApplicationBuilder builder)
    {
        var settings = builder.AddSettings<ServerSettings>();
        // In a checkout the compressed style sheets lie where the build put them.
        if (builder.Environment.IsDevelopment()) builder.WebHost.UseStaticWebAssets();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = 64 * 1024;
            server.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            server.Limits.MaxRequestLineSize = 4 * 1024;
            server.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            server.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(75);
        });
        // Nearly every answer comes from memory, so a hop to another thread costs more than the answer.
        builder.Services.Configure<SocketTransportOptions>(transport => transport.UnsafePreferInlineScheduling = settings.AnswerInline);
    }
}
