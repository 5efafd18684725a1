using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Mail;

/// <summary>How many mails wait in each lane, were sent and were given up.</summary>
sealed record MailCounts(IReadOnlyDictionary<MailLane, int> Waiting, int Sent, int GivenUp)
{
    public static readonly MailCounts None = new(new Dictionary<MailLane, int>(), 0, 0);

    /// <summary>What staff should look at first: what was given up, else what waits.</summary>
    public string MostUrgentState =>
        GivenUp > 0 ? MailList.GivenUp
        : Waiting.Count > 0 ? MailList.Waiting
        : MailList.Sent;

    public static async Task<MailCounts> ReadAsync(SiteDb db, CancellationToken cancel) =>
        new(
            await MailList
                .Of(db, MailList.Waiting)
                .GroupBy(m => m.Lane)
                .Select(same => new { same.Key, Count = same.Count() })
                .ToDictionaryAsync(l => l.Key, l => l.Count, cancel),
            await MailList.Of(db, MailList.Sent).CountAsync(cancel),
            await MailList.Of(db, MailList.GivenUp).CountAsync(cancel)
        );
}
