using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Hosting.Starting;

/// <summary>Notes which keys are ours; new ones come every few months.</summary>
sealed class KeyRecords(SiteStore store, IConfiguration settings)
{
    public Task NoteAsync(CancellationToken cancel)
    {
        var there = KeyRecord.In(DataProtectionKeys.Folder(settings));
        return store.WriteAsync(
            async db =>
            {
                var known = await db.Set<KeyRecord>().Select(k => k.Id).ToListAsync(cancel);
                foreach (var id in there.Except(known))
                    db.Add(new KeyRecord { Id = id });
            },
            cancel
        );
    }
}
