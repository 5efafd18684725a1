using System.Globalization;
using InfantMHWeek.Platform;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;

namespace InfantMHWeek.Courses;

/// <summary>
/// The mails about places. Each is queued in the transaction of what it tells of, once for each step, and brings a link of
/// its own. Wordings: <c>content/emails/course-*.md</c>.
/// </summary>
public sealed class CoursePost(SiteDb db, Outbox outbox, SiteAddress address, TimeProvider clock)
{
    static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");

    DateTime Now => clock.GetUtcNow().UtcDateTime;

    public void Applied(Application application, Cohort cohort) => OfStep("course-applied", application, cohort);
    public void Waiting(Application application, Cohort cohort) => OfStep("course-waiting", application, cohort);
    public void Held(Application application, Cohort cohort) => OfStep("course-place-held", application, cohort, calendar: true);
    public void Accepted(Application application, Cohort cohort) => OfStep("course-place-accepted", application, cohort, calendar: true);
    public void Offered(Application application, Cohort cohort, DateTime tell) => OfStep("course-place-offered", application, cohort, notBefore: tell);
    public void Expired(Application application, Cohort cohort) => OfStep("course-offer-ended", application, cohort);
    public void GivenUp(Application application, Cohort cohort) => OfStep("course-given-up", application, cohort);
    public void Declined(Application application, Cohort cohort, string? reason) => OfStep("course-declined", application, cohort, ("reason", reason ?? ""));
    public void CohortCancelled(Application application, Cohort cohort, string? reason) => OfStep("course-cancelled", application, cohort, ("reason", reason ?? ""), calendar: true);

    /// <summary>Tells the owner of the address, and nobody else, that it has applied already; at most once a day.</summary>
    public void AppliedBefore(Application application, Cohort cohort) => Once("course-applied-before", application, cohort, Now.ToString("yyyyMMdd", CultureInfo.InvariantCulture));

    public void Reminder(Application application, Cohort cohort, CourseSession session) =>
        Once("course-reminder", application, cohort, $"{session.Number}.{session.Sequence}", ("session", Describe(session)));

    public void Moved(Application application, Cohort cohort, CourseSession session) =>
        Once("course-session-moved", application, cohort, $"{session.Number}.{session.Sequence}", ("session", Describe(session)), calendar: true);

    public void Evaluation(Application application, Cohort cohort) => Once("course-evaluation", application, cohort, "evaluation");

    public void CertificateReady(Application application, Cohort cohort) => Once("course-certificate", application, cohort, "certificate");

    /// <param name="batch">Names the mailing: sent twice, it arrives once.</param>
    public void Message(Application application, Cohort cohort, string batch, string message) => Once("course-message", application, cohort, batch, ("message", message));

    public void HandOver(HandOver handOver, Application application, Cohort cohort)
    {
        var token = db.NewLink(LinkPurpose.HandOver, handOver.Id, Now);
        var values = Values(application, cohort, "/courses/places/take-over/" + token);
        values["from"] = application.Name;
        values["name"] = handOver.Name;
        outbox.Queue("course-hand-over", $"{application.Id:N}:{handOver.Id:N}", handOver.Email, values);
    }

    public void HandedOver(Application application, Cohort cohort, EmailAddress before, string nameBefore)
    {
        var values = Values(application, cohort, "/courses/" + cohort.Course);
        values["name"] = nameBefore;
        outbox.Queue("course-handed-over", About(application, "to " + LastStep(application)), before, values);
        Once("course-place-accepted", application, cohort, LastStep(application), calendar: true);
    }

    public void DraftLink(ApplicationDraft draft, string token, EmailAddress to, Cohort cohort) => outbox.Queue(
        "course-draft", string.Create(CultureInfo.InvariantCulture, $"{draft.Id:N}:{draft.LinksMailed}"), to,
        new Dictionary<string, string>(StringComparer.Ordinal) { ["course"] = cohort.Title, ["group"] = cohort.Name, ["link"] = address.Of($"/courses/{cohort.Course}/apply/{token}") });

    void OfStep(string kind, Application application, Cohort cohort, (string Name, string Value)? more = null, bool calendar = false, DateTime? notBefore = null) =>
        Once(kind, application, cohort, LastStep(application), more, calendar, notBefore);

    void Once(string kind, Application application, Cohort cohort, string what, (string Name, string Value)? more = null, bool calendar = false, DateTime? notBefore = null)
    {
        var path = "/courses/places/" + db.NewLink(LinkPurpose.Place, application.Id, Now);
        var values = Values(application, cohort, path);
        if (more is var (name, value)) values[name] = value;
        outbox.Queue(kind, About(application, what), application.Email, values, calendar ? CourseCalendar.Write(cohort, address, Now, address.Of(path)) : null, notBefore);
    }

    static string About(Application application, string what) => $"{application.Id:N}:{what}";

    static string LastStep(Application application) => application.Steps[^1].Id.ToString("N");

    Dictionary<string, string> Values(Application application, Cohort cohort, string path) => new(StringComparer.Ordinal)
    {
        ["name"] = application.Name,
        ["course"] = cohort.Title,
        ["group"] = cohort.Name,
        ["reference"] = application.Reference,
        ["organisation"] = application.Organisation,
        ["until"] = application.OfferedUntil is { } until ? InWords(until) : "",
        ["sessions"] = Describe(cohort),
        ["link"] = address.Of(path),
    };

    // Two spaces before a line break keep it in the HTML too.
    public static string Describe(Cohort cohort) => string.Join("  \n", cohort.InOrder.Select(s => $"Session {s.Number}: {Describe(s)}"));

    static string Describe(CourseSession session) => session.When + (session.Place is { Length: > 0 } place ? $", {place}" : session.OnlineLink is null ? "" : ", online");

    /// <summary><c>Tuesday 7 October, 9am</c>, by the clock on a wall in the UK.</summary>
    public static string InWords(DateTime utc)
    {
        var local = UkTime.FromUtc(utc);
        return $"{local.ToString("dddd d MMMM yyyy", British)}, {CourseSession.Clock(TimeOnly.FromDateTime(local))}";
    }
}
