using System.Net;

namespace InfantMHWeek.Platform.Accounts;

/// <summary>
/// How often one may try to sign in. There is no lock on an account: whoever knew a colleague's address could use it to shut
/// them out. A browser in which somebody has signed in before has a budget of its own, so a stranger's attempts never use it
/// up; strangers share budgets by account and network, by network, and by account.
/// </summary>
public static class SignInBudgets
{
    /// <param name="account">As typed: whether there is one makes no difference.</param>
    /// <param name="from">Where the attempt comes from.</param>
    /// <param name="device">Known from an earlier signing-in of this very person, or null.</param>
    public static IReadOnlyList<Budget> For(string account, IPAddress? from, string? device)
    {
        if (device is not null) return ForDevice(device);
        var network = Network.Of(from);
        return
        [
            new($"account {account} from {network}", 5, TimeSpan.FromMinutes(3)),
            new("network " + network, 30, TimeSpan.FromSeconds(20)),
            new("account " + account, 30, TimeSpan.FromMinutes(1)),
        ];
    }

    /// <param name="device">A browser, or a person who is signed in.</param>
    public static IReadOnlyList<Budget> ForDevice(string device) => [new("device " + device, 10, TimeSpan.FromMinutes(1))];
}
