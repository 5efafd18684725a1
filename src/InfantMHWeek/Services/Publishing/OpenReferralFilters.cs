using System.Globalization;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Services.Finding;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Services.Publishing;

/// <summary>
/// Which services an address of Open Referral asks for. What has closed is among them, and whoever asks what is new hears of what was
/// taken away too: nobody goes on showing it because nothing was said.
/// </summary>
static class OpenReferralFilters
{
    static readonly string[] Hours = ["start_time", "end_time", "day"];

    /// <returns>Null where something in the address cannot be read.</returns>
    public static IQueryable<FamilyService>? Wanted(SiteDb db, IQueryCollection query)
    {
        var (points, all) = (db.Set<ServicePoint>(), db.Set<FamilyService>().AsNoTracking().Where(s => !s.Sample));
        if (!Moment(query, out var after) || !Years(query, "minimum_age", out var least) || !Years(query, "maximum_age", out var most))
            return null;
        // What came here later than its source had changed it is news to whoever asks.
        var wanted = after is { } moment
            ? all.Where(s => s.ApprovedAt != null && s.Live != null && (s.UpdatedAt > moment || s.ImportedAt > moment))
            : all.WherePublic();
        if (query["search"].ToString().Trim() is { Length: > 0 } words)
        {
            var key = string.Concat(TownNames.KeyOf(words).Where(char.IsAsciiLetterOrDigit));
            wanted = wanted.Where(s => points.Any(p => p.ServiceId == s.Id && p.SortKey.Contains(key)));
        }
        if (query["taxonomy_term_id"].ToString() is { Length: > 0 } term)
        {
            var tag = TagsOf(term, (_, t) => t.Id);
            wanted = wanted.Where(s => points.Any(p => p.ServiceId == s.Id && (p.Tags & tag) != 0));
        }
        if (query["taxonomy_id"].ToString() is { Length: > 0 } taxonomy)
        {
            var tags = TagsOf(taxonomy, (list, _) => list);
            wanted = wanted.Where(s => points.Any(p => p.ServiceId == s.Id && (p.Tags & tags) != 0));
        }
        // Opening times are words here, so none of them can be said to hold at an hour or on a day.
        if (least > most || Hours.Any(name => query[name].ToString().Length > 0))
            return wanted.Where(s => false);
        // All begin with babies; one that says no age may be for all.
        if (least > 1)
        {
            var (fit, any) = (ServiceTags.Of(AgesFrom(least.Value)), ServiceTags.Of(AgesFrom(0)));
            wanted = wanted.Where(s => points.Any(p => p.ServiceId == s.Id && ((p.Tags & fit) != 0 || (p.Tags & any) == 0)));
        }
        return wanted;
    }

    /// <param name="id">Which id of a list of words and one of its terms is asked for.</param>
    static long TagsOf(string typed, Func<Guid, OpenReferralTerm, Guid> id) =>
        Guid.TryParse(typed, out var asked)
            ? OpenReferralTaxonomies.All.Sum(list => list.Terms.Where(t => id(list.Id, t) == asked).Aggregate(0L, (sum, t) => sum | t.Tag))
            : 0;

    static bool Moment(IQueryCollection query, out DateTime? moment)
    {
        moment = null;
        if (query["modified_after"].ToString() is not { Length: > 0 } text)
            return true;
        var read = DateTime.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal,
            out var found
        );
        moment = found;
        return read;
    }

    static bool Years(IQueryCollection query, string name, out double? years)
    {
        years = null;
        if (query[name].ToString() is not { Length: > 0 } text)
            return true;
        var read = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number);
        years = number;
        return read;
    }

    static ChildAge AgesFrom(double years) =>
        years switch
        {
            <= 1 => ChildAge.FirstYear | ChildAge.SecondYear | ChildAge.TwoToFive,
            <= 2 => ChildAge.SecondYear | ChildAge.TwoToFive,
            <= 5 => ChildAge.TwoToFive,
            _ => ChildAge.None,
        };
}
