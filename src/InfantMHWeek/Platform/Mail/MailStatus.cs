using System.Globalization;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Mail;

/// <summary>Why all mail is held, in plain words.</summary>
/// <param name="Wrong">What is wrong.</param>
/// <param name="ToDo">What to do about it.</param>
/// <param name="Words">What the mail server said.</param>
/// <param name="Waiting">So many mails that are due wait for it.</param>
sealed record HeldMail(string Wrong, string ToDo, string Words, DateTime Since, DateTime NextTryAt, int Waiting)
{
    public string NothingIsLost =>
        Waiting switch
        {
            0 => "Nothing is lost.",
            1 => "Nothing is lost: one mail waits.",
            _ => string.Create(CultureInfo.InvariantCulture, $"Nothing is lost: {Waiting} mails wait."),
        };
}

/// <summary>Tells staff how it stands between the site and its mail server.</summary>
sealed class MailStatus(IServiceScopeFactory scopes, MailSettings settings, TimeProvider clock)
{
    const string StartAgain = "then start the site again.";

    /// <summary>One for each thing that is wrong; none while mail leaves, and none while the store cannot be asked.</summary>
    public IReadOnlyList<HeldMail> Held()
    {
        try
        {
            using var scope = scopes.CreateScope();
            var db = scope.ServiceProvider.GetRequiredService<SiteDb>();
            var now = clock.GetUtcNow().UtcDateTime;
            var shown = now - MailHold.ShownFor;
            var holds = db.Set<MailHold>().AsNoTracking().Where(h => h.NextTryAt > shown).OrderBy(h => h.Since).ToList();
            if (holds.Count == 0)
                return [];
            var waiting = db.Set<OutboxMail>().Count(m => m.SentAt == null && m.GivenUpAt == null && m.NextAttemptAt <= now);
            return [.. holds.GroupBy(h => h.Trouble).Select(same => Tell(same.First(), waiting))];
        }
        catch (Exception problem) when (StoreTrouble.Is(problem))
        {
            return [];
        }
    }

    HeldMail Tell(MailHold hold, int waiting)
    {
        var (wrong, toDo) = InWords(hold.Trouble);
        return new(wrong, toDo, hold.Words, hold.Since, hold.NextTryAt, waiting);
    }

    (string Wrong, string ToDo) InWords(MailTrouble trouble) =>
        trouble switch
        {
            MailTrouble.WantsPassword => (
                "The mail server wants a password before it takes our mail.",
                "Set Mail:User and Mail:Password to what the mail provider gave you, " + StartAgain
            ),
            MailTrouble.Password => (
                "The mail server refused our password.",
                "Set Mail:User and Mail:Password to what the mail provider gave you, " + StartAgain
            ),
            MailTrouble.Encryption => (
                "No safe connection to the mail server can be made: it offers none, or its certificate is out of date or has another name.",
                "Look whether Mail:Host is the name on its certificate, and Mail:Port is 587 or 465. If they are right, tell whoever "
                    + "runs the mail server."
            ),
            MailTrouble.Sender => (
                $"The mail server takes no mail from {settings.From.Address}.",
                "Set Mail:From to an address that it allows, " + StartAgain + " Or ask the mail provider to allow this one."
            ),
            MailTrouble.Policy => (
                "The mail server refuses our mail.",
                "Show its words to the mail provider: the site, its address or its mails may have been blocked."
            ),
            MailTrouble.Folder => (
                "Mail cannot be written into the data folder.",
                "Tell whoever looks after the server: the disk may be full, or the folder closed to the site."
            ),
            _ => (
                $"The mail server {settings.Host} cannot be reached.",
                "Usually it comes back by itself. If it does not, look whether Mail:Host and Mail:Port are right, and ask the mail "
                    + "provider."
            ),
        };
}
