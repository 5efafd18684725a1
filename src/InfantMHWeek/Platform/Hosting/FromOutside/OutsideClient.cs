using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace InfantMHWeek.Platform.Hosting.FromOutside;

/// <summary>Asks one site, at one place, and nothing else: no redirect is followed, and no proxy of the environment is used.</summary>
sealed class OutsideClient : IDisposable
{
    readonly HttpClient client;
    readonly X509Certificate2Collection? roots;

    /// <summary>What the site showed, and why it is not believed.</summary>
    public X509Certificate2? Certificate { get; private set; }
    public string? Distrust { get; private set; }

    /// <param name="at">Where to connect to instead of where its name leads; null for that.</param>
    /// <param name="roots">Certificates to believe besides those of the machine.</param>
    public OutsideClient(Uri site, IPAddress? at, X509Certificate2Collection? roots)
    {
        this.roots = roots;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            SslOptions = new SslClientAuthenticationOptions { TargetHost = site.IdnHost, RemoteCertificateValidationCallback = Look },
            ConnectCallback = async (context, cancel) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                try
                {
                    if (at is null)
                        await socket.ConnectAsync(site.IdnHost, context.DnsEndPoint.Port, cancel);
                    else
                        await socket.ConnectAsync(new IPEndPoint(at, context.DnsEndPoint.Port), cancel);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        };
        client = new HttpClient(handler)
        {
            Timeout = TimeSpan.FromSeconds(20),
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
    }

    public async Task<HttpResponseMessage> AskAsync(Uri address, params IEnumerable<(string Name, string Value)> headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await client.SendAsync(request);
    }

    /// <summary>Goes on whatever is shown: what is wrong with it is said, and the rest is looked at too.</summary>
    bool Look(object sender, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors)
    {
        if (shown is null)
            return false;
        Certificate ??= X509CertificateLoader.LoadCertificate(shown.GetRawCertData());
        if (roots is not null && errors == SslPolicyErrors.RemoteCertificateChainErrors && chain is not null)
        {
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.AddRange(roots);
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            if (chain.Build(Certificate))
                errors = SslPolicyErrors.None;
        }
        Distrust = errors switch
        {
            SslPolicyErrors.None => null,
            _ when errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) => "it was made for another name",
            _ => chain?.ChainStatus.Select(s => s.StatusInformation.Trim()).FirstOrDefault(s => s.Length > 0)
                ?? "nobody that this machine trusts has signed it",
        };
        return true;
    }

    public void Dispose()
    {
        client.Dispose();
        Certificate?.Dispose();
    }
}
