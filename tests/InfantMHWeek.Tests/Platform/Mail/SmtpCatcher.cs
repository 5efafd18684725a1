using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MimeKit;

namespace InfantMHWeek.Tests.Platform.Mail;

/// <summary>A mail server that keeps what it is given and behaves as it is told.</summary>
public sealed class SmtpCatcher : IAsyncDisposable
{
    public enum Mood
    {
        Accept,
        Later,
        Refuse,
        RefuseReader,
        Hang,
        /// <summary>Hangs up instead of a greeting.</summary>
        CloseAtOnce,
        DropBeforeLetter,
        /// <summary>Reads the letter and hangs up without having taken it.</summary>
        DropInLetter,
        /// <summary>Takes the letter and hangs up before it says so.</summary>
        DropAfterLetter,
    }

    public sealed record Caught(IReadOnlyList<string> Readers, string Raw)
    {
        public MimeMessage Letter => MimeMessage.Load(new MemoryStream(Encoding.Latin1.GetBytes(Raw)));
    }

    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource closing = new();
    readonly Task listening;

    public SmtpCatcher()
    {
        listener.Start();
        listening = Listen();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;
    public Mood Behaves { get; set; }

    /// <summary>Asked at each connection, when it shall not always be the same.</summary>
    public Func<Mood>? Chooses { get; set; }
    public ConcurrentQueue<Caught> Letters { get; } = new();

    /// <summary>Released whenever somebody waits for an answer that will not come.</summary>
    public SemaphoreSlim Hangs { get; } = new(0);

    async Task Listen()
    {
        try
        {
            while (true) _ = Serve(await listener.AcceptTcpClientAsync(closing.Token));
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    async Task Serve(TcpClient client)
    {
        using var visitor = client;
        using var reader = new StreamReader(visitor.GetStream(), Encoding.Latin1);
        await using var writer = new StreamWriter(visitor.GetStream(), Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
        try
        {
            var (mood, readers) = (Chooses?.Invoke() ?? Behaves, new List<string>());
            if (mood == Mood.CloseAtOnce) return;
            await writer.WriteLineAsync("220 catcher");
            while (await reader.ReadLineAsync(closing.Token) is { } line)
            {
                if (line.StartsWith("RCPT TO:", StringComparison.OrdinalIgnoreCase)) readers.Add(line["RCPT TO:".Length..].Trim('<', '>', ' '));
                if (line.StartsWith("DATA", StringComparison.OrdinalIgnoreCase))
                {
                    if (await TakeLetter(mood, reader, writer, readers)) continue;
                    return;
                }
                await writer.WriteLineAsync(line.Split(' ')[0].ToUpperInvariant() switch
                {
                    "EHLO" or "HELO" => "250 catcher",
                    "QUIT" => "221 bye",
                    "RCPT" when mood == Mood.RefuseReader => "550 5.1.1 no such mailbox",
                    _ => "250 ok",
                });
                if (line.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase)) return;
            }
        }
        catch (Exception end) when (end is OperationCanceledException or IOException)
        {
        }
    }

    /// <returns>False when the line is cut.</returns>
    async Task<bool> TakeLetter(Mood mood, StreamReader reader, StreamWriter writer, List<string> readers)
    {
        if (mood == Mood.DropBeforeLetter) return false;
        if (mood == Mood.Later)
        {
            await writer.WriteLineAsync("451 4.3.0 try again later");
            return true;
        }
        await writer.WriteLineAsync("354 go on");
        var text = new StringBuilder();
        while (await reader.ReadLineAsync(closing.Token) is { } line && line != ".") text.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        if (mood == Mood.DropInLetter) return false;
        if (mood == Mood.Hang)
        {
            Hangs.Release();
            await Task.Delay(Timeout.Infinite, closing.Token);
        }
        if (mood == Mood.Refuse)
        {
            await writer.WriteLineAsync("550 5.7.1 not here");
            return true;
        }
        Letters.Enqueue(new([.. readers], text.ToString()));
        readers.Clear();
        if (mood == Mood.DropAfterLetter) return false;
        await writer.WriteLineAsync("250 taken");
        return true;
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
