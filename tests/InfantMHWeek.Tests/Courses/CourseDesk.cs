using System.Security.Claims;
using InfantMHWeek.Courses;
using InfantMHWeek.Courses.Administration;
using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Courses.Places;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InfantMHWeek.Tests.Courses;

/// <summary>Sets up what a test of the course needs, and asks the store what became of it.</summary>
public sealed class CourseDesk(TestSite site)
{
    public const string Slug = "infant-mental-health-introduction";

    /// <summary>Somebody of the staff, as pages know them.</summary>
    public static readonly ClaimsPrincipal Ruth = new(
        new ClaimsIdentity([new(ClaimTypes.NameIdentifier, "00000000-0000-0000-0000-0000000000aa"), new(ClaimTypes.Name, "Ruth")], "test")
    );

    static CancellationToken Cancel => TestContext.Current.CancellationToken;
    public TestSite Site => site;
    public DateTime Now => site.Clock.GetUtcNow().UtcDateTime;

    /// <summary>A cohort that is open now, with six weekly sessions from six weeks ahead.</summary>
    public async Task<Guid> Open(
        int places,
        int? perOrganisation = null,
        bool decideFirst = false,
        int headStartHours = 0,
        TimeSpan? opensIn = null,
        string course = Slug
    ) =>
        await site.Write(async db =>
        {
            var cohort = new Cohort
            {
                Id = Guid.CreateVersion7(site.Clock.GetUtcNow()),
                Course = course,
                Title = "An introduction to infant mental health",
                Name = "Autumn 2026",
                Places = places,
                PerOrganisation = perOrganisation,
                DecideFirst = decideFirst,
                OfferHours = 48,
                HeadStartHours = headStartHours,
                MissedAllowed = 1,
                OpensAt = Now + (opensIn ?? TimeSpan.FromMinutes(-1)),
                CreatedAt = Now,
            };
            foreach (var number in Enumerable.Range(1, 6))
            {
                var session = new CourseSession { Id = Guid.CreateVersion7(site.Clock.GetUtcNow()), Number = number };
                Assert.NotNull(
                    session.TryChange(
                        DateOnly.FromDateTime(Now).AddDays(42 + 7 * number),
                        new(10, 0),
                        new(12, 30),
                        place: null,
                        "https://meet.example/room"
                    )
                );
                cohort.Sessions.Add(session);
            }
            cohort.SessionsChanged();
            db.Set<Cohort>().Add(cohort);
            await db.SaveChangesAsync(Cancel);
            return cohort.Id;
        });

    /// <summary>A filled-in draft; its hash.</summary>
    public async Task<string> Draft(
        Guid cohort,
        string email,
        string organisation = "Little Steps",
        params (string Name, string Email)[] colleagues
    ) => Secret.Hash(await DraftToken(cohort, email, organisation, colleagues));

    /// <summary>A filled-in draft; the token in the address of its pages.</summary>
    public async Task<string> DraftToken(Guid cohort, string email, string organisation, params (string Name, string Email)[] colleagues) =>
        await site.Write(async db =>
        {
            var token = LinkToken.New();
            var hash = Secret.Hash(token);
            var draft = new ApplicationDraft
            {
                Id = Guid.CreateVersion7(site.Clock.GetUtcNow()),
                Hash = hash,
                CohortId = cohort,
                Reference = CourseCodes.NewReference(),
                Early = false,
                StartedAt = Now,
                TouchedAt = Now,
            };
            draft.Write(
                new ApplicationAnswers
                {
                    Kind = "charity",
                    Nation = "scotland",
                    WorksWith = ["mothers"],
                    Name = "Morag O’Neill",
                    Email = email,
                    Role = "Worker",
                    Organisation = organisation,
                    Agreed = true,
                    Colleagues = [.. colleagues.Select(c => new Colleague(c.Name, c.Email))],
                    ColleaguesSeen = true,
                    AccessNeedsSeen = true,
                },
                Now
            );
            db.Set<ApplicationDraft>().Add(draft);
            await db.SaveChangesAsync(Cancel);
            return token;
        });

