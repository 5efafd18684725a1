using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Text;
using InfantMHWeek.Services;

namespace InfantMHWeek.Staff.Services;

/// <summary>What the list of services shows, and the tables that are made of it.</summary>
static class ServiceList
{
    const int MostWords = 60;

    /// <summary>By the name of a listed service or by the address of whoever looks after it; without words all that do not wait.</summary>
    public static IQueryable<FamilyService> Sought(IQueryable<FamilyService> all, string? typed)
    {
        var words = (typed ?? "").Trim();
        if (words.Length is 0 or > MostWords)
            return all.Where(s => s.SentAt != null && s.ConfirmedAt != null && s.WaitingSince == null);
        if (EmailAddress.TryParse(words, null, out var address))
            return all.Where(s => s.Contact == address);
        var key = string.Concat(TownNames.KeyOf(words).Where(char.IsAsciiLetterOrDigit));
        return all.Where(s => s.Points.Any(p => p.SortKey.Contains(key)));
    }
}
