using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MimeKit;

namespace InfantMHWeek.Tests.Platform.Mail;

/// <summary>A mail server that keeps what it is given and behaves as it is told.</summary>
public sealed class SmtpCatcher : IAsyncDisposable
{
    /// <summary>
    /// Up to <see cref="RefusePassword"/> they show before the first mail of a connection; the others are chosen anew for each mail.
    /// </summary>
    public enum Mood
    {
        /// <summary>Hangs up instead of a greeting.</summary>
        CloseAtOnce,

        /// <summary>Never greets.</summary>
        Silent,
        Garbage,

        /// <summary>Offers encryption with a certificate that nobody signed.</summary>
        BadCertificate,
        RefusePassword,
        Accept,
        WantPassword,
        RefuseSender,

        /// <summary>421, as a server that is being stopped.</summary>
        Closing,
        Greylist,
        RefuseReader,

        /// <summary>554 5.7.1 when the reader is named.</summary>
        Policy,
        Relaying,
        Later,
        DropBeforeLetter,

        /// <summary>Hangs up in the middle of the letter.</summary>
        DropMidLetter,

        /// <summary>Reads the letter and hangs up without having taken it.</summary>
        DropInLetter,

        /// <summary>Takes the letter and hangs up before it says so.</summary>
        DropAfterLetter,
        Hang,

        /// <summary>550 5.7.1 after the letter.</summary>
        Refuse,
    }

    public sealed record Caught(IReadOnlyList<string> Readers, string Raw)
    {
        public MimeMessage Letter => MimeMessage.Load(new MemoryStream(Encoding.Latin1.GetBytes(Raw)));
    }

    /// <summary>What is going on over one connection.</summary>
    sealed class Talk(StreamReader reader, StreamWriter writer, Mood mood)
    {
        public StreamReader Reader => reader;
        public StreamWriter Writer => writer;
        public Mood Mood { get; set; } = mood;
        public List<string> Readers { get; } = [];
        public int Mails { get; set; }
        public bool SignedIn { get; set; }
    }

    static readonly Lazy<X509Certificate2> Unsigned = new(MakeCertificate);
    readonly CancellationTokenSource closing = new();
    readonly ConcurrentDictionary<TcpClient, bool> visitors = new();
    TcpListener listener = new(IPAddress.Loopback, 0);
    TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    Task listening;
    int open;

    public SmtpCatcher()
    {
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listening = Listen(listener);
    }

    public int Port { get; }
    public Mood Behaves { get; set; } = Mood.Accept;

    /// <summary>Asked for each mail, when it shall not always be the same.</summary>
    public Func<Mood>? Chooses { get; set; }

    /// <summary>Asked when a reader is named; a null leaves it as it was.</summary>
    public Func<string, Mood?>? ByReader { get; set; }

    /// <summary>So many connections at once; further ones are told 421.</summary>
    public int MostConnections { get; set; } = int.MaxValue;
    public ConcurrentQueue<Caught> Letters { get; } = new();

    /// <summary>How many connections there have been, and how many there were at most at once.</summary>
    public int Connections { get; private set; }
    public int MostAtOnce { get; private set; }

    /// <summary>Released whenever somebody waits for an answer that will not come.</summary>
    public SemaphoreSlim Hangs { get; } = new(0);

