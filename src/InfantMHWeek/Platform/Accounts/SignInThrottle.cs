using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace InfantMHWeek.Platform.Accounts;

/// <summary>
/// How often one may try. There is no lock on an account: whoever knew a colleague's address could use it to shut them out.
/// A browser in which somebody has signed in before has a budget of its own, so a stranger's attempts never use it up;
/// strangers share budgets by account and network, by network, and by account.
/// </summary>
public sealed class SignInThrottle(TimeProvider clock)
{
    const int MostKept = 20_000;

    /// <param name="Burst">How many at once.</param>
    /// <param name="Every">How long until one more.</param>
    public sealed record Budget(string Key, int Burst, TimeSpan Every);

    readonly ConcurrentDictionary<string, DateTime> emptyUntil = new(StringComparer.Ordinal);
    readonly Lock gate = new();

    /// <param name="account">As typed: whether there is one makes no difference.</param>
    /// <param name="device">Known from an earlier signing-in of this very person, or null.</param>
    public static IReadOnlyList<Budget> For(string account, IPAddress? from, string? device)
    {
        if (device is not null) return [new("device " + device, 10, TimeSpan.FromMinutes(1))];
        var network = NetworkOf(from);
        return
        [
            new($"account {account} from {network}", 5, TimeSpan.FromMinutes(3)),
            new("network " + network, 30, TimeSpan.FromSeconds(20)),
            new("account " + account, 30, TimeSpan.FromMinutes(1)),
        ];
    }

    /// <summary>Takes one attempt from each budget, before anything is compared; takes none if one of them is used up.</summary>
    public bool TryTake(IReadOnlyList<Budget> budgets)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        lock (gate)
        {
            if (budgets.Any(b => Full(b) - now > b.Every * (b.Burst - 1))) return false;
            foreach (var budget in budgets) emptyUntil[budget.Key] = Later(Full(budget), now) + budget.Every;
            if (emptyUntil.Count > MostKept)
                foreach (var (key, until) in emptyUntil) if (until <= now) emptyUntil.TryRemove(key, out _);
            return true;
        }
    }

    /// <summary>A success costs nothing.</summary>
    public void GiveBack(IReadOnlyList<Budget> budgets)
    {
        lock (gate)
            foreach (var budget in budgets) emptyUntil[budget.Key] = Full(budget) - budget.Every;
    }

    DateTime Full(Budget budget) => emptyUntil.GetValueOrDefault(budget.Key);
    static DateTime Later(DateTime a, DateTime b) => a > b ? a : b;

    /// <summary>A household or an office: one IPv4 address, or the 64 bits that an IPv6 customer has.</summary>
    static string NetworkOf(IPAddress? from)
    {
        if (from is null) return "here";
        if (from.IsIPv4MappedToIPv6) from = from.MapToIPv4();
        return from.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(from.GetAddressBytes().AsSpan(0, 8)) : from.ToString();
    }
}
