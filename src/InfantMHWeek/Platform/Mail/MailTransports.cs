using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace InfantMHWeek.Platform.Mail;

public enum DeliveryOutcome
{
    Delivered,
    /// <summary>Not now: later it may go.</summary>
    Later,
    /// <summary>The server could not be spoken to at all, so no other mail need be tried now.</summary>
    ServerAway,
    /// <summary>Never: it was refused for good.</summary>
    Refused,
}

/// <summary>Takes letters out of the house.</summary>
public interface IMailTransport
{
    /// <returns>What became of it, and the server's words if it did not go.</returns>
    Task<(DeliveryOutcome Fate, string? Problem)> SendAsync(MimeMessage letter, CancellationToken cancel);
}

/// <summary>Hands letters to a mail server.</summary>
public sealed class SmtpTransport(MailSettings settings) : IMailTransport
{
    public async Task<(DeliveryOutcome Fate, string? Problem)> SendAsync(MimeMessage letter, CancellationToken cancel)
    {
        using var server = new SmtpClient { Timeout = 60_000 };
        try
        {
            await server.ConnectAsync(settings.Host!, settings.Port, Security, cancel);
            if (settings.User is { } user) await server.AuthenticateAsync(user, settings.Password ?? "", cancel);
        }
        catch (Exception problem) when (IsOfTheWay(problem) || problem is SmtpCommandException or AuthenticationException)
        {
            // Also a wrong password: it is mended in the settings, and no mail is lost by it.
            return (DeliveryOutcome.ServerAway, problem.Message);
        }
        try
        {
            await server.SendAsync(letter, cancel);
        }
        catch (SmtpCommandException problem)
        {
            return ((int)problem.StatusCode >= 500 ? DeliveryOutcome.Refused : DeliveryOutcome.Later, string.Create(CultureInfo.InvariantCulture, $"{(int)problem.StatusCode} {problem.Message}"));
        }
        catch (Exception problem) when (IsOfTheWay(problem))
        {
            return (DeliveryOutcome.Later, problem.Message);
        }
        try
        {
            await server.DisconnectAsync(quit: true, cancel);
        }
        catch (Exception problem) when (IsOfTheWay(problem))
        {
            // It was taken; how we part does not matter.
        }
        return (DeliveryOutcome.Delivered, null);
    }

    /// <summary>Encrypted, always; only a server on this very machine may do without.</summary>
    SecureSocketOptions Security => settings.Port == 465 ? SecureSocketOptions.SslOnConnect
        : settings.Host == "localhost" || (IPAddress.TryParse(settings.Host, out var address) && IPAddress.IsLoopback(address)) ? SecureSocketOptions.StartTlsWhenAvailable
        : SecureSocketOptions.StartTls;

    static bool IsOfTheWay(Exception problem) => problem is IOException or SocketException or ProtocolException or SslHandshakeException or OperationCanceledException or TimeoutException or ServiceNotConnectedException or NotSupportedException;
}

/// <summary>Puts letters into the data folder, where staff read them: for trying out, and for a site that has no mail server yet.</summary>
public sealed class FolderTransport(IConfiguration settings) : IMailTransport
{
    public const string Ending = ".eml";

    public string Folder => Path.Combine(SiteFolders.Data(settings), "mail");

    /// <summary>Deletes the letters that were asked for before a moment (UTC); their names begin with theirs.</summary>
    public void ForgetBefore(DateTime moment)
    {
        foreach (var file in Before(moment)) File.Delete(file);
    }

    /// <returns>How many letters are older, of how many.</returns>
    public (int Before, int All) CountBefore(DateTime moment) => (Before(moment).Count, Directory.Exists(Folder) ? Directory.EnumerateFiles(Folder).Count() : 0);

    List<string> Before(DateTime moment) => Directory.Exists(Folder) ? [.. Directory.EnumerateFiles(Folder).Where(f => string.CompareOrdinal(Path.GetFileName(f), NameOf(moment)) < 0)] : [];

    static string NameOf(DateTime moment) => moment.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);

    public async Task<(DeliveryOutcome Fate, string? Problem)> SendAsync(MimeMessage letter, CancellationToken cancel)
    {
        try
        {
            var folder = SiteFolders.OpenData(settings, "mail");
            var name = $"{NameOf(letter.Date.UtcDateTime)}-{letter.MessageId!.Split('@')[0]}";
            var part = Path.Combine(folder, name + ".part");
            await using (var file = new FileStream(part, FileMode.Create, FileAccess.Write)) await letter.WriteToAsync(file, cancel);
            File.Move(part, Path.Combine(folder, name + Ending), overwrite: true);
            return (DeliveryOutcome.Delivered, null);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or SettingsException)
        {
            return (DeliveryOutcome.ServerAway, problem.Message);
        }
    }
}