    /// <summary>All that hang get their answer: taken.</summary>
    public void Release() => Interlocked.Exchange(ref released, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    /// <summary>Hangs up on everybody.</summary>
    public void DropAll()
    {
        foreach (var visitor in visitors.Keys)
            visitor.Close();
    }

    /// <summary>Nobody listens at the port until <see cref="Resume"/>.</summary>
    public async Task Stop()
    {
        listener.Stop();
        await listening;
        DropAll();
    }

    public void Resume()
    {
        listener = new(IPAddress.Loopback, Port);
        listener.Start();
        listening = Listen(listener);
    }

    async Task Listen(TcpListener at)
    {
        try
        {
            while (true)
                _ = Serve(await at.AcceptTcpClientAsync(closing.Token));
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException) { }
    }

    async Task Serve(TcpClient client)
    {
        using var visitor = client;
        visitors[visitor] = true;
        visitor.NoDelay = true;
        (Connections, MostAtOnce) = (Connections + 1, Math.Max(MostAtOnce, Interlocked.Increment(ref open)));
        try
        {
            using var reader = new StreamReader(visitor.GetStream(), Encoding.Latin1);
            await using var writer = new StreamWriter(visitor.GetStream(), Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
            var talk = new Talk(reader, writer, Chooses?.Invoke() ?? Behaves);
            if (talk.Mood == Mood.CloseAtOnce)
                return;
            if (talk.Mood == Mood.Silent)
                await Task.Delay(Timeout.Infinite, closing.Token);
            await writer.WriteLineAsync(
                open > MostConnections ? "421 4.3.2 too many connections"
                : talk.Mood == Mood.Garbage ? "HTTP/1.1 400 Bad Request"
                : "220 catcher"
            );
            if (open > MostConnections)
                return;
            while (await reader.ReadLineAsync(closing.Token) is { } line && await Answer(talk, line, visitor.GetStream())) { }
        }
        catch (Exception end)
            when (end
                    is OperationCanceledException
                        or IOException
                        or ObjectDisposedException
                        or InvalidOperationException
                        or AuthenticationException
            ) { }
        finally
        {
            Interlocked.Decrement(ref open);
            visitors.TryRemove(visitor, out _);
        }
    }

    /// <returns>False when the line is cut.</returns>
    async Task<bool> Answer(Talk talk, string line, NetworkStream stream)
    {
        switch (line.Split(' ', ':')[0].ToUpperInvariant())
        {
            case "EHLO" or "HELO":
                var encryption = talk.Mood == Mood.BadCertificate ? "250-STARTTLS\r\n" : "";
                await talk.Writer.WriteLineAsync($"250-catcher\r\n250-PIPELINING\r\n250-ENHANCEDSTATUSCODES\r\n{encryption}250 AUTH PLAIN");
                return true;
            case "STARTTLS":
                await talk.Writer.WriteLineAsync("220 go on");
                await using (var safe = new SslStream(stream))
                    await safe.AuthenticateAsServerAsync(Unsigned.Value);
                return false;
            case "AUTH":
                talk.SignedIn = talk.Mood != Mood.RefusePassword;
                await talk.Writer.WriteLineAsync(talk.SignedIn ? "235 2.7.0 welcome" : "535 5.7.8 the password is wrong");
                return true;
            case "MAIL":
                if (talk.Mails++ > 0)
                    talk.Mood = Chooses?.Invoke() ?? Behaves;
                if (talk.Mood == Mood.CloseAtOnce)
                    return false;
                talk.Readers.Clear();
                await talk.Writer.WriteLineAsync(
                    talk.Mood switch
                    {
                        Mood.WantPassword when !talk.SignedIn => "530 5.7.0 a password is needed",
                        Mood.RefuseSender => "550 5.1.0 this sender may not",
                        Mood.Closing => "421 4.3.2 closing",
                        _ => "250 ok",
                    }
                );
                return talk.Mood != Mood.Closing;
            case "RCPT":
                var to = line["RCPT TO:".Length..].Trim('<', '>', ' ');
                talk.Mood = ByReader?.Invoke(to) ?? talk.Mood;
                talk.Readers.Add(to);
                await talk.Writer.WriteLineAsync(
                    talk.Mood switch
                    {
                        Mood.RefuseReader => "550 5.1.1 no such mailbox",
                        Mood.Policy => "554 5.7.1 refused by policy",
                        Mood.Relaying => $"554 5.7.1 <{to}>: Relay access denied",
                        Mood.Greylist => "451 4.7.1 come again later",
                        _ => "250 ok",
                    }
                );
                return true;
            case "DATA":
                return await TakeLetter(talk);
            case "QUIT":
                await talk.Writer.WriteLineAsync("221 bye");
                return false;
            default:
                await talk.Writer.WriteLineAsync("250 ok");
                return true;
        }
    }

    /// <returns>False when the line is cut.</returns>
    async Task<bool> TakeLetter(Talk talk)
    {
        if (talk.Mood == Mood.DropBeforeLetter)
            return false;
        if (
            talk.Mood
            is Mood.Later
                or Mood.RefuseReader
                or Mood.Policy
                or Mood.Relaying
                or Mood.Greylist
                or Mood.RefuseSender
                or Mood.WantPassword
        )
        {
            await talk.Writer.WriteLineAsync(talk.Mood == Mood.Later ? "451 4.3.0 try again later" : "503 5.5.1 no reader");
            return true;
        }
        await talk.Writer.WriteLineAsync("354 go on");
        var text = new StringBuilder();
        while (await talk.Reader.ReadLineAsync(closing.Token) is { } line && line != ".")
        {
            text.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
            if (talk.Mood == Mood.DropMidLetter && text.Length > 500)
                return false;
        }
        if (talk.Mood == Mood.DropInLetter)
            return false;
        if (talk.Mood == Mood.Hang)
        {
            var release = released.Task;
            Hangs.Release();
            await release.WaitAsync(closing.Token);
        }
        if (talk.Mood == Mood.Refuse)
        {
            await talk.Writer.WriteLineAsync("550 5.7.1 not here");
            return true;
        }
        Letters.Enqueue(new([.. talk.Readers], text.ToString()));
        if (talk.Mood == Mood.DropAfterLetter)
            return false;
        await talk.Writer.WriteLineAsync("250 taken");
        return true;
    }

    static X509Certificate2 MakeCertificate()
    {
        using var key = RSA.Create(2048);
        var now = DateTimeOffset.UnixEpoch.AddYears(50);
        using var made = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(
            now,
            now.AddYears(50)
        );
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        listener.Stop();
        await listening;
        closing.Dispose();
        Hangs.Dispose();
        listener.Dispose();
    }
}
