using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Courses.Applications;

/// <summary>How many places of a cohort each organisation has, and whether it may have more.</summary>
sealed class OrganisationShares
{
    readonly Organisations organisations;
    readonly Dictionary<string, int> taken;
    readonly int limit;

    OrganisationShares(Organisations organisations, Dictionary<string, int> taken, int limit) =>
        (this.organisations, this.taken, this.limit) = (organisations, taken, limit);

    /// <param name="db">The context of the caller's write, with everything saved.</param>
    public static async Task<OrganisationShares> ReadAsync(SiteDb db, Cohort cohort, CancellationToken cancel)
    {
        var id = cohort.Id;
        var all = await db.Set<Application>()
            .Where(a => a.CohortId == id)
            .Select(a => new
            {
                a.State,
                a.OrganisationKey,
                a.CharityKey,
            })
            .ToListAsync(cancel);
        var underWay = all.Where(a => a.State is ApplicationState.Applied or ApplicationState.Waiting || Takes(a.State)).ToList();
        var known = new Organisations(underWay.Select(a => (a.OrganisationKey, a.CharityKey)));
        var places = underWay
            .Where(a => Takes(a.State))
            .GroupBy(a => known.Of(a.OrganisationKey), StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        return new(known, places, cohort.PerOrganisation ?? int.MaxValue);
    }

    static bool Takes(ApplicationState state) => state is ApplicationState.Held or ApplicationState.Offered or ApplicationState.Accepted;

    public bool HasItsShare(string organisationKey) => taken.GetValueOrDefault(organisations.Of(organisationKey)) >= limit;

    public bool Same(string oneKey, string otherKey) => organisations.Of(oneKey) == organisations.Of(otherKey);

    public void Take(string organisationKey)
    {
        var organisation = organisations.Of(organisationKey);
        taken[organisation] = taken.GetValueOrDefault(organisation) + 1;
    }
}
