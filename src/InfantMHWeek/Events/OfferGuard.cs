using System.Globalization;
using InfantMHWeek.Platform;
using Microsoft.AspNetCore.DataProtection;

namespace InfantMHWeek.Events;

/// <summary>
/// Keeps programs from filling the organisers' form: a box that people never see, a signed time, and budgets by address and
/// network. Nobody is asked to prove that they are human; whoever is too quick is asked to press the button again.
/// </summary>
public sealed class OfferGuard(IDataProtectionProvider keys, Throttle throttle, TimeProvider clock)
{
    public enum Answer { Fine, Program, TooQuick, TooMany }

    static readonly TimeSpan LeastTime = TimeSpan.FromSeconds(1), MostTime = TimeSpan.FromHours(24);
    readonly IDataProtector protector = keys.CreateProtector("events/offer");

    public string Seal() => protector.Protect(clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));

    /// <param name="trap">What stands in the box that nobody sees.</param>
    public async Task<Answer> CheckAsync(string? seal, string? trap, string what, EmailAddress? address, HttpContext http, CancellationToken cancel)
    {
        if (!string.IsNullOrEmpty(trap)) return Answer.Program;
        if (Age(seal) is not { } age || age < LeastTime || age > MostTime) return Answer.TooQuick;
        var budgets = new List<Budget> { new($"{what} from {Network.Of(http.Connection.RemoteIpAddress)}", 60, TimeSpan.FromSeconds(10)) };
        if (address is not null) budgets.Add(new($"{what} by {address.Key}", 5, TimeSpan.FromMinutes(10)));
        return await throttle.TryTakeAsync(budgets, cancel) ? Answer.Fine : Answer.TooMany;
    }

    /// <summary>One of ours, and only too young to be used.</summary>
    public bool IsYoung(string? seal) => Age(seal) is { } age && age < LeastTime;

    TimeSpan? Age(string? seal)
    {
        try
        {
            return seal is { Length: > 0 and < 1000 } ? clock.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(protector.Unprotect(seal), CultureInfo.InvariantCulture)) : null;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }
}
