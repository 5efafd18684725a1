using InfantMHWeek.Platform.Configuration;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace InfantMHWeek.Platform.Hosting;

/// <summary>How much one visitor may ask of the server.</summary>
static class ServerLimits
{
    /// <summary>So many more than may stay are accepted, to be turned away at once instead of waiting.</summary>
    const int TurnedAway = 100;

    public static void AddServerLimits(this WebApplicationBuilder builder)
    {
        var settings = builder.AddSettings<ServerSettings>();
        // In a checkout the compressed style sheets lie where the build put them.
        if (builder.Environment.IsDevelopment())
            builder.WebHost.UseStaticWebAssets();
        builder.WebHost.UseKestrelHttpsConfiguration();
        // What is not given to visitors is left for the store, the content and the mail.
        var most = FileDescriptorLimit.MostConnections();
        if (most is not null)
        {
            builder.Services.AddSingleton<SocketTransportFactory>();
            builder.Services.AddSingleton<IConnectionListenerFactory>(services => new BoundedListenerFactory(
                services.GetRequiredService<SocketTransportFactory>(),
                (int)Math.Min(most.Value + TurnedAway, int.MaxValue)
            ));
        }
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxConcurrentConnections = most;
            server.Limits.MaxRequestBodySize = 64 * 1024;
            // More than nginx lets through, so that it is nginx which says in words what is too much.
            server.Limits.MaxRequestHeadersTotalSize = 48 * 1024;
            server.Limits.MaxRequestLineSize = 12 * 1024;
            server.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            server.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(75);
        });
        // Nearly every answer comes from memory, so a hop to another thread costs more than the answer.
        builder.Services.Configure<SocketTransportOptions>(transport => transport.UnsafePreferInlineScheduling = settings.AnswerInline);
    }
}
