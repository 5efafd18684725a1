using System.Globalization;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Services.Moderation;

/// <summary>
/// The mails to services. Each is queued in the write of what it tells of. Wordings: <c>content/emails/service-*.md</c>. The first goes
/// to an address that nobody has confirmed, so none of the words that were typed are in it.
/// </summary>
sealed class ServiceMails(Outbox outbox, SiteAddress address, TimeProvider clock)
{
    public Task StartedAsync(SiteDb db, FamilyService service, CancellationToken cancel) =>
        QueueAsync(db, "service-started", service, "start", cancel, ("service", "your service"), ("name", ""));

    public Task ReceivedAsync(SiteDb db, FamilyService service, CancellationToken cancel) =>
        QueueAsync(db, "service-received", service, Step(service), cancel);

    /// <param name="change">It was on the website before.</param>
    public Task ApprovedAsync(SiteDb db, FamilyService service, bool change, CancellationToken cancel) =>
        QueueAsync(
            db,
            change ? "service-change-approved" : "service-approved",
            service,
            Step(service),
            cancel,
            ("page", address.Of("/services/" + service.Slug))
        );

    public Task AskedAsync(SiteDb db, FamilyService service, string words, CancellationToken cancel) =>
        QueueAsync(db, "service-asked", service, Step(service), cancel, ("words", words));

    /// <inheritdoc cref="ApprovedAsync"/>
    public Task DeclinedAsync(SiteDb db, FamilyService service, bool change, string words, CancellationToken cancel) =>
        QueueAsync(db, change ? "service-change-declined" : "service-declined", service, Step(service), cancel, ("words", words));

    /// <summary>
    /// Staff have shown it as closed, or taken it off the website. What was never shown may stand under the address of somebody who never
    /// heard of it, and a listing that others made has had its one mail.
    /// </summary>
    public Task EndedAsync(SiteDb db, FamilyService service, string words, CancellationToken cancel) =>
        service.ApprovedAt is null || service.ByOthers
            ? Task.CompletedTask
            : QueueAsync(
                db,
                service.WithdrawnAt is null ? "service-closed" : "service-withdrawn",
                service,
                Step(service),
                cancel,
                ("words", words)
            );

    public Task CheckAsync(SiteDb db, FamilyService service, CancellationToken cancel) => AskAsync(db, "service-check", service, cancel);

    public Task CheckAgainAsync(SiteDb db, FamilyService service, CancellationToken cancel) =>
        AskAsync(db, "service-check-again", service, cancel);

    /// <summary>Somebody else listed it: the one mail about that.</summary>
    public Task ListedAsync(SiteDb db, FamilyService service, CancellationToken cancel) =>
        AskAsync(db, "service-listed", service, cancel, ("source", service.Source ?? ""));

    Task<OutboxMail> AskAsync(
        SiteDb db,
        string kind,
        FamilyService service,
        CancellationToken cancel,
        params ReadOnlySpan<(string Name, string Value)> more
    )
    {
        var token = db.NewServiceLink(service, mailed: true, clock.GetUtcNow().UtcDateTime);
        var asked = service.QuestionedAt!.Value.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        return QueueAsync(
            db,
            kind,
            service,
            "asked " + asked,
            cancel,
            [
                ("link", address.Of("/services/check/" + token)),
                ("page", address.Of("/services/" + service.Slug)),
                ("checked", service.CheckedOn?.InWords() ?? "never"),
                .. more,
            ]
        );
    }

    static string Step(FamilyService service) => service.Revision.ToString(CultureInfo.InvariantCulture);

    /// <param name="step">Names the moment, so that the same is never told twice.</param>
    Task<OutboxMail> QueueAsync(
        SiteDb db,
        string kind,
        FamilyService service,
        string step,
        CancellationToken cancel,
        params ReadOnlySpan<(string Name, string Value)> more
    )
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["name"] = service.ContactName,
            ["service"] = service.Latest.Title.Length > 0 ? service.Latest.Title : "your service",
        };
        foreach (var (name, value) in more)
            values[name] = value;
        if (!values.ContainsKey("link"))
            values["link"] = address.Of("/services/manage/" + db.NewServiceLink(service, mailed: true, clock.GetUtcNow().UtcDateTime));
        return outbox.QueueAsync(db, kind, $"{service.Id:N}:{step}", service.Contact, values, cancel: cancel);
    }
}
