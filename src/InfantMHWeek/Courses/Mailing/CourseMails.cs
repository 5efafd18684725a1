using System.Globalization;
using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using InfantMHWeek.Platform.Time;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Courses.Mailing;

/// <summary>
/// The mails about places. Each is queued in the write of what it tells of, once for each step, and brings a link of its own.
/// Wordings: <c>content/emails/course-*.md</c>.
/// </summary>
sealed class CourseMails(Outbox outbox, SiteAddress address, TimeProvider clock)
{
    DateTime Now => clock.GetUtcNow().UtcDateTime;

    public Task AppliedAsync(SiteDb db, Application application, Cohort cohort, CancellationToken cancel) =>
        OfStepAsync(db, "course-applied", application, cohort, cancel);

    public Task WaitingAsync(SiteDb db, Application application, Cohort cohort, CancellationToken cancel) =>
        OfStepAsync(db, "course-waiting", application, cohort, cancel);

    public Task HeldAsync(SiteDb db, Application application, Cohort cohort, CancellationToken cancel) =>
        OfStepAsync(db, "course-place-held", application, cohort, cancel, calendar: true);

    public Task AcceptedAsync(SiteDb db, Application application, Cohort cohort, CancellationToken cancel) =>
        OfStepAsync(db, "course-place-accepted", application, cohort, cancel, calendar: true);

    public Task OfferedAsync(SiteDb db, Application application, Cohort cohort, DateTime tell, CancellationToken cancel) =>
        OfStepAsync(db, "course-place-offered", application, cohort, cancel, notBefore: tell);

    public Task ExpiredAsync(SiteDb db, Application application, Cohort cohort, CancellationToken cancel) =>
        OfStepAsync(db, "course-offer-ended", application, cohort, cancel);

    public Task GivenUpAsync(SiteDb db, Application application, Cohort cohort, CancellationToken cancel) =>
        OfStepAsync(db, "course-given-up", application, cohort, cancel);

    /// <summary>Staff said no to an application.</summary>
    public Task DeclinedAsync(SiteDb db, Application application, Cohort cohort, string? reason, CancellationToken cancel) =>
        OfStepAsync(db, "course-declined", application, cohort, cancel, ("reason", reason ?? ""));

    /// <summary>Staff took a place back.</summary>
    public Task TakenBackAsync(SiteDb db, Application application, Cohort cohort, string? reason, CancellationToken cancel) =>
        OfStepAsync(db, "course-place-withdrawn", application, cohort, cancel, ("reason", reason ?? ""));

    public Task CohortCancelledAsync(SiteDb db, Application application, Cohort cohort, string? reason, CancellationToken cancel) =>
        OfStepAsync(db, "course-cancelled", application, cohort, cancel, ("reason", reason ?? ""), calendar: true);

