using InfantMHWeek.Platform;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Extensions.Options;

namespace InfantMHWeek.Courses;

/// <summary>
/// Keeps programs from filling the course's forms; nobody is asked to prove that they are human. A browser, known by the
/// cookie of its forms, has a small budget. A network has a large one: an office or a whole phone company may stand behind
/// one address. So whoever sends much from one browser soon waits, and nobody beside them does.
/// </summary>
public sealed class CourseGuard(Throttle throttle, IOptions<CourseSettings> settings, IOptions<AntiforgeryOptions> forms)
{
    const int BrowserAtOnce = 10, AddressAtOnce = 5;
    static readonly TimeSpan BrowserEvery = TimeSpan.FromMinutes(1), AddressEvery = TimeSpan.FromMinutes(10);

    /// <param name="what">The form; each has budgets of its own.</param>
    /// <param name="to">To whom a mail would go.</param>
    /// <returns>How long to wait, or null for going on.</returns>
    public async Task<TimeSpan?> AskAsync(string what, HttpContext http, EmailAddress? to = null, CancellationToken cancel = default)
    {
        List<Budget> budgets = [new($"{what} by {http.Request.Cookies[forms.Value.Cookie.Name!]}", BrowserAtOnce, BrowserEvery)];
        if (to is not null) budgets.Add(new($"{what} to {to.Key}", AddressAtOnce, AddressEvery));
        budgets.Add(new($"{what} from {Network.Of(http.Connection.RemoteIpAddress)}", settings.Value.FormsAtOnce, TimeSpan.FromSeconds(settings.Value.SecondsPerForm)));
        if (await throttle.TryTakeAsync(budgets, cancel)) return null;
        // Which one is used up says how long to wait.
        foreach (var budget in budgets)
        {
            if (!await throttle.TryTakeAsync([budget], cancel)) return budget.Every;
            await throttle.GiveBackAsync([budget], cancel);
        }
        return budgets[^1].Every;
    }
}
