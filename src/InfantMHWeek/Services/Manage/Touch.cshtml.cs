using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using InfantMHWeek.Platform.Time;
using InfantMHWeek.Services.Moderation;
using Microsoft.AspNetCore.Mvc;

namespace InfantMHWeek.Services.Manage;

[FormPage(byToken: true)]
sealed class TouchModel(SiteDb db, ServiceActions desk, TimeProvider clock) : ServicePart(db, desk, "How to get in touch")
{
    [BindProperty]
    public IReadOnlyList<string> Access { get; set; } = [];

    [BindProperty]
    public string? AccessNote { get; set; }

    [BindProperty]
    public string? PublicPhone { get; set; }

    [BindProperty]
    public string? PublicEmail { get; set; }

    [BindProperty]
    public string? Website { get; set; }

    [BindProperty]
    public string? Hours { get; set; }

    [BindProperty]
    public string? Waiting { get; set; }

    protected override void Show(ServiceDetails held)
    {
        Access = Slugs(ServiceLabels.Accesses, held.Access);
        (AccessNote, PublicPhone, PublicEmail, Website) = (held.AccessNote, held.Phone, held.Email, held.Link);
        (Hours, Waiting) = (held.Hours, held.Waiting);
    }

    protected override Task<Func<ServiceDetails, ServiceDetails>> ReadAsync(ServiceDetails shown, CancellationToken cancel)
    {
        var access = Ticked(Access, ServiceLabels.Accesses, (a, b) => a | b);
        if (access == Services.Access.None)
            ModelState.AddModelError(nameof(Access), "Choose at least one.");
        var note = Text(nameof(AccessNote), AccessNote, ServiceDetails.MaxNote);
        var phone = Line(nameof(PublicPhone), PublicPhone, ServiceDetails.MaxPhone);
        if (phone.Length > 0 && phone.Count(char.IsAsciiDigit) < 3)
            ModelState.AddModelError(nameof(PublicPhone), "Enter a phone number, such as 0113 496 0000.");
        var email = Line(nameof(PublicEmail), PublicEmail, EmailAddress.MaxLength);
        if (email.Length > 0 && !EmailAddress.TryParse(email, null, out _))
            ModelState.AddModelError(nameof(PublicEmail), "Enter an email address in the usual form, such as name@example.org.");
        var link = Link(nameof(Website), Website);
        if (ModelState.IsValid && phone.Length + email.Length + link.Length == 0)
            ModelState.AddModelError(
                nameof(PublicPhone),
                "Enter a phone number, an email address or a website, so that families can reach it."
            );
        var (hours, waiting) = (
            Text(nameof(Hours), Hours, ServiceDetails.MaxNote),
            Line(nameof(Waiting), Waiting, ServiceDetails.MaxWaiting)
        );
        var today = clock.Today();
        return Task.FromResult<Func<ServiceDetails, ServiceDetails>>(held =>
            held with
            {
                Access = access,
                AccessNote = note,
                Phone = phone,
                Email = email,
                Link = link,
                Hours = hours,
                Waiting = waiting,
                WaitingOn =
                    waiting.Length == 0 ? null
                    : waiting == held.Waiting ? held.WaitingOn
                    : today,
            }
        );
    }
}