    internal async Task<T> With<T>(Func<CourseRegistrar, Task<T>> act)
    {
        await using var scope = site.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<CourseRegistrar>());
    }

    internal async Task<T> Intake<T>(Func<ApplicationIntake, Task<T>> act)
    {
        await using var scope = site.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<ApplicationIntake>());
    }

    public async Task<Guid> Apply(Guid cohort, string email, string organisation = "Little Steps")
    {
        var draft = await Draft(cohort, email, organisation);
        Assert.Equal(RegistrationResult.Done, await Intake(r => r.ApplyAsync(draft, Cancel)));
        var key = EmailAddress.Parse(email, null).Key;
        return await site.InStore(db =>
            db.Set<Application>().Where(a => a.CohortId == cohort && a.AddressKey == key).Select(a => a.Id).SingleAsync(Cancel)
        );
    }

    internal Task<RegistrationResult> Accept(Guid id) => With(r => r.AcceptAsync(id, Cancel));

    internal Task<RegistrationResult> GiveUp(Guid id) => With(r => r.GiveUpAsync(id, Cancel));

    internal Task<RegistrationResult> Rejoin(Guid id) => With(r => r.RejoinAsync(id, Cancel));

    internal Task<RegistrationResult> Decide(Guid id, bool yes) =>
        With(r => r.DecideAsync(id, yes, Ruth, "Because.", takeBack: false, Cancel));

    public async Task ChangePlaces(Guid cohort, int places)
    {
        var run = await Run(cohort);
        await using var scope = site.Services.CreateAsyncScope();
        var rules = new CohortRules(
            run.Name,
            places,
            run.PerOrganisation,
            run.DecideFirst,
            run.OfferHours,
            run.HeadStartHours,
            run.MissedAllowed,
            run.OpensAt,
            run.ClosesAt
        );
        await scope.ServiceProvider.GetRequiredService<CohortAdministration>().ChangeRulesAsync(cohort, rules, Ruth, shown: null, Cancel);
    }

    public async Task<int> Expire()
    {
        await using var scope = site.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<CourseProgress>().ExpireAsync(Cancel);
    }

    /// <summary>Notes who was at a session, as staff do.</summary>
    public async Task Mark(Guid cohort, Guid session, Guid person, bool present = true)
    {
        await using var scope = site.Services.CreateAsyncScope();
        await scope
            .ServiceProvider.GetRequiredService<AttendanceRegister>()
            .MarkAsync(cohort, session, present ? [person] : [], present ? [] : [person], Ruth, Cancel);
    }

    internal Task<Application> Find(Guid id) =>
        site.InStore(db => db.Set<Application>().Include(a => a.Steps).AsNoTracking().SingleAsync(a => a.Id == id, Cancel));

    internal async Task<ApplicationState> StateOf(Guid id) => (await Find(id)).State;

    internal Task<Cohort> Run(Guid id) =>
        site.InStore(db => db.Set<Cohort>().Include(c => c.Sessions).AsNoTracking().SingleAsync(c => c.Id == id, Cancel));

    internal async Task<IReadOnlyList<Application>> In(Guid cohort) =>
        await site.InStore(db =>
            db.Set<Application>().Where(a => a.CohortId == cohort).OrderBy(a => a.Position).AsNoTracking().ToListAsync(Cancel)
        );

    internal async Task<IReadOnlyList<OutboxMail>> MailsTo(string email) =>
        await site.InStore(async db =>
            (await db.Set<OutboxMail>().AsNoTracking().ToListAsync(Cancel)).Where(m => m.To.Text == email).OrderBy(m => m.QueuedAt).ToList()
        );

    internal async Task<IReadOnlyList<OutboxMail>> Mails() =>
        await site.InStore(db => db.Set<OutboxMail>().AsNoTracking().ToListAsync(Cancel));

    /// <summary>Which mails an address was sent, in the order of the alphabet.</summary>
    public async Task<string> KindsTo(string email) =>
        string.Join(' ', (await MailsTo(email)).Select(m => m.Kind).Order(StringComparer.Ordinal));

    /// <summary>The path of the last link in the newest mail of a kind to an address.</summary>
    public async Task<string> LinkIn(string email, string kind)
    {
        var mail = (await MailsTo(email)).Last(m => m.Kind == kind);
        var start = mail.Text.LastIndexOf("https://week.example/", StringComparison.Ordinal) + "https://week.example".Length;
        return mail.Text[start..].Split('\n', ' ')[0];
    }
}
