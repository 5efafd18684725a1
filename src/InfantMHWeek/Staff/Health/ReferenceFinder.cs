using InfantMHWeek.Contact;
using InfantMHWeek.Courses;
using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Events;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Telemetry;
using InfantMHWeek.Platform.Time;
using InfantMHWeek.Staff.Events;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Health;

/// <summary>What a reference leads to.</summary>
sealed class ReferenceResult
{
    public sealed record Line(string Text, string? Path = null);

    public sealed record Step(DateTime At, string Text);

    public sealed record Mail(string Kind, string Subject, DateTime QueuedAt, string State);

    internal List<Line> Lines { get; } = [];
    internal List<Step> Steps { get; } = [];
    internal List<Mail> Mails { get; } = [];

    /// <summary>The ids of those it is about, for the audit log.</summary>
    internal List<string> About { get; } = [];

    public bool IsEmpty => Lines.Count + Steps.Count + Mails.Count == 0;
}

/// <summary>Finds by the reference of a request (on error pages), of an application and of a message.</summary>
sealed class ReferenceFinder(SiteDb db, RecentProblems problems)
{
    public async Task<ReferenceResult> FindAsync(string typed, CancellationToken cancel)
    {
        var found = new ReferenceResult();
        var subjects = new HashSet<Guid>();
        if (RequestId.Parse(typed) is { } request)
            await AddRequestAsync(found, request, subjects, cancel);
        var reference = typed.Trim().ToUpperInvariant();
        subjects.UnionWith(await db.Set<Application>().Where(a => a.Reference == reference).Select(a => a.Id).ToListAsync(cancel));
        subjects.UnionWith(await db.Set<ContactMessage>().Where(m => m.Reference == reference).Select(m => m.Id).ToListAsync(cancel));
        foreach (var id in subjects)
            await AddSubjectAsync(found, id, cancel);
        found.Steps.Sort((a, b) => a.At.CompareTo(b.At));
        return found;
    }

    async Task AddRequestAsync(ReferenceResult found, string request, HashSet<Guid> subjects, CancellationToken cancel)
    {
        if (problems.Find(request) is { } problem)
            found.Lines.Add(
                new(
                    $"On {problem.At.InUk()} the site answered {problem.Status} to {problem.Method} "
                        + $"{problem.Route}{(problem.Problem is { } kind ? $" ({kind})" : "")}. The site's log has lines with this "
                        + "reference."
                )
            );
        foreach (
            var entry in await db.Set<AuditEntry>()
                .Where(e => EF.Property<string?>(e, RequestIdInterceptor.Column) == request)
                .Select(e => new
                {
                    e.At,
                    e.Who,
                    e.What,
                    e.About,
                })
                .ToListAsync(cancel)
        )
        {
            found.Steps.Add(new(entry.At, $"{entry.Who} {entry.What}"));
            if (Guid.TryParse(entry.About, out var id))
                subjects.Add(id);
        }
        var mails = await db.Set<OutboxMail>()
            .Where(m => EF.Property<string?>(m, RequestIdInterceptor.Column) == request)
            .Select(m => new MailRow(m.Kind, m.About, m.Subject, m.QueuedAt, m.SentAt, m.GivenUpAt, m.LastProblem))
            .ToListAsync(cancel);
        foreach (var mail in mails)
            if (Guid.TryParse(mail.About.Split(':')[0], out var id))
                subjects.Add(id);
            else
                found.Mails.Add(mail.Shown());
    }

    async Task AddSubjectAsync(ReferenceResult found, Guid id, CancellationToken cancel)
    {
        var known = await AddApplicationAsync(found, id, cancel);
        known |= await AddMessageAsync(found, id, cancel);
        known |= await AddEventAsync(found, id, cancel);
        if (!known)
            return;
        found.About.Add(id.ToString());
        var about = id.ToString("N") + ":";
        found.Mails.AddRange(
            (
                await db.Set<OutboxMail>()
                    .Where(m => m.About.StartsWith(about))
                    .OrderBy(m => m.QueuedAt)
                    .Select(m => new MailRow(m.Kind, m.About, m.Subject, m.QueuedAt, m.SentAt, m.GivenUpAt, m.LastProblem))
                    .ToListAsync(cancel)
            ).Select(m => m.Shown())
        );
    }

    async Task<bool> AddApplicationAsync(ReferenceResult found, Guid id, CancellationToken cancel)
    {
        var application = await db.Set<Application>()
            .Where(a => a.Id == id)
            .Select(a => new
            {
                a.Reference,
                a.Name,
                a.State,
                Steps = a.Steps.Select(s => new
                {
                    s.State,
                    s.At,
                    s.By,
                    s.Reason,
                }),
            })
            .FirstOrDefaultAsync(cancel);
        if (application is null)
            return false;
        found.Lines.Add(
            new(
                $"Application {application.Reference} of {application.Name}: {CourseLabels.Of(application.State)}.",
                $"/staff/courses/applications/{id}"
            )
        );
        found.Steps.AddRange(
            application.Steps.Select(s => new ReferenceResult.Step(
                s.At,
                $"{CourseLabels.Of(s.State)}{(s.By is { } by ? $", by {by}" : "")}{(s.Reason is { } why ? $": {why}" : "")}"
            ))
        );
        return true;
    }

    async Task<bool> AddMessageAsync(ReferenceResult found, Guid id, CancellationToken cancel)
    {
        var message = await db.Set<ContactMessage>()
            .Where(m => m.Id == id)
            .Select(m => new
            {
                m.Reference,
                m.At,
                m.AnsweredAt,
                m.AnsweredBy,
            })
            .FirstOrDefaultAsync(cancel);
        if (message is null)
            return false;
        found.Lines.Add(new($"Message {message.Reference}.", "/staff/contact"));
        found.Steps.Add(new(message.At, "The message arrived"));
        if (message.AnsweredAt is { } answered)
            found.Steps.Add(new(answered, $"Answered by {message.AnsweredBy}"));
        return true;
    }

    async Task<bool> AddEventAsync(ReferenceResult found, Guid id, CancellationToken cancel)
    {
        if (await db.Set<Event>().AsNoTracking().Include(e => e.Steps).FirstOrDefaultAsync(e => e.Id == id, cancel) is not { } offered)
            return false;
        found.Lines.Add(new($"Event \"{offered.Latest.Title}\": {StateLabels.Of(offered.State)}.", $"/staff/events/review?id={id}"));
        found.Steps.AddRange(offered.Steps.Select(s => new ReferenceResult.Step(s.At, $"{s.What}, by {s.Who}")));
        return true;
    }

    sealed record MailRow(
        string Kind,
        string About,
        string Subject,
        DateTime QueuedAt,
        DateTime? SentAt,
        DateTime? GivenUpAt,
        string? LastProblem
    )
    {
        public ReferenceResult.Mail Shown() =>
            new(
                Kind,
                Subject,
                QueuedAt,
                SentAt is { } sent
                    ? $"sent {sent.InUk()}"
                    : $"{(GivenUpAt is null ? "waiting" : "given up")}{(LastProblem is { } problem ? $" ({problem})" : "")}"
            );
    }
}
