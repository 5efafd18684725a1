using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Moderation;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using InfantMHWeek.Platform.Time;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Services.Moderation;

/// <summary>The services on an organiser's own page.</summary>
sealed class ServicesOfHome : IOrganiserOffers
{
    public string Name => "service";

    public string Another => "List another service";

    public Task<IReadOnlyList<EmailAddress>> HeldAddressesAsync(SiteDb db, EmailAddress typed, CancellationToken cancel) =>
        db.Set<FamilyService>().HeldAddressesAsync(typed, cancel);

    public async Task<IReadOnlyList<OfferedItem>> FindAsync(
        SiteDb db,
        EmailAddress contact,
        ManageLinkAccess key,
        DateTime now,
        CancellationToken cancel
    )
    {
        var addresses = await HeldAddressesAsync(db, contact, cancel);
        var services = await db.Set<FamilyService>()
            .AsNoTracking()
            .Include(s => s.Steps)
            .AsSplitQuery()
            .Where(s => addresses.Contains(s.Contact))
            .OrderByDescending(s => s.Id)
            .ToListAsync(cancel);
        return [.. services.Where(s => s.IsForOrganiser).Select(s => ItemOf(s, key))];
    }

    static OfferedItem ItemOf(FamilyService s, ManageLinkAccess key)
    {
        var said = s
            .Steps.Where(t =>
                t.Words.Length > 0 && t.Who != FamilyService.Organiser && StaffWords.Steps.Contains(t.What, StringComparer.Ordinal)
            )
            .MaxBy(t => t.At);
        return new(
            "Service",
            s.Latest.Title.Length > 0 ? s.Latest.Title : "A service without a name",
            $"/services/manage/{key.For(s.Id)}/{s.Id}",
            GroupOf(s.State),
            ServiceStates.Of(s.State)
        )
        {
            When = s is { IsPublic: true, CheckedOn: { } day } ? "Last confirmed on " + day.InWords() : "",
            Staff = said is null ? null : (said.At, said.Words),
        };
    }

    static OfferedGroup GroupOf(ServiceState state) =>
        state switch
        {
            ServiceState.Draft or ServiceState.AddressUnknown or ServiceState.Asked or ServiceState.Declined => OfferedGroup.ToDo,
            // Nobody confirmed it: one press is needed.
            ServiceState.Unconfirmed or ServiceState.Unlisted => OfferedGroup.ToDo,
            ServiceState.Waiting => OfferedGroup.Waiting,
            ServiceState.Closed or ServiceState.Withdrawn => OfferedGroup.Ended,
            _ => OfferedGroup.Shown,
        };

    public async Task<string> BeginAsync(
        SiteDb db,
        EmailAddress contact,
        ManageLinkAccess key,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var addresses = await HeldAddressesAsync(db, contact, cancel);
        var own = await db.Set<FamilyService>()
            .Where(s => addresses.Contains(s.Contact) && s.ConfirmedAt != null && s.WithdrawnAt == null)
            .OrderByDescending(s => s.Id)
            .ToListAsync(cancel);
        var another = own.Find(s => s.SentAt is null && s.ImportedAt is null && s.Latest.Title.Length == 0);
        if (another is null)
        {
            another = own.Find(s => s.IsForOrganiser)?.StartAnother(now) ?? FamilyService.Start(contact, now);
            another.Confirm(now);
            db.Add(another);
        }
        return $"/services/manage/{key.For(another.Id)}/{another.Id}";
    }
}