    /// <summary>Reminds somebody that the place which is held for them is not confirmed yet; once for each time it is held.</summary>
    public Task UnconfirmedAsync(SiteDb db, Application application, Cohort cohort, CancellationToken cancel) =>
        OnceAsync(
            db,
            "course-place-unconfirmed",
            application,
            cohort,
            application.StateSince.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture),
            cancel
        );

    /// <summary>Tells the owner of the address, and nobody else, that it has applied already; at most once a day.</summary>
    public Task AppliedBeforeAsync(SiteDb db, Application application, Cohort cohort, CancellationToken cancel) =>
        OnceAsync(db, "course-applied-before", application, cohort, Now.ToString("yyyyMMdd", CultureInfo.InvariantCulture), cancel);

    public Task ReminderAsync(SiteDb db, Application application, Cohort cohort, CourseSession session, CancellationToken cancel) =>
        OnceAsync(db, "course-reminder", application, cohort, VersionOf(session), cancel, ("session", Describe(session)));

    /// <param name="changed">What of the session is new.</param>
    public Task MovedAsync(
        SiteDb db,
        Application application,
        Cohort cohort,
        CourseSession session,
        SessionChanges changed,
        CancellationToken cancel
    ) =>
        OnceAsync(
            db,
            changed == SessionChanges.Link ? "course-session-link" : "course-session-moved",
            application,
            cohort,
            VersionOf(session),
            cancel,
            ("session", Describe(session)),
            calendar: true
        );

    public Task EvaluationAsync(SiteDb db, Application application, Cohort cohort, CancellationToken cancel) =>
        OnceAsync(db, "course-evaluation", application, cohort, "evaluation", cancel);

    public Task CertificateReadyAsync(SiteDb db, Application application, Cohort cohort, CancellationToken cancel) =>
        OnceAsync(db, "course-certificate", application, cohort, "certificate", cancel);

    /// <param name="batch">Names the mailing: sent twice, it arrives once.</param>
    public Task MessageAsync(SiteDb db, Application application, Cohort cohort, string batch, string message, CancellationToken cancel) =>
        OnceAsync(db, "course-message", application, cohort, batch, cancel, ("message", message));

    /// <summary>Asks the colleague; named again on another day, they are asked again.</summary>
    public async Task HandOverAsync(SiteDb db, HandOver handOver, Application application, Cohort cohort, CancellationToken cancel)
    {
        var about = About(application, $"{handOver.Id:N}:{Now.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}");
        if (await IsQueuedAsync(db, "course-hand-over", about, cancel))
            return;
        var values = Values(application, cohort, "/courses/places/take-over/" + db.NewLink(LinkPurpose.HandOver, handOver.Id, Now));
        values["from"] = application.Name;
        values["name"] = handOver.Name;
        await outbox.QueueAsync(db, "course-hand-over", about, handOver.Email, values, cancel: cancel);
    }

    /// <summary>Staff have decided that the place cannot go to that colleague.</summary>
    public Task HandOverRefusedAsync(SiteDb db, HandOver handOver, Application application, Cohort cohort, CancellationToken cancel) =>
        OnceAsync(db, "course-hand-over-declined", application, cohort, handOver.Id.ToString("N"), cancel, ("colleague", handOver.Name));

    /// <summary>Tells the first person that the place is a colleague's now. Their own links have ended.</summary>
    public Task HandedOverAsync(SiteDb db, Application application, Cohort cohort, CancellationToken cancel) =>
        outbox.QueueAsync(
            db,
            "course-handed-over",
            About(application, LastStep(application)),
            application.Email,
            Values(application, cohort, "/courses/" + cohort.Course),
            cancel: cancel
        );

    public Task DraftLinkAsync(SiteDb db, ApplicationDraft draft, string token, EmailAddress to, Cohort cohort, CancellationToken cancel) =>
        outbox.QueueAsync(
            db,
            "course-draft",
            string.Create(CultureInfo.InvariantCulture, $"{draft.Id:N}:{draft.LinksMailed}"),
            to,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["course"] = cohort.Title,
                ["group"] = cohort.Name,
                ["link"] = address.Of($"/courses/{cohort.Course}/apply/{token}"),
            },
            cancel: cancel
        );

    async Task OfStepAsync(
        SiteDb db,
        string kind,
        Application application,
        Cohort cohort,
        CancellationToken cancel,
        (string Name, string Value)? more = null,
        bool calendar = false,
        DateTime? notBefore = null
    ) => await QueueAsync(db, kind, application, cohort, LastStep(application), more, calendar, notBefore, cancel);

    /// <summary>What may recur is looked for first, so that no link is made that nobody gets.</summary>
    async Task OnceAsync(
        SiteDb db,
        string kind,
        Application application,
        Cohort cohort,
        string what,
        CancellationToken cancel,
        (string Name, string Value)? more = null,
        bool calendar = false
    )
    {
        if (!await IsQueuedAsync(db, kind, About(application, what), cancel))
            await QueueAsync(db, kind, application, cohort, what, more, calendar, notBefore: null, cancel);
    }

    static async Task<bool> IsQueuedAsync(SiteDb db, string kind, string about, CancellationToken cancel) =>
        await db.Set<OutboxMail>().AnyAsync(m => m.Kind == kind && m.About == about, cancel);

    async Task QueueAsync(
        SiteDb db,
        string kind,
        Application application,
        Cohort cohort,
        string what,
        (string Name, string Value)? more,
        bool calendar,
        DateTime? notBefore,
        CancellationToken cancel
    )
    {
        var path = "/courses/places/" + db.NewLink(LinkPurpose.Place, application.Id, Now);
        var values = Values(application, cohort, path);
        if (more is var (name, value))
            values[name] = value;
        var diary = calendar ? CourseCalendar.Write(cohort, address, Now, address.Of(path)) : null;
        await outbox.QueueAsync(db, kind, About(application, what), application.Email, values, diary, notBefore, cancel: cancel);
    }

    static string VersionOf(CourseSession session) => string.Create(CultureInfo.InvariantCulture, $"{session.Number}.{session.Sequence}");

    static string About(Application application, string what) => $"{application.Id:N}:{what}";

    static string LastStep(Application application) => application.Steps[^1].Id.ToString("N");

    Dictionary<string, string> Values(Application application, Cohort cohort, string path) =>
        new(StringComparer.Ordinal)
        {
            ["name"] = application.Name,
            ["course"] = cohort.Title,
            ["group"] = cohort.Name,
            ["reference"] = application.Reference,
            ["organisation"] = application.Organisation,
            ["until"] = application.KeptUntil is { } until ? until.WithWeekday() : "",
            ["sessions"] = Describe(cohort),
            ["link"] = address.Of(path),
        };

    // Two spaces before a line break keep it in the HTML too.
    public static string Describe(Cohort cohort) => string.Join("  \n", cohort.InOrder.Select(s => $"Session {s.Number}: {Describe(s)}"));

    static string Describe(CourseSession session) =>
        session.When
        + (
            session.Place is { Length: > 0 } place ? $", {place}"
            : session.OnlineLink is null ? ""
            : ", online"
        );
}
