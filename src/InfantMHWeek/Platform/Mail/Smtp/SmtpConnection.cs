using MailKit.Net.Smtp;

namespace InfantMHWeek.Platform.Mail.Smtp;

/// <summary>One open line to the mail server, for one mail at a time.</summary>
sealed class SmtpConnection(SmtpClient client) : IDisposable
{
    static readonly TimeSpan TrustedFor = TimeSpan.FromSeconds(2);

    public SmtpClient Client => client;

    /// <summary>Whether it has been idle in between: the server may have closed it without our knowing.</summary>
    public bool WasKept { get; set; }
    public DateTimeOffset RestsSince { get; set; }

    /// <summary>Whether the server still answers; not asked of a line that has only just come back.</summary>
    public async Task<bool> IsAliveAsync(DateTimeOffset now, CancellationToken cancel)
    {
        if (!client.IsConnected)
            return false;
        if (now - RestsSince < TrustedFor)
            return true;
        try
        {
            await client.NoOpAsync(cancel);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    public void Dispose() => client.Dispose();
}
