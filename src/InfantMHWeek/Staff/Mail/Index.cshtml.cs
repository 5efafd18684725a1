using System.Globalization;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using InfantMHWeek.Platform.Time;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Mail;

/// <summary>
/// What became of the site's mails: what waits and why, what was given up and can be sent again, which addresses refuse mail.
/// </summary>
[FormPage]
public sealed class IndexModel(
    SiteDb db,
    SiteStore store,
    FolderTransport folder,
    MailStatus status,
    MailSettings settings,
    TimeProvider clock
) : PageModel
{
    const int LettersShown = 100,
        MostPages = 100_000;

    public MailList List { get; private set; } = new(MailList.Waiting, null, null, 1);
    public IReadOnlyList<HeldMail> Held { get; private set; } = [];
    public IReadOnlyDictionary<MailLane, int> Waiting { get; private set; } = new Dictionary<MailLane, int>();
    public int Sent { get; private set; }
    public int GivenUp { get; private set; }
    public string? Server => settings.Host;
    public string? StatusMessage { get; private set; }
    public IReadOnlyList<MailRow> Mails { get; private set; } = [];

    /// <summary>The kinds of the mails in this state, and how many there are of each.</summary>
    public IReadOnlyList<(string Kind, int Count)> Kinds { get; private set; } = [];

    /// <summary>How many there are on all pages.</summary>
    public int Found { get; private set; }
    public IReadOnlyList<RefusedRecipient> RefusedReaders { get; private set; } = [];

    /// <summary>Names of the letters that were put into the data folder, newest first.</summary>
    public IReadOnlyList<string> Letters { get; private set; } = [];

    DateTime Now => clock.GetUtcNow().UtcDateTime;

    public Task OnGetAsync(string? state, string? kind, int part, string? done, CancellationToken cancel)
    {
        StatusMessage = done switch
        {
            "test" => "A test mail to you is on its way.",
            "none" => "There was nothing to send again: it has been sent again already, or has left.",
            "now" => "It is tried within a few seconds. Look at this page again.",
            "lifted" => "Mail to this address is tried again from now on. What was given up before can be sent again below “Given up”.",
            { } many when int.TryParse(many, NumberStyles.None, CultureInfo.InvariantCulture, out var count) =>
                $"{(count == 1 ? "One mail is" : $"{count} mails are")} on {(count == 1 ? "its" : "their")} way again.",
            _ => null,
        };
        return ShowAsync(state, kind, null, part, cancel);
    }

    /// <summary>By a post, because what is looked for may be somebody's address.</summary>
    public async Task<IActionResult> OnPostFindAsync(string? state, string? kind, string? words, int part, CancellationToken cancel)
    {
        await ShowAsync(state, kind, words, part, cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostTestAsync(CancellationToken cancel)
    {
        var (me, who) = (User.StaffId(), User);
        await store.WriteAsync(
            async (db, services) =>
            {
                var email = await db.Set<StaffMember>().Where(m => m.Id == me).Select(m => m.Email!).FirstAsync(cancel);
                var values = new Dictionary<string, string>(StringComparer.Ordinal) { ["time"] = Now.InUk() };
                await services
                    .GetRequiredService<Outbox>()
                    .QueueAsync(
                        db,
                        "test",
                        Guid.CreateVersion7(clock.GetUtcNow()).ToString(),
                        EmailAddress.Parse(email, CultureInfo.InvariantCulture),
                        values,
                        cancel: cancel
                    );
                db.Record(clock, who, "sent a test mail");
                return true;
            },
            cancel
        );
        return Redirect("/staff/mail?done=test&state=waiting");
    }

    /// <summary>Puts mails that were given up back on their way.</summary>
    /// <param name="chosen">These.</param>
    /// <param name="every">Or all, of one kind if <paramref name="of"/> names it.</param>
    public async Task<IActionResult> OnPostAgainAsync(Guid[] chosen, bool every, string? of, CancellationToken cancel)
    {
        var (ids, who) = (chosen.Take(MailList.PageSize).ToList(), User);
        var count = await store.WriteAsync(
            async db =>
            {
                var mails = new MailList(MailList.GivenUp, every ? of : null, null, 1).In(db);
                if (!every)
                    mails = mails.Where(m => ids.Contains(m.Id));
                // Whoever sends it again knows better than the address's last refusal.
                await db.Set<RefusedRecipient>().Where(r => mails.Any(m => m.Reader == r.Reader)).ExecuteDeleteAsync(cancel);
                var again = await OutboxMail.SendAgainAsync(mails, Now, cancel);
                if (again > 0)
                    db.Record(
                        clock,
                        who,
                        again == 1 ? "sent a mail again" : "sent mails again",
                        every ? $"{again}, {of ?? "all"}" : string.Join(' ', ids.Take(5))
                    );
                return again;
            },
            cancel
        );
        return Redirect(
            string.Create(
                CultureInfo.InvariantCulture,
                $"/staff/mail?state={(count == 0 ? MailList.GivenUp : MailList.Waiting)}&done={(count == 0 ? "none" : count)}"
            )
        );
    }

    /// <summary>Lets mail that is held be tried at once.</summary>
    public async Task<IActionResult> OnPostNowAsync(CancellationToken cancel)
    {
        await store.WriteAsync(db => db.Set<MailHold>().ExecuteUpdateAsync(set => set.SetProperty(h => h.TryNow, true), cancel), cancel);
        return Redirect("/staff/mail?state=waiting&done=now");
    }

    /// <summary>Forgets that an address refused mail.</summary>
    public async Task<IActionResult> OnPostLiftAsync(string? address, CancellationToken cancel)
    {
        var who = User;
        if (!EmailAddress.TryParse(address, CultureInfo.InvariantCulture, out var reader))
            return NotFound();
        await store.WriteAsync(
            async db =>
            {
                await RefusedRecipient.LiftAsync(db, reader, cancel);
                db.Record(clock, who, "let mail to an address be tried again");
            },
            cancel
        );
        return Redirect("/staff/mail?state=refused&done=lifted");
    }

    async Task ShowAsync(string? state, string? kind, string? words, int part, CancellationToken cancel)
    {
        Held = status.Held();
        Waiting = await MailList
            .Of(db, MailList.Waiting)
            .GroupBy(m => m.Lane)
            .Select(same => new { same.Key, Count = same.Count() })
            .ToDictionaryAsync(l => l.Key, l => l.Count, cancel);
        (Sent, GivenUp) = (
            await MailList.Of(db, MailList.Sent).CountAsync(cancel),
            await MailList.Of(db, MailList.GivenUp).CountAsync(cancel)
        );
        var known =
            MailList.States.Any(s => s.State == state) ? state!
            : GivenUp > 0 ? MailList.GivenUp
            : Waiting.Count > 0 ? MailList.Waiting
            : MailList.Sent;
        List = new(known, kind, words, Math.Clamp(part, 1, MostPages));
        Letters = [.. MailMessageModel.Names(folder).OrderDescending(StringComparer.Ordinal).Take(LettersShown)];
        if (known == MailList.Refused)
        {
            RefusedReaders = await db.Set<RefusedRecipient>()
                .AsNoTracking()
                .OrderByDescending(r => r.At)
                .Skip((List.Part - 1) * MailList.PageSize)
                .Take(MailList.PageSize)
                .ToListAsync(cancel);
            Found = await db.Set<RefusedRecipient>().CountAsync(cancel);
            return;
        }
        var kinds = await MailList
            .Of(db, known)
            .GroupBy(m => m.Kind)
            .Select(same => new { same.Key, Count = same.Count() })
            .OrderBy(k => k.Key)
            .ToListAsync(cancel);
        Kinds = [.. kinds.Select(k => (k.Key, k.Count))];
        Found = await List.In(db).CountAsync(cancel);
        Mails = await List.RowsAsync(db, cancel);
    }
}
