using System.Globalization;
using System.Security.Cryptography;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace InfantMHWeek.Platform.Forms;

/// <summary>What the guard says to one form.</summary>
/// <param name="Refusal">What to answer instead: the page again, with all that was typed. Null for going on.</param>
/// <param name="MayMail">Whether the address that was typed may be written to.</param>
readonly record struct GuardResult(IActionResult? Refusal, bool MayMail);

/// <summary>
/// The one guard of every public form; nobody is asked to prove that they are human. A browser, known by the cookie of its forms,
/// has a small budget. A network has a large one: an office or a whole phone company may stand behind one address. All together have
/// one too, with a part kept back for networks that have sent little, so that many programs do not shut people out. And to any
/// one address go few mails, whatever forms are used. What is refused here in memory costs the store nothing.
/// </summary>
sealed class FormGuard(
    Throttle throttle,
    MemoryThrottle memory,
    IDataProtectionProvider keys,
    FormSettings settings,
    NetworkFormLimit ofNetwork,
    IOptions<AntiforgeryOptions> forms,
    TimeProvider clock
)
{
    public const string TrapField = "Website",
        SealField = "Seal";

    const int BrowserAtOnce = 10,
        QuickAtOnce = 20,
        NewcomerAtOnce = 2,
        NewcomersAtOnce = 4000;
    static readonly TimeSpan BrowserEvery = TimeSpan.FromMinutes(1),
        QuickEvery = TimeSpan.FromSeconds(30);
    static readonly TimeSpan NewcomerEvery = TimeSpan.FromMinutes(10),
        NewcomersEvery = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan LeastTime = TimeSpan.FromSeconds(1),
        MostTime = TimeSpan.FromHours(24);
    readonly IDataProtector protector = keys.CreateProtector("forms/seal");

    /// <summary>Asked before anything is done, once all that was typed can be used.</summary>
    /// <param name="mailTo">An address to which a mail would go because a stranger typed it; null for a form without one.</param>
    /// <returns>What to answer instead, or null for going on.</returns>
    public async Task<IActionResult?> RefuseAsync(PageModel page, EmailAddress? mailTo = null, CancellationToken cancel = default) =>
        (await AskAsync(page, mailTo is null ? null : MailBudget.ByStrangers(mailTo), mailNeeded: true, device: null, cancel)).Refusal;

    /// <summary>
    /// The same for a form that is worth taking without its mail: then a stranger who has used up an address stops nobody.
    /// </summary>
    /// <param name="mailNeeded">Whether the form is refused when the address may not be written to.</param>
    /// <param name="device">
    /// A browser that is known as a colleague's, or null. It has a budget of its own, which no stranger can use up.
    /// </param>
    public async Task<GuardResult> AskAsync(
        PageModel page,
        Budget? mail,
        bool mailNeeded,
        Guid? device = null,
        CancellationToken cancel = default
    )
    {
        var http = page.HttpContext;
        var form = http.GetEndpoint()?.Metadata.GetMetadata<PublicFormAttribute>()
            ?? throw new InvalidOperationException("The guard counts by [PublicForm], which this page does not have.");
        http.Items[typeof(FormGuard)] = form;
        var posted = await http.Request.ReadFormAsync(cancel);
        page.ModelState.Trap(posted[TrapField]);
        if (!page.ModelState.IsValid)
            return new(page.Page(), MayMail: false);

        if (device is not null)
            return await AskKnownAsync(page, new($"{form.Name} at {device}", BrowserAtOnce, BrowserEvery), cancel);

        var network = Network.Of(http.Connection.RemoteIpAddress);
        var browser = new Budget($"{form.Name} by {http.Request.Cookies[forms.Value.Cookie.Name!]}", BrowserAtOnce, BrowserEvery);
        var (atOnce, seconds) = form.AtOnce > 0 ? new(form.AtOnce, form.SecondsPerForm) : ofNetwork;
        var from = new Budget($"{form.Name} from {network}", atOnce, TimeSpan.FromSeconds(seconds));
        List<Budget> here = [browser, from];
        if (form.Timed && !(Read(posted[SealField])?.Age >= LeastTime))
            here.Add(new($"{form.Name} quickly from {network}", QuickAtOnce, QuickEvery));

        var mayMail = mail is not null;
        if (Take(form.Name, network, here, mail) is { } refused)
        {
            if (refused.UsedUp != mail || mailNeeded)
                return Refuse(page, refused.Wait, ofAddress: refused.UsedUp == mail);
            mayMail = false;
            if (Take(form.Name, network, here, mail: null) is { } again)
                return Refuse(page, again.Wait);
        }
        try
        {
            // Now what other instances count too, and a restart does not forgive.
            if (await throttle.TryTakeAsync(mayMail ? [browser, from, mail!] : [browser, from], cancel))
                return new(null, mayMail);
            if (mayMail && !mailNeeded && await throttle.TryTakeAsync([browser, from], cancel))
                return new(null, MayMail: false);
        }
        catch (Exception problem) when (StoreTrouble.Is(problem))
        {
            memory.GiveBack(mayMail ? [.. here, mail!] : here);
            throw;
        }
        return Refuse(page, mayMail && mailNeeded ? mail!.Every : browser.Every);
    }

    /// <summary>Names the opening of a page: sent twice, a form bears the same one. Null where nothing of ours was sent along.</summary>
    public Guid? FormInstanceId(HttpContext http) => http.Request.HasFormContentType ? Read(http.Request.Form[SealField])?.Opening : null;

    /// <summary>For a form: the seal that it came with, as long as it counts, or a new one.</summary>
    public string ProtectFormStamp(HttpContext http)
    {
        if (http.Request.HasFormContentType && http.Request.Form[SealField].ToString() is var sent && Read(sent) is not null)
            return sent;
        return protector.Protect(
            string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow().ToUnixTimeMilliseconds()}:{Guid.NewGuid():N}")
        );
    }

    internal static bool WasAsked(HttpContext http) => http.Items.ContainsKey(typeof(FormGuard));

    async Task<GuardResult> AskKnownAsync(PageModel page, Budget own, CancellationToken cancel)
    {
        if (memory.TryTake(own) is { } refused)
            return Refuse(page, refused.Wait);
        return await throttle.TryTakeAsync([own], cancel) ? new(null, MayMail: true) : Refuse(page, own.Every);
    }

    (Budget UsedUp, TimeSpan Wait)? Take(string form, string network, List<Budget> here, Budget? mail)
    {
        List<Budget> own = mail is null ? here : [.. here, mail];
        var all = new Budget(form + " in all", settings.InAllAtOnce, TimeSpan.FromSeconds(1) / settings.InAllPerSecond);
        if (memory.TryTake([.. own, all]) is not { } refused)
            return null;
        if (refused.UsedUp != all)
            return refused;
        // Very much comes in from everywhere: networks that have sent little go on.
        var newcomers = new Budget(form + " from newcomers", NewcomersAtOnce, NewcomersEvery);
        return memory.TryTake([.. own, new($"{form} new from {network}", NewcomerAtOnce, NewcomerEvery), newcomers]) is null
            ? null
            : refused;
    }

    static GuardResult Refuse(PageModel page, TimeSpan wait, bool ofAddress = false) =>
        new(page.AskToWait(wait, ofAddress), MayMail: false);

    (TimeSpan Age, Guid Opening)? Read(string? seal)
    {
        if (seal is not { Length: > 0 and < 1000 })
            return null;
        try
        {
            var parts = protector.Unprotect(seal).Split(':');
            var age = clock.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(parts[0], CultureInfo.InvariantCulture));
            return age > MostTime ? null : (age, Guid.ParseExact(parts[1], "N"));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
