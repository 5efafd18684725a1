using System.Text.Json;
using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Courses.Places;

/// <summary>Everything the course keeps about one application, for the person it is about: readable by people and by programs.</summary>
static class PersonalDataExport
{
    static readonly JsonSerializerOptions Plain = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static async Task<string> WriteAsync(SiteDb db, Guid applicationId, CancellationToken cancel)
    {
        var application = await db.Set<Application>()
            .AsNoTracking()
            .Include(a => a.Steps)
            .Include(a => a.Cohort.Sessions)
            .SingleAsync(a => a.Id == applicationId, cancel);
        var record = new
        {
            application.Reference,
            application.Name,
            Email = application.Email.Text,
            application.Role,
            application.Organisation,
            application.CharityNumber,
            Kind = application.Kind,
            application.Nation,
            application.WorksWith,
            application.NamedBy,
            Group = application.Cohort.FullName,
            application.AppliedAt,
            State = application.State.ToString(),
            application.KeptUntil,
            application.SkipReason,
            application.StaffNote,
            Steps = StepsOf(application),
            AccessNeeds = await db.Set<AccessNeeds>()
                .Where(n => n.ApplicationId == applicationId)
                .Select(n => n.Text)
                .FirstOrDefaultAsync(cancel),
            Attended = await AttendedAsync(db, applicationId, cancel),
            Certificates = await CertificatesAsync(db, applicationId, cancel),
            HandOvers = await HandOversAsync(db, applicationId, cancel),
            Mails = await MailsAsync(db, applicationId, cancel),
        };
        return JsonSerializer.Serialize(record, Plain);
    }

    static IEnumerable<object> StepsOf(Application application) =>
        application
            .Steps.OrderBy(s => s.At)
            .Select(s => new
            {
                State = s.State.ToString(),
                s.At,
                s.By,
                s.Reason,
            });

    static async Task<IReadOnlyList<object>> AttendedAsync(SiteDb db, Guid application, CancellationToken cancel) =>
        await db.Set<Attendance>()
            .Where(a => a.ApplicationId == application)
            .Select(a => new
            {
                a.SessionId,
                a.At,
                a.By,
            })
            .ToListAsync(cancel);

    static async Task<IReadOnlyList<object>> CertificatesAsync(SiteDb db, Guid application, CancellationToken cancel) =>
        await db.Set<Certificate>()
            .Where(c => c.ApplicationId == application)
            .Select(c => new
            {
                c.Code,
                c.Name,
                c.CompletedOn,
            })
            .ToListAsync(cancel);

    static async Task<IReadOnlyList<object>> HandOversAsync(SiteDb db, Guid application, CancellationToken cancel) =>
        await db.Set<HandOver>()
            .Where(h => h.ApplicationId == application)
            .Select(h => new
            {
                h.Name,
                Email = h.Email.Text,
                h.At,
            })
            .ToListAsync(cancel);

    static async Task<IReadOnlyList<object>> MailsAsync(SiteDb db, Guid application, CancellationToken cancel)
    {
        var start = application.ToString("N") + ":";
        return await db.Set<OutboxMail>()
            .Where(m => m.About.StartsWith(start))
            .Select(m => new
            {
                m.Kind,
                m.Subject,
                m.QueuedAt,
                m.SentAt,
            })
            .ToListAsync(cancel);
    }
}
