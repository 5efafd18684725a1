using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Mail;

sealed record MailRow(
    Guid Id,
    string Kind,
    EmailAddress To,
    string Subject,
    MailLane Lane,
    DateTime QueuedAt,
    DateTime NextAttemptAt,
    int Attempts,
    DateTime? LeasedUntil,
    DateTime? SentAt,
    DateTime? GivenUpAt,
    string? LastProblem
);

/// <summary>Which mails staff look at: of one state, of one kind or all, with some words in them or any.</summary>
sealed record MailList(string State, string? Kind, string? Words, int Part)
{
    public const string GivenUp = "given-up",
        Waiting = "waiting",
        Sent = "sent",
        Refused = "refused";
    public const int PageSize = 100;

    public static readonly IReadOnlyList<(string State, string Label)> States =
    [
        (GivenUp, "Given up"),
        (Waiting, "Waiting"),
        (Sent, "Sent"),
        (Refused, "Refused addresses"),
    ];

    public bool IsLookedFor => Words is { Length: > 0 };

    public static IQueryable<OutboxMail> Of(SiteDb db, string state) =>
        state switch
        {
            Sent => db.Set<OutboxMail>().AsNoTracking().Where(m => m.SentAt != null),
            GivenUp => db.Set<OutboxMail>().AsNoTracking().Where(m => m.SentAt == null && m.GivenUpAt != null),
            _ => db.Set<OutboxMail>().AsNoTracking().Where(m => m.SentAt == null && m.GivenUpAt == null),
        };

    public IQueryable<OutboxMail> In(SiteDb db)
    {
        var mails = Of(db, State);
        if (Kind is { Length: > 0 } kind)
            mails = mails.Where(m => m.Kind == kind);
        return mails.WithWords(Words, m => m.Reader, m => m.Subject, m => m.Kind);
    }

    /// <summary>The kinds of the mails in this state, and how many there are of each.</summary>
    public async Task<IReadOnlyList<(string Kind, int Count)>> KindsAsync(SiteDb db, CancellationToken cancel)
    {
        var kinds = await Of(db, State)
            .GroupBy(m => m.Kind)
            .Select(same => new { same.Key, Count = same.Count() })
            .OrderBy(k => k.Key)
            .ToListAsync(cancel);
        return [.. kinds.Select(k => (k.Key, k.Count))];
    }

    /// <summary>The addresses that refuse mail, the newest first.</summary>
    public async Task<IReadOnlyList<RefusedRecipient>> RefusedAsync(SiteDb db, CancellationToken cancel) =>
        await db.Set<RefusedRecipient>()
            .AsNoTracking()
            .OrderByDescending(r => r.At)
            .Skip((Part - 1) * PageSize)
            .Take(PageSize)
            .ToListAsync(cancel);

    /// <summary>What leaves first stands first among those that wait; else the newest.</summary>
    public async Task<IReadOnlyList<MailRow>> RowsAsync(SiteDb db, CancellationToken cancel)
    {
        var ordered =
            State == Waiting
                ? In(db).OrderBy(m => m.Lane).ThenBy(m => m.NextAttemptAt).ThenBy(m => m.Id)
                : In(db).OrderByDescending(m => m.QueuedAt).ThenByDescending(m => m.Id);
        return await ordered
            .Skip((Part - 1) * PageSize)
            .Take(PageSize)
            .Select(m => new MailRow(
                m.Id,
                m.Kind,
                m.To,
                m.Subject,
                m.Lane,
                m.QueuedAt,
                m.NextAttemptAt,
                m.Attempts,
                m.LeasedUntil,
                m.SentAt,
                m.GivenUpAt,
                m.LastProblem
            ))
            .ToListAsync(cancel);
    }

    /// <summary>Without the words that were looked for: those may be somebody's address, which belongs in no address of ours.</summary>
    public string Address(string? kind = null, int part = 1) =>
        "/staff/mail?state="
        + State
        + (kind is { Length: > 0 } ? "&kind=" + Uri.EscapeDataString(kind) : "")
        + (part > 1 ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"&part={part}") : "");
}
