using System.Globalization;
using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;

namespace InfantMHWeek.Courses.Mailing;

/// <summary>The mails about places. Wordings: <c>content/emails/course-*.md</c>.</summary>
sealed class CourseMails(CourseMailQueue queue, Outbox outbox, SiteAddress address, TimeProvider clock)
{
    DateTime Now => clock.GetUtcNow().UtcDateTime;

    public Task AppliedAsync(SiteDb db, Application application, Cohort cohort, CancellationToken cancel) =>
        queue.OfStepAsync(db, "course-applied", application, cohort, cancel);

    public Task WaitingAsync(SiteDb db, Application application, Cohort cohort, CancellationToken cancel) =>
        queue.OfStepAsync(db, "course-waiting", application, cohort, cancel);

    public Task HeldAsync(SiteDb db, Application application, Cohort cohort, CancellationToken cancel) =>
        queue.OfStepAsync(db, "course-place-held", application, cohort, cancel, calendar: true);

    public Task AcceptedAsync(SiteDb db, Application application, Cohort cohort, CancellationToken cancel) =>
        queue.OfStepAsync(db, "course-place-accepted", application, cohort, cancel, calendar: true);

    public Task OfferedAsync(SiteDb db, Application application, Cohort cohort, DateTime tell, CancellationToken cancel) =>
        queue.OfStepAsync(db, "course-place-offered", application, cohort, cancel, notBefore: tell);

    public Task ExpiredAsync(SiteDb db, Application application, Cohort cohort, CancellationToken cancel) =>
        queue.OfStepAsync(db, "course-offer-ended", application, cohort, cancel);

    public Task GivenUpAsync(SiteDb db, Application application, Cohort cohort, CancellationToken cancel) =>
        queue.OfStepAsync(db, "course-given-up", application, cohort, cancel);

    /// <summary>Staff said no to an application.</summary>
    public Task DeclinedAsync(SiteDb db, Application application, Cohort cohort, string? reason, CancellationToken cancel) =>
        queue.OfStepAsync(db, "course-declined", application, cohort, cancel, ("reason", reason ?? ""));

    /// <summary>Staff took a place back.</summary>
    public Task TakenBackAsync(SiteDb db, Application application, Cohort cohort, string? reason, CancellationToken cancel) =>
        queue.OfStepAsync(db, "course-place-withdrawn", application, cohort, cancel, ("reason", reason ?? ""));

    public Task CohortCancelledAsync(SiteDb db, Application application, Cohort cohort, string? reason, CancellationToken cancel) =>
        queue.OfStepAsync(db, "course-cancelled", application, cohort, cancel, ("reason", reason ?? ""), calendar: true);

    /// <summary>Reminds somebody that the place which is held for them is not confirmed yet; once for each time it is held.</summary>
    public Task UnconfirmedAsync(SiteDb db, Application application, Cohort cohort, CancellationToken cancel) =>
        queue.OnceAsync(
            db,
            "course-place-unconfirmed",
            application,
            cohort,
            application.StateSince.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture),
            cancel
        );

    /// <summary>Tells the owner of the address, and nobody else, that it has applied already; at most once a day.</summary>
    public Task AppliedBeforeAsync(SiteDb db, Application application, Cohort cohort, CancellationToken cancel) =>
        queue.OnceAsync(db, "course-applied-before", application, cohort, Now.ToString("yyyyMMdd", CultureInfo.InvariantCulture), cancel);

    public Task ReminderAsync(SiteDb db, Application application, Cohort cohort, CourseSession session, CancellationToken cancel) =>
        queue.OnceAsync(
            db,
            "course-reminder",
            application,
            cohort,
            CourseMailWords.VersionOf(session),
            cancel,
            ("session", CourseMailWords.Describe(session))
        );

    /// <param name="changed">What of the session is new.</param>
    public Task MovedAsync(
        SiteDb db,
        Application application,
        Cohort cohort,
        CourseSession session,
        SessionChanges changed,
        CancellationToken cancel
    ) =>
        queue.OnceAsync(
            db,
            changed == SessionChanges.Link ? "course-session-link" : "course-session-moved",
            application,
            cohort,
            CourseMailWords.VersionOf(session),
            cancel,
            ("session", CourseMailWords.Describe(session)),
            calendar: true
        );

    public Task EvaluationAsync(SiteDb db, Application application, Cohort cohort, CancellationToken cancel) =>
        queue.OnceAsync(db, "course-evaluation", application, cohort, "evaluation", cancel);

    public Task CertificateReadyAsync(SiteDb db, Application application, Cohort cohort, CancellationToken cancel) =>
        queue.OnceAsync(db, "course-certificate", application, cohort, "certificate", cancel);

    /// <param name="batch">Names the mailing: sent twice, it arrives once.</param>
    public Task MessageAsync(SiteDb db, Application application, Cohort cohort, string batch, string message, CancellationToken cancel) =>
        queue.OnceAsync(db, "course-message", application, cohort, batch, cancel, ("message", message));

    /// <summary>Asks the colleague; named again on another day, they are asked again.</summary>
    public async Task HandOverAsync(SiteDb db, HandOver handOver, Application application, Cohort cohort, CancellationToken cancel)
    {
        var about = CourseMailWords.About(application, $"{handOver.Id:N}:{Now.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}");
        if (await CourseMailQueue.IsQueuedAsync(db, "course-hand-over", about, cancel))
            return;
        var values = queue.Values(application, cohort, "/courses/places/take-over/" + db.NewLink(LinkPurpose.HandOver, handOver.Id, Now));
        values["from"] = application.Name;
        values["name"] = handOver.Name;
        await outbox.QueueAsync(db, "course-hand-over", about, handOver.Email, values, cancel: cancel);
    }

    /// <summary>Staff have decided that the place cannot go to that colleague.</summary>
    public Task HandOverRefusedAsync(SiteDb db, HandOver handOver, Application application, Cohort cohort, CancellationToken cancel) =>
        queue.OnceAsync(
            db,
            "course-hand-over-declined",
            application,
            cohort,
            handOver.Id.ToString("N"),
            cancel,
            ("colleague", handOver.Name)
        );

    /// <summary>Tells the first person that the place is a colleague's now. Their own links have ended.</summary>
    public Task HandedOverAsync(SiteDb db, Application application, Cohort cohort, CancellationToken cancel) =>
        outbox.QueueAsync(
            db,
            "course-handed-over",
            CourseMailWords.About(application, CourseMailWords.LastStep(application)),
            application.Email,
            queue.Values(application, cohort, "/courses/" + cohort.Course),
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
}
