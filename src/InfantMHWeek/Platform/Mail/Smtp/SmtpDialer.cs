using System.Net;
using System.Net.Sockets;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace InfantMHWeek.Platform.Mail.Smtp;

/// <summary>Opens lines to the mail server, and signs in.</summary>
sealed class SmtpDialer(MailSettings settings)
{
    /// <returns>The line, or why there is none.</returns>
    public async Task<(SmtpConnection? Connection, Delivery? Trouble)> DialAsync(CancellationToken cancel)
    {
        var client = new SmtpClient { Timeout = (int)OutboxSender.Patience.TotalMilliseconds };
        // A letter ends with a few bytes of their own; held back until the server acknowledges the rest, they would cost 40 ms each time.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var (connected, trouble) = (false, (Delivery?)null);
        try
        {
            await socket.ConnectAsync(settings.Host!, settings.Port, cancel);
            await client.ConnectAsync(socket, settings.Host!, settings.Port, Security, cancel);
            connected = true;
            if (settings.User is { } user)
                await client.AuthenticateAsync(user, settings.Password ?? "", cancel);
        }
        // Whatever it is, it is between us and the server, and no mail is lost by it.
        catch (Exception problem)
        {
            client.Dispose();
            socket.Dispose();
            trouble = connected ? SmtpReplies.OfSignIn(problem) : SmtpReplies.OfConnecting(problem);
        }
        return (trouble is null ? new SmtpConnection(client) : null, trouble);
    }

    /// <summary>Encrypted, always; only a server on this very machine may do without.</summary>
    SecureSocketOptions Security =>
        settings.Port == 465 ? SecureSocketOptions.SslOnConnect
        : settings.Host == "localhost" || (IPAddress.TryParse(settings.Host, out var address) && IPAddress.IsLoopback(address))
            ? SecureSocketOptions.StartTlsWhenAvailable
        : SecureSocketOptions.StartTls;
}
