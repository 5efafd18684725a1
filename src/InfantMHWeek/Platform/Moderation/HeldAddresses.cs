using InfantMHWeek.Platform.Text;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Platform.Moderation;

static class HeldAddresses
{
    /// <summary>In which letters one address stands with what is offered from it. Only the index of addresses is read.</summary>
    public static async Task<IReadOnlyList<EmailAddress>> HeldAddressesAsync<TDetails>(
        this IQueryable<Moderated<TDetails>> offered,
        EmailAddress typed,
        CancellationToken cancel
    )
        where TDetails : class, IModeratedDetails<TDetails>, new()
    {
        var (key, text) = (typed.Key, typed.Text.ToLowerInvariant());
        var forms = await offered
            .Select(o => o.Contact)
#pragma warning disable CA1304, CA1311, CA1862, MA0011 // The store compares its text, in which capital letters may stand.
            .Where(c => ((string)(object)c).ToLower() == key || ((string)(object)c).ToLower() == text)
#pragma warning restore CA1304, CA1311, CA1862, MA0011
            .Distinct()
            .ToListAsync(cancel);
        return [.. forms.Where(f => f == typed)];
    }
}
