using System.Globalization;
using InfantMHWeek.Courses;
using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Courses.Mailing;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Forms.TagHelpers;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Courses;

/// <summary>A message to a selection: shown first, then sent through the outbox, with the state of each person's mail.</summary>
[FormPage]
sealed class MailModel(SiteDb db, CourseMailing mailing, IMailWordings wordings) : PageModel
{
    public const int MessageMaxLength = 4000;
    const int MostShown = 200;

    public static readonly IReadOnlyList<Choice> Choices =
    [
        .. Enum.GetValues<ApplicationState>().Select(s => new Choice(s.ToString(), CourseLabels.Of(s))),
    ];

    public Cohort Cohort { get; private set; } = null!;
    public string? Preview { get; private set; }
    public int Reached { get; private set; }
    public IReadOnlyList<SentMail> Sent { get; private set; } = [];

    [BindProperty]
    public string? Batch { get; set; }

    [BindProperty]
    public IList<ApplicationState> States { get; set; } = [];

    [BindProperty]
    public string? Message { get; set; }

    [TempData]
    public string? StatusMessage { get; set; }

    public sealed record SentMail(DateTime QueuedAt, string To, string State);

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel)
    {
        Batch = CourseCodes.NewCode(12);
        States = [ApplicationState.Held, ApplicationState.Accepted];
        return await LoadAsync(id, cancel) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, string? wish, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
            return NotFound();
        if (States.Count == 0)
            ModelState.AddModelError(nameof(States), "Choose to whom you write.");
        var message = ModelState.Lines(nameof(Message), Message, MessageMaxLength, "Write a message.");
        if (Batch is not { Length: 12 } || !Batch.All(char.IsAsciiLetterOrDigit))
            ModelState.AddModelError("", "Please open this page again.");
        if (!ModelState.IsValid)
            return Page();
        if (wish != "send")
        {
            Preview = CourseMailPreview.Of(wordings, "course-message", Cohort, "message", message!);
            Reached = await db.Set<Application>().CountAsync(a => a.CohortId == id && States.Contains(a.State), cancel);
            return Page();
        }
        var sent = await mailing.SendAsync(id, [.. States], Batch!, message!, User, cancel);
        StatusMessage =
            sent == 0
                ? "Nothing was sent: there is nobody to write to, or it had been sent already."
                : string.Create(CultureInfo.InvariantCulture, $"{sent} {(sent == 1 ? "mail is" : "mails are")} on the way.");
        return Redirect($"/staff/courses/{id}/mail");
    }

    async Task<bool> LoadAsync(Guid id, CancellationToken cancel)
    {
        Cohort = await db.Set<Cohort>().AsNoTracking().FirstOrDefaultAsync(c => c.Id == id, cancel) ?? null!;
        if (Cohort is null)
            return false;
        var people = (
            await db.Set<Application>().Where(a => a.CohortId == id).Select(a => new { a.Id, a.Name }).ToListAsync(cancel)
        ).ToDictionary(a => a.Id.ToString("N"), a => a.Name, StringComparer.Ordinal);
        var mails = await db.Set<OutboxMail>()
            .AsNoTracking()
            .Where(m => m.Kind == "course-message")
            .OrderByDescending(m => m.QueuedAt)
            .Select(m => new
            {
                m.About,
                m.QueuedAt,
                m.SentAt,
                m.GivenUpAt,
                m.LastProblem,
            })
            .ToListAsync(cancel);
        Sent =
        [
            .. mails
                .Where(m => people.ContainsKey(m.About[..32]))
                .Take(MostShown)
                .Select(m => new SentMail(
                    m.QueuedAt,
                    people[m.About[..32]],
                    m.SentAt is not null ? "Sent"
                        : m.GivenUpAt is not null ? "Given up: " + m.LastProblem
                        : "On its way"
                )),
        ];
        return true;
    }
}
