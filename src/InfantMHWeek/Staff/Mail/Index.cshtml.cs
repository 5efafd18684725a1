using System.Globalization;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Mail;

/// <summary>
/// What became of the site's mails: what waits and why, what was given up and can be sent again, which addresses refuse mail.
/// </summary>
[FormPage]
sealed class IndexModel(SiteDb db, MailAdministration administration, FolderTransport folder, MailStatus status, MailSettings settings)
    : PageModel
{
    const int LettersShown = 100,
        MostPages = 100_000;

    public MailList List { get; private set; } = new(MailList.Waiting, null, null, 1);
    public IReadOnlyList<HeldMail> Held { get; private set; } = [];
    public MailCounts Counts { get; private set; } = MailCounts.None;
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
        await administration.SendTestAsync(User, cancel);
        return Redirect("/staff/mail?done=test&state=waiting");
    }

    /// <summary>Puts mails that were given up back on their way.</summary>
    /// <param name="chosen">These.</param>
    /// <param name="every">Or all, of one kind if <paramref name="of"/> names it.</param>
    public async Task<IActionResult> OnPostAgainAsync(Guid[] chosen, bool every, string? of, CancellationToken cancel)
    {
        var ids = every ? null : chosen.Take(MailList.PageSize).ToList();
        var count = await administration.SendAgainAsync(ids, of, User, cancel);
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
        await administration.TryNowAsync(cancel);
        return Redirect("/staff/mail?state=waiting&done=now");
    }

    /// <summary>Forgets that an address refused mail.</summary>
    public async Task<IActionResult> OnPostLiftAsync(string? address, CancellationToken cancel)
    {
        if (!EmailAddress.TryParse(address, CultureInfo.InvariantCulture, out var reader))
            return NotFound();
        await administration.LiftAsync(reader, User, cancel);
        return Redirect("/staff/mail?state=refused&done=lifted");
    }

    async Task ShowAsync(string? state, string? kind, string? words, int part, CancellationToken cancel)
    {
        Held = status.Held();
        Counts = await MailCounts.ReadAsync(db, cancel);
        var known = MailList.States.Any(s => s.State == state) ? state! : Counts.MostUrgentState;
        List = new(known, kind, words, Math.Clamp(part, 1, MostPages));
        Letters = [.. MailMessageModel.Names(folder).OrderDescending(StringComparer.Ordinal).Take(LettersShown)];
        if (known == MailList.Refused)
            (RefusedReaders, Found) = (await List.RefusedAsync(db, cancel), await db.Set<RefusedRecipient>().CountAsync(cancel));
        else
            (Kinds, Found, Mails) = (
                await List.KindsAsync(db, cancel),
                await List.In(db).CountAsync(cancel),
                await List.RowsAsync(db, cancel)
            );
    }
}
