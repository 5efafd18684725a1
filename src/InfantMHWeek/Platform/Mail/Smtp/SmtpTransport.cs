using MailKit;
using MimeKit;

namespace InfantMHWeek.Platform.Mail.Smtp;

/// <summary>Hands mails to a mail server, several at once, over connections that are kept.</summary>
sealed class SmtpTransport(MailSettings settings, TimeProvider clock) : IMailTransport, IDisposable
{
    const int MostTries = 3;
    readonly SmtpConnections connections = new(settings, clock);

    public async Task<Delivery> SendAsync(MimeMessage message, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (connection, trouble) = await connections.RentAsync(cancel);
            if (connection is null)
                return trouble!;
            var body = new Body();
            try
            {
                await connection.Client.SendAsync(message, cancel, body);
                connections.Return(connection);
                return Delivery.Done;
            }
            catch (Exception problem)
            {
                var delivery = SmtpReplies.OfSending(problem);
                if (SmtpReplies.EndsConnection(problem) || !connection.Client.IsConnected || IsOfTheLine(delivery))
                    connections.Drop(connection);
                else
                    connections.Return(connection);
                // A line that was kept may have been closed, or used up, meanwhile; before the mail itself was begun, nothing has happened.
                if (attempt == MostTries || !connection.WasKept || body.Begun || cancel.IsCancellationRequested || !IsOfTheLine(delivery))
                    return delivery;
                connections.DropIdle();
            }
        }
    }

    public Task CloseIdleConnectionsAsync() => connections.CloseIdleConnectionsAsync();

    public void Dispose() => connections.Dispose();

    /// <summary>Another line may do better.</summary>
    static bool IsOfTheLine(Delivery delivery) =>
        delivery.Outcome == DeliveryOutcome.Broken || delivery is { Outcome: DeliveryOutcome.Held, Trouble: MailTrouble.Unreachable };

    /// <summary>Whether anything of the mail itself has been sent: from then on the server may have taken it.</summary>
    sealed class Body : ITransferProgress
    {
        public bool Begun { get; private set; }

        public void Report(long bytesTransferred, long totalSize) => Begun = true;

        public void Report(long bytesTransferred) => Begun = true;
    }
}
