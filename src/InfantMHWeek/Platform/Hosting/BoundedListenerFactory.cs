using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace InfantMHWeek.Platform.Hosting;

/// <summary>
/// Accepts no further connection while too many are open. Kestrel's own limit turns away only what has been accepted, later and on another
/// thread: a thousand callers at one moment would take all descriptors before the first is sent off, and an assembly that cannot be opened
/// in that moment counts as missing for as long as the process lives.
/// </summary>
/// <param name="most">How many may be open at all listeners together. Those above Kestrel's limit are turned away at once.</param>
sealed class BoundedListenerFactory(SocketTransportFactory sockets, int most)
    : IConnectionListenerFactory,
        IConnectionListenerFactorySelector,
        IDisposable
{
    readonly SemaphoreSlim places = new(most, most);

    public void Dispose() => places.Dispose();

    public bool CanBind(EndPoint endpoint) => sockets.CanBind(endpoint);

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new Listener(await sockets.BindAsync(endpoint, cancellationToken), places);

    sealed class Listener(IConnectionListener inner, SemaphoreSlim places) : IConnectionListener
    {
        readonly CancellationTokenSource unbound = new();

        public EndPoint EndPoint => inner.EndPoint;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            try
            {
                await places.WaitAsync(unbound.Token);
            }
            catch (OperationCanceledException)
            {
                return null;
            }
            ConnectionContext? accepted = null;
            try
            {
                accepted = await inner.AcceptAsync(cancellationToken);
            }
            finally
            {
                if (accepted is null)
                    places.Release();
            }
            return accepted is null ? null : new Connection(accepted, places);
        }

        public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            await unbound.CancelAsync();
            await inner.UnbindAsync(cancellationToken);
        }

        public async ValueTask DisposeAsync()
        {
            await inner.DisposeAsync();
            unbound.Dispose();
        }
    }

    /// <summary>
    /// Gives its place back when the socket is closed; that its reading has ended, which <see cref="ConnectionClosed"/> tells, is too
    /// early.
    /// </summary>
    sealed class Connection(ConnectionContext inner, SemaphoreSlim places) : ConnectionContext
    {
        int isDisposed;

        public override string ConnectionId
        {
            get => inner.ConnectionId;
            set => inner.ConnectionId = value;
        }
        public override IFeatureCollection Features => inner.Features;
        public override IDictionary<object, object?> Items
        {
            get => inner.Items;
            set => inner.Items = value;
        }
        public override IDuplexPipe Transport
        {
            get => inner.Transport;
            set => inner.Transport = value;
        }
        public override CancellationToken ConnectionClosed
        {
            get => inner.ConnectionClosed;
            set => inner.ConnectionClosed = value;
        }
        public override EndPoint? LocalEndPoint
        {
            get => inner.LocalEndPoint;
            set => inner.LocalEndPoint = value;
        }
        public override EndPoint? RemoteEndPoint
        {
            get => inner.RemoteEndPoint;
            set => inner.RemoteEndPoint = value;
        }

        public override void Abort() => inner.Abort();

        public override void Abort(ConnectionAbortedException abortReason) => inner.Abort(abortReason);

        public override async ValueTask DisposeAsync()
        {
            try
            {
                await inner.DisposeAsync();
                await base.DisposeAsync();
            }
            finally
            {
                if (Interlocked.Exchange(ref isDisposed, 1) == 0)
                    places.Release();
            }
        }
    }
}
