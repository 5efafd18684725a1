using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Courses.Mailing;

/// <summary>Queues mails about places, in the write of what they tell of: once for each step, each with a link of its own.</summary>
sealed class CourseMailQueue(Outbox outbox, SiteAddress address, TimeProvider clock)
{
    DateTime Now => clock.GetUtcNow().UtcDateTime;

    public Task OfStepAsync(
        SiteDb db,
        string kind,
        Application application,
        Cohort cohort,
        CancellationToken cancel,
        (string Name, string Value)? more = null,
        bool calendar = false,
        DateTime? notBefore = null
    ) => QueueAsync(db, kind, application, cohort, CourseMailWords.LastStep(application), more, calendar, notBefore, cancel);

    /// <summary>What may recur is looked for first, so that no link is made that nobody gets.</summary>
    public async Task OnceAsync(
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
        if (!await IsQueuedAsync(db, kind, CourseMailWords.About(application, what), cancel))
            await QueueAsync(db, kind, application, cohort, what, more, calendar, notBefore: null, cancel);
    }

    public static async Task<bool> IsQueuedAsync(SiteDb db, string kind, string about, CancellationToken cancel) =>
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
        await outbox.QueueAsync(
            db,
            kind,
            CourseMailWords.About(application, what),
            application.Email,
            values,
            diary,
            notBefore,
            cancel: cancel
        );
    }

    public Dictionary<string, string> Values(Application application, Cohort cohort, string path) =>
        new(StringComparer.Ordinal)
        {
            ["name"] = application.Name,
            ["course"] = cohort.Title,
            ["group"] = cohort.Name,
            ["reference"] = application.Reference,
            ["organisation"] = application.Organisation,
            ["until"] = application.KeptUntil is { } until ? until.WithWeekday() : "",
            ["sessions"] = CourseMailWords.Describe(cohort),
            ["link"] = address.Of(path),
        };
}
