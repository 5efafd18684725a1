using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Courses.Places;

/// <summary>Who may take whose place; asked inside the write that hands it over.</summary>
static class HandOverRules
{
    /// <summary>The colleague's own application for the same cohort, if there is one.</summary>
    public static Task<Application?> OwnAsync(SiteDb db, Application of, string key, CancellationToken cancel)
    {
        var (cohort, id) = (of.CohortId, of.Id);
        return db.Set<Application>()
            .Include(a => a.Steps)
            .FirstOrDefaultAsync(a => a.CohortId == cohort && a.AddressKey == key && a.Id != id, cancel);
    }

    /// <summary>
    /// Whether something shows that they work together: the domain of their addresses, or what the colleague said when applying.
    /// </summary>
    public static async Task<bool> IsColleagueAsync(SiteDb db, Application of, EmailAddress email, CancellationToken cancel)
    {
        var own = await OwnAsync(db, of, email.Key, cancel);
        if (own?.RefusedByStaff == true)
            return false;
        if (MailDomains.SameOrganisation(of.Email, email))
            return true;
        return own is { Ended: false }
            && (await OrganisationShares.ReadAsync(db, of.Cohort, cancel)).Same(own.OrganisationKey, of.OrganisationKey);
    }

    /// <summary>
    /// One who has a place needs no second; whom staff refused, only staff let in; and no organisation gets beyond its share by this
    /// way.
    /// </summary>
    public static async Task<bool> MayTakeAsync(
        SiteDb db,
        Cohort cohort,
        Application before,
        Application own,
        HandOver handOver,
        CancellationToken cancel
    )
    {
        if (own.TakesPlace || (own.RefusedByStaff && handOver.AllowedBy is null))
            return false;
        if (cohort.PerOrganisation is null)
            return true;
        var shares = await OrganisationShares.ReadAsync(db, cohort, cancel);
        return shares.Same(own.OrganisationKey, before.OrganisationKey) || !shares.HasItsShare(own.OrganisationKey);
    }
}
