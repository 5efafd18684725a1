using System.Globalization;
using InfantMHWeek.Platform;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Mail;

/// <summary>What became of the site's mails; what was given up can be sent again.</summary>
[FormPage]
public sealed class IndexModel(SiteDb db, Outbox outbox, FolderTransport folder, MailSettings settings, TimeProvider clock) : PageModel
{
    const int Shown = 100;
    public static readonly IReadOnlyList<(string State, string Label)> States = [("given-up", "Given up"), ("waiting", "Waiting"), ("sent", "Sent")];

    public sealed record Row(Guid Id, string Kind, EmailAddress To, string Subject, DateTime QueuedAt, DateTime NextAttemptAt, int Attempts, DateTime? SentAt, DateTime? GivenUpAt, string? LastProblem);

    public string State { get; private set; } = "";
    public int Waiting { get; private set; }
    public int Sent { get; private set; }
    public int GivenUp { get; private set; }
    public string? Server => settings.Host;
    public string? Said { get; private set; }
    public IReadOnlyList<Row> Mails { get; private set; } = [];

    /// <summary>Names of the letters that were put into the data folder, newest first.</summary>
    public IReadOnlyList<string> Letters { get; private set; } = [];

    public async Task OnGetAsync(string? state, string? done, CancellationToken cancel)
    {
        Said = done switch { "test" => "A test mail to you is on its way.", "again" => "It will be tried again at once.", _ => null };
        var mails = db.Set<OutboxMail>().AsNoTracking();
        Sent = await mails.CountAsync(m => m.SentAt != null, cancel);
        GivenUp = await mails.CountAsync(m => m.GivenUpAt != null, cancel);
        Waiting = await mails.CountAsync(m => m.SentAt == null && m.GivenUpAt == null, cancel);
        State = States.Any(s => s.State == state) ? state! : GivenUp > 0 ? "given-up" : Waiting > 0 ? "waiting" : "sent";
        mails = State switch { "sent" => mails.Where(m => m.SentAt != null), "given-up" => mails.Where(m => m.GivenUpAt != null), _ => mails.Where(m => m.SentAt == null && m.GivenUpAt == null) };
        Mails = await mails.OrderByDescending(m => m.QueuedAt).Take(Shown)
            .Select(m => new Row(m.Id, m.Kind, m.To, m.Subject, m.QueuedAt, m.NextAttemptAt, m.Attempts, m.SentAt, m.GivenUpAt, m.LastProblem)).ToListAsync(cancel);
        Letters = [.. LetterModel.Names(folder).OrderDescending(StringComparer.Ordinal).Take(Shown)];
    }

    public async Task<IActionResult> OnPostTestAsync(CancellationToken cancel)
    {
        var me = User.StaffId();
        var email = await db.Set<StaffMember>().Where(m => m.Id == me).Select(m => m.Email!).FirstAsync(cancel);
        outbox.Queue("test", Guid.CreateVersion7(clock.GetUtcNow()).ToString(), EmailAddress.Parse(email, CultureInfo.InvariantCulture), new Dictionary<string, string>(StringComparer.Ordinal) { ["time"] = clock.GetUtcNow().UtcDateTime.InUk() });
        db.Record(clock, User, "sent a test mail");
        await db.SaveChangesAsync(cancel);
        return Redirect("/staff/mail?done=test&state=waiting");
    }

    public async Task<IActionResult> OnPostAgainAsync(Guid id, CancellationToken cancel)
    {
        if (await db.Set<OutboxMail>().FirstOrDefaultAsync(m => m.Id == id && m.GivenUpAt != null, cancel) is { } mail)
        {
            mail.SendAgain(clock.GetUtcNow().UtcDateTime);
            db.Record(clock, User, "sent a mail again", id.ToString());
            await db.SaveChangesAsync(cancel);
        }
        return Redirect("/staff/mail?done=again&state=waiting");
    }
}
