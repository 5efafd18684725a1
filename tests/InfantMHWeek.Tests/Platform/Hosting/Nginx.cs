using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace InfantMHWeek.Tests.Platform.Hosting;

/// <summary>
/// The nginx of this machine with the site file that ships, on ports of its own and with a certificate made for the test.
/// </summary>
sealed class Nginx : IAsyncDisposable
{
    const string Program = "/usr/sbin/nginx";
    readonly Process process;
    readonly DirectoryInfo folder;
    string certificate = "";

    public int Https { get; }
    public int Http { get; }

    /// <summary>The certificate's file, for <c>--ca</c>.</summary>
    public string Authority => Path.Combine(folder.FullName, "fullchain.pem");

    /// <summary>Everything that nginx wrote anywhere.</summary>
    public string Logs => string.Concat(folder.EnumerateFiles("*.log").Select(f => File.ReadAllText(f.FullName)));

    /// <param name="change">Changes the site file, to see what the check says of it.</param>
    Nginx(int site, Func<string, string> change, int days)
    {
        folder = Directory.CreateTempSubdirectory("imhw-nginx-");
        (Https, Http) = (ServedSite.FreePort(), ServedSite.FreePort());
        MakeCertificate(days);
        var file = File.ReadAllText(Path.Combine(RepositoryFiles.Project, "Deploy", "nginx-site.conf"));
        foreach (
            var (shipped, here) in new (string, string)[]
            {
                ("listen 443 ", $"listen 127.0.0.1:{Https} "),
                ("listen 80", $"listen 127.0.0.1:{Http}"),
                ("server 127.0.0.1:5080;", $"server 127.0.0.1:{site};"),
                ("/etc/ssl/week.example/", folder.FullName + "/"),
                ("/var/log/nginx/", folder.FullName + "/"),
                ("/run/", folder.FullName + "/"),
            }
        )
            file = file.Replace(shipped, here, StringComparison.Ordinal);
        file = change(string.Join('\n', file.Split('\n').Where(l => !l.Contains("listen [::]", StringComparison.Ordinal))));
        File.WriteAllText(
            Path.Combine(folder.FullName, "nginx.conf"),
            $$"""
            pid {{folder.FullName}}/nginx.pid;
            error_log {{folder.FullName}}/main-error.log;
            events { }
            http {
                access_log {{folder.FullName}}/main-access.log;
                gzip on;
                types { text/html html; }
                {{string.Join(
                '\n',
                ((string[])["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]).Select(n => $"{n}_temp_path {folder.FullName}/{n};")
            )}}
                {{file}}
            }
            """
        );
        var start = new ProcessStartInfo(
            Program,
            [
                "-p",
                folder.FullName,
                "-c",
                Path.Combine(folder.FullName, "nginx.conf"),
                "-e",
                Path.Combine(folder.FullName, "start-error.log"),
                "-g",
                "daemon off; master_process off;",
            ]
        )
        {
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        process = Process.Start(start)!;
    }

    public static async Task<Nginx> Start(int site, Func<string, string>? change = null, int days = 60)
    {
        Assert.SkipUnless(File.Exists(Program), "There is no nginx here (Debian: apt-get install nginx-light).");
        var nginx = new Nginx(site, change ?? (file => file), days);
        for (var tries = 0; ; tries++)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, nginx.Https, TestContext.Current.CancellationToken);
                return nginx;
            }
            catch (SocketException) when (tries < 100 && !nginx.process.HasExited)
            {
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }
        }
    }

    /// <summary>A browser that comes through it, follows nothing, keeps nothing and unpacks nothing.</summary>
    public HttpClient Browser() =>
        new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseProxy = false,
                UseCookies = false,
                AutomaticDecompression = DecompressionMethods.None,
                SslOptions = new()
                {
                    TargetHost = "week.example",
                    RemoteCertificateValidationCallback = (_, shown, _, _) =>
                        shown?.GetCertHashString(HashAlgorithmName.SHA256) == certificate,
                },
                ConnectCallback = async (_, cancel) =>
                {
                    var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                    await socket.ConnectAsync(IPAddress.Loopback, Https, cancel);
                    return new NetworkStream(socket, ownsSocket: true);
                },
            }
        )
        {
            BaseAddress = new Uri("https://week.example"),
            DefaultRequestVersion = HttpVersion.Version20,
        };

    void MakeCertificate(int days)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=week.example", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("week.example");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true)
        );
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(days).AddHours(1));
        certificate = made.GetCertHashString(HashAlgorithmName.SHA256);
        File.WriteAllText(Authority, made.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder.FullName, "privkey.pem"), key.ExportPkcs8PrivateKeyPem());
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
        folder.Delete(recursive: true);
    }
}

/// <summary>Where the files of the project lie.</summary>
static class RepositoryFiles
{
    public static string Project => InfantMHWeek.Platform.Configuration.SiteFolders.Home;
}
