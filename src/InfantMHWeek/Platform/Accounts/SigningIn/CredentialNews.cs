using System.Security.Claims;
using InfantMHWeek.Platform.Store;

namespace InfantMHWeek.Platform.Accounts.SigningIn;

/// <summary>Writes down that somebody changed how they sign in, and tells them by mail.</summary>
sealed class CredentialNews(StaffNotices notices, TimeProvider clock)
{
    public Task TellAsync(SiteDb db, ClaimsPrincipal who, string what, string sentence, StaffVisit visit, CancellationToken cancel)
    {
        db.Record(clock, who, what);
        return notices.TellAsync(db, who.StaffId(), sentence, visit.Device, cancel);
    }
}
