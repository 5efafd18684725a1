using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using InfantMHWeek.Platform.Time;
using InfantMHWeek.Services.Finding;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace InfantMHWeek.Services.Moderation;

/// <summary>
/// Keeps the directory true: each service is asked twice a year, reminded once, doubted after a month and out of all lists after a year.
/// What was done is noted in the write of its mail, so a restart neither skips nor repeats it.
/// </summary>
sealed class ServiceChecks(SiteStore store, ServiceMails post, IOptions<ServiceSettings> settings, TimeProvider clock)
{
    public const string Job = "ask services whether they are still right";
    const int MostAtOnce = 100;

    /// <summary>Stands for the address of a listing whose source has none: no mail ever goes there.</summary>
    public static readonly EmailAddress NoAddress = EmailAddress.Parse("nobody@listed.invalid", provider: null);

    /// <returns>How many services something was done about.</returns>
    public async Task<int> RunAsync(CancellationToken cancel = default) =>
        await EachAsync(Forgotten, (_, service, now) => Task.FromResult(service.Unlist(now)), cancel)
        + await EachAsync(Silent, (_, service, now) => Task.FromResult(service.Doubt(now)), cancel)
        + await EachAsync(
            ToRemind,
            async (db, service, now) =>
            {
                if (!service.Remind(now))
                    return false;
                await post.CheckAgainAsync(db, service, cancel);
                return true;
            },
            cancel
        )
        + await EachAsync(
            ToAsk,
            async (db, service, now) =>
            {
                var byOthers = service.ByOthers;
                var told = byOthers && await IsToldAsync(db, service, cancel);
                if (!service.Question(now, told))
                    return false;
                if (!told)
                    await (byOthers ? post.ListedAsync(db, service, cancel) : post.CheckAsync(db, service, cancel));
                return true;
            },
            cancel
        );

    /// <summary>One mail is enough for all that a source lists of one organisation: its link opens them all.</summary>
    static async Task<bool> IsToldAsync(SiteDb db, FamilyService service, CancellationToken cancel)
    {
        var (id, organisation, contact) = (service.Id, service.OrganisationId, service.Contact);
        var services = db.Set<FamilyService>();
        return services.Local.Any(s => s.Id != id && s.OrganisationId == organisation && s.Contact == contact && Told(s))
            || await services.AnyAsync(
                s =>
                    s.OrganisationId == organisation
                    && s.Contact == contact
                    && s.Id != id
                    && s.Source != null
                    && s.ClaimedAt == null
                    && s.QuestionedAt != null
                    && s.WithdrawnAt == null,
                cancel
            );

        static bool Told(FamilyService s) => s.ByOthers && s.QuestionedAt is not null && s.WithdrawnAt is null;
    }

    IQueryable<FamilyService> ToAsk(IQueryable<FamilyService> open, DateTime now)
    {
        var (day, before) = (UkTime.DayOf(now).AddDays(-settings.Value.AskAfterDays), now.AddDays(-settings.Value.AskAfterDays));
        return open.Where(s =>
            s.QuestionedAt == null
            && s.Contact != NoAddress
            && (
                (s.Source != null && s.ClaimedAt == null)
                || (s.CheckedOn != null && s.CheckedOn <= day)
                || (s.CheckedOn == null && s.ApprovedAt <= before)
            )
        );
    }

    IQueryable<FamilyService> ToRemind(IQueryable<FamilyService> open, DateTime now)
    {
        var before = now.AddDays(-settings.Value.RemindAfterDays);
        return open.Where(s => s.QuestionedAt <= before && s.RemindedAt == null && (s.Source == null || s.ClaimedAt != null));
    }

    /// <summary>A reminder that was late gives its time to answer too.</summary>
    IQueryable<FamilyService> Silent(IQueryable<FamilyService> open, DateTime now)
    {
        var (asked, reminded) = (
            now.AddDays(-settings.Value.DoubtAfterDays),
            now.AddDays(-(settings.Value.DoubtAfterDays - settings.Value.RemindAfterDays))
        );
        return open.Where(s => s.QuestionedAt <= asked && s.RemindedAt <= reminded && s.UnconfirmedAt == null);
    }

    IQueryable<FamilyService> Forgotten(IQueryable<FamilyService> open, DateTime now)
    {
        var before = now.AddDays(-settings.Value.UnlistAfterDays);
        return open.Where(s => s.QuestionedAt <= before && s.UnconfirmedAt != null && s.UnlistedAt == null);
    }

    async Task<int> EachAsync(
        Func<IQueryable<FamilyService>, DateTime, IQueryable<FamilyService>> due,
        Func<SiteDb, FamilyService, DateTimeOffset, Task<bool>> act,
        CancellationToken cancel
    )
    {
        for (var all = 0; ; )
        {
            var (found, done) = await store.WriteAsync(
                async db =>
                {
                    var now = clock.GetUtcNow();
                    var open = db.Set<FamilyService>().WherePublic().Where(s => s.ClosedAt == null && !s.Sample);
                    var services = await due(open, now.UtcDateTime)
                        .OrderBy(s => s.Id)
                        .Include(s => s.Points)
                        .Take(MostAtOnce)
                        .ToListAsync(cancel);
                    var count = 0;
                    foreach (var service in services)
                        if (await act(db, service, now))
                            count++;
                    return (services.Count, count);
                },
                cancel
            );
            all += done;
            // One that could not be acted on would come back for ever.
            if (found < MostAtOnce || done == 0)
                return all;
        }
    }
}
