using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Accounts.SigningIn;

/// <summary>Writes into the audit log who was refused, without telling whether there is such a person.</summary>
sealed class SignInLog(SiteStore store, TimeProvider clock)
{
    public Task NoteAsync(Guid? person, string what, CancellationToken cancel) =>
        store.WriteAsync(db => NoteAsync(db, person, what, cancel), cancel);

    public async Task NoteAsync(SiteDb db, Guid? person, string what, CancellationToken cancel)
    {
        if (await db.Set<StaffMember>().FirstOrDefaultAsync(m => m.Id == person, cancel) is { } member)
            db.Record(clock, member, what);
        else
            db.RecordBySite(clock, "somebody " + what);
    }
}
