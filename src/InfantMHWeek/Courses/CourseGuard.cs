using InfantMHWeek.Platform;
using InfantMHWeek.Platform.Accounts;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Extensions.Options;

namespace InfantMHWeek.Courses;

/// <summary>
/// Keeps programs from filling the course's forms; nobody is asked to prove that they are human. A browser, known by the
/// cookie of its forms, has a small budget. A network has a large one: an office or a whole phone company may stand behind
/// one address. So whoever sends much from one browser soon waits, and nobody beside them does.
/// </summary>
public sealed class CourseGuard(SignInThrottle throttle, IOptions<CourseSettings> settings, IOptions<AntiforgeryOptions> forms)
{
    const int BrowserAtOnce = 10, AddressAtOnce = 5;
    static readonly TimeSpan BrowserEvery = TimeSpan.FromMinutes(1), AddressEvery = TimeSpan.FromMinutes(10);

    /// <param name="what">The form; each has budgets of its own.</param>
    /// <param name="to">To whom a mail would go.</param>
    /// <returns>How long to wait, or null for going on.</returns>
    public TimeSpan? Ask(string what, HttpContext http, EmailAddress? to = null)
    {
        var browser = http.Request.Cookies[forms.Value.Cookie.Name!] ?? "";
        List<SignInThrottle.Budget> budgets = [new($"{what} by {Secret.Hash(browser)}", BrowserAtOnce, BrowserEvery)];
        if (to is not null) budgets.Add(new($"{what} to {Secret.Hash(to.Key)}", AddressAtOnce, AddressEvery));
        // Last, so that whoever is stopped by the others takes nothing from their neighbours.
        budgets.Add(new($"{what} from {http.Network()}", settings.Value.FormsAtOnce, TimeSpan.FromSeconds(settings.Value.SecondsPerForm)));
        foreach (var budget in budgets)
            if (!throttle.TryTake([budget])) return budget.Every;
        return null;
    }
}
