using InfantMHWeek.Platform.Deletion;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Services.Moderation;

/// <summary>
/// Keeps what the form promises: a year after a service is gone the site forgets who told us about it; the page of a closed one stays
/// and says so. What was begun and never shown goes altogether.
/// </summary>
sealed class ServiceRetention(SiteStore store, DeletionGuard guard, TimeProvider clock) : Retention(store, guard, clock)
{
    public const string Job = "forget who listed services";
    static readonly EmailAddress Nobody = EmailAddress.Parse("deleted@organiser.invalid", provider: null);

    public override IReadOnlyList<RetentionRule> Rules { get; } =
    [
        new RetentionRule<FamilyService>(
            new("services that were begun and never shown", Job),
            RetentionPeriods.UnshownServices,
            (db, before) => db.Set<FamilyService>().Where(s => s.ApprovedAt == null && s.StartedAt < before)
        ),
        new RetentionRule<FamilyService>(
            new("services with the name of who listed them", Job),
            RetentionPeriods.ServiceContacts,
            (db, before) => Named(db).Where(s => s.WithdrawnAt < before || s.ClosedAt < before)
        )
        {
            Of = Named,
            Forget = ForgetContactsAsync,
        },
        new RetentionRule<ServiceReport>(
            new("reports about services that were dealt with", Job),
            RetentionPeriods.ServiceReports,
            (db, before) => db.Set<ServiceReport>().Where(r => r.ClosedAt < before)
        ),
    ];

    static IQueryable<FamilyService> Named(SiteDb db) =>
        db.Set<FamilyService>().Where(s => s.ApprovedAt != null && s.Contact != Nobody && (s.WithdrawnAt != null || s.ClosedAt != null));

    static async Task ForgetContactsAsync(SiteDb db, IQueryable<FamilyService> gone, CancellationToken cancel)
    {
        await db.Set<ServiceLink>().Where(l => gone.Any(s => s.Id == l.ServiceId)).ExecuteDeleteAsync(cancel);
        await gone.ExecuteUpdateAsync(
            change => change.SetProperty(s => s.ContactPhone, "").SetProperty(s => s.ContactName, "").SetProperty(s => s.Contact, Nobody),
            cancel
        );
    }
}
