using System.Globalization;
using System.Security.Claims;
using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Courses.Mailing;

/// <summary>Messages of the staff to many people of a cohort.</summary>
sealed class CourseMailing(SiteStore store, CourseMails post, TimeProvider clock)
{
    /// <summary>Sends a message through the outbox. Pressed twice, it arrives once: the batch was named when the page was opened.</summary>
    /// <returns>How many get it.</returns>
    public Task<int> SendAsync(
        Guid cohortId,
        IReadOnlyCollection<ApplicationState> states,
        string batch,
        string message,
        ClaimsPrincipal by,
        CancellationToken cancel = default
    ) =>
        store.WriteAsync(
            async db =>
            {
                var cohort = await db.Set<Cohort>().Include(c => c.Sessions).SingleAsync(c => c.Id == cohortId, cancel);
                var end = ":" + batch;
                if (await db.Set<OutboxMail>().AnyAsync(m => m.Kind == "course-message" && m.About.EndsWith(end), cancel))
                    return 0;
                var people = await db.Set<Application>().Where(a => a.CohortId == cohortId && states.Contains(a.State)).ToListAsync(cancel);
                foreach (var person in people)
                    await post.MessageAsync(db, person, cohort, batch, message, cancel);
                db.Record(
                    clock,
                    by,
                    string.Create(CultureInfo.InvariantCulture, $"wrote to {people.Count} course applicants"),
                    cohortId.ToString()
                );
                return people.Count;
            },
            cancel
        );
}
