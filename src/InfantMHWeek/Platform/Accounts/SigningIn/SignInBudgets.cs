using System.Net;
using InfantMHWeek.Platform.Forms;

namespace InfantMHWeek.Platform.Accounts.SigningIn;

/// <summary>
/// How often one may try to sign in. No limit may be a lever against the person whose account is attacked, so:
/// <list type="bullet">
/// <item>There is no lock on an account.</item>
/// <item>A browser that is known as somebody's (<see cref="StaffDevice"/>) has a budget of its own for them. No attempt made
/// elsewhere counts against it.</item>
/// <item>Browsers that are not known share budgets: by account and network, by network, and by account. The last one a crowd of
/// strangers can use up; then the person still gets in from a new browser with a passkey, or with a link by mail, which makes the
/// browser known.</item>
/// <item>A passkey is counted by network or by known browser only, and only when it names a key that is really somebody's: a
/// signature cannot be guessed, and what is empty or made up costs nobody anything.</item>
/// <item>Links by mail are limited by how many of one person work at a time, not by who asked: whoever asks too often finds the
/// links of before still working. Asking is counted by network, and the network is told.</item>
/// <item>Whoever is signed in and is asked again has a budget for each session.</item>
/// </list>
/// </summary>
static class SignInBudgets
{
    /// <param name="what">Password or code: each has its own.</param>
    /// <param name="account">As typed: whether there is one makes no difference.</param>
    /// <param name="from">Where the attempt comes from.</param>
    /// <param name="device">The browser, known as this very person's, or null.</param>
    public static IReadOnlyList<Budget> For(string what, string account, IPAddress? from, Guid? device)
    {
        if (device is { } known)
            return ForDevice(what, known);
        var network = Network.Of(from);
        return
        [
            new($"{what} of {account} from {network}", 5, TimeSpan.FromMinutes(3)),
            .. ForNetwork(what, from),
            new($"{what} of {account}", 30, TimeSpan.FromMinutes(1)),
        ];
    }

    /// <summary>For what nobody can guess: a passkey, and asking for a link.</summary>
    public static IReadOnlyList<Budget> ForBrowser(string what, IPAddress? from, Guid? device) =>
        device is { } known ? ForDevice(what, known) : ForNetwork(what, from);

    /// <param name="device">A browser, or the session of somebody who is signed in.</param>
    public static IReadOnlyList<Budget> ForDevice(string what, Guid device) => [new($"{what} at {device}", 10, TimeSpan.FromMinutes(1))];

    static Budget[] ForNetwork(string what, IPAddress? from) => [new($"{what} from {Network.Of(from)}", 30, TimeSpan.FromSeconds(20))];
}
