using System.Globalization;
using InfantMHWeek.Courses.Administration;
using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Courses.Places;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace InfantMHWeek.Courses.YourPlace;

/// <summary>Where a person's application stands, in plain words, and what they can do about it. Opening it changes nothing.</summary>
[FormPage(byToken: true)]
sealed class IndexModel(
    SiteDb db,
    CourseRegistrar registrar,
    AttendanceRegister book,
    IOptions<CourseSettings> settings,
    TimeProvider clock
) : PlacePage(db, clock)
{
    [TempData]
    public string? StatusMessage { get; set; }

    public int LinkShownHours => settings.Value.LinkShownHours;
    public int Ahead { get; private set; }
    public IReadOnlySet<Guid> Attended { get; private set; } = new HashSet<Guid>();
    public string? Certificate { get; private set; }
    public bool MayAccept => Place.State is ApplicationState.Held || (Place.State is ApplicationState.Offered && Place.KeptUntil > Now);
    public bool MayRejoin => Place.Ended && Cohort.OffersPlaces(Now) && !Place.RefusedByStaff;
    public bool MayEvaluate => Place.HasPlace && Cohort.EndsAt <= Now && Place.EvaluatedOn is null;
    public bool ShowsSessions => Place.TakesPlace && Cohort.CancelledAt is null;

    public string Headline =>
        Place.State switch
        {
            ApplicationState.Applied => "We are reading your application",
            ApplicationState.Held => "We are holding a place for you",
            ApplicationState.Waiting => "You are on the waiting list",
            ApplicationState.Offered => MayAccept ? "There is a place for you" : "Your offer has ended",
            ApplicationState.Accepted => "Your place is confirmed",
            ApplicationState.Declined => "You have no place on this course",
            ApplicationState.Expired => "We no longer keep a place for you",
            ApplicationState.TakenBack => "We have had to take your place back",
            _ => "You have given up your place or application",
        };

    public string Explained =>
        Place.State switch
        {
            ApplicationState.Applied => "We will write to you as soon as we have decided.",
            ApplicationState.Held => Place.KeptUntil > Now
                ? $"Please tell us by {TimeInWords.WithWeekday(Place.KeptUntil.Value)} whether you will come. If we do not hear from "
                    + "you, the place goes to the next person."
                : "Please tell us whether you will come. Then we know that our emails reach you.",
            ApplicationState.Waiting => Ahead == 0
                ? "You are next. If a place becomes free, we will write to you."
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"There {(Ahead == 1 ? "is 1 person" : $"are {Ahead} people")} before you. If a place becomes free and it is your "
                        + $"turn, we write to you."
                ),
            ApplicationState.Offered => MayAccept
                ? $"We are keeping it for you until {TimeInWords.WithWeekday(Place.KeptUntil!.Value)}."
                : "We did not hear from you in time.",
            ApplicationState.Accepted =>
                "We look forward to seeing you. If you cannot come, please cancel or hand your place to a colleague, so that it is not "
                    + "lost.",
            ApplicationState.TakenBack => Place.Steps.OrderBy(s => s.At).LastOrDefault(s => s.State == ApplicationState.TakenBack)?.Reason
                ?? "If you have a question about it, please write to us.",
            ApplicationState.Declined => Place.Steps.OrderBy(s => s.At).LastOrDefault(s => s.State == ApplicationState.Declined)?.Reason
                ?? "You have declined it. Thank you for telling us.",
            ApplicationState.Expired => "We did not hear from you in time, so the place can go to the next person.",
            ApplicationState.Cancelled when Cohort.CancelledAt is not null => "We are sorry: this course will not take place.",
            _ => "Thank you for telling us.",
        };

    public async Task OnGetAsync(CancellationToken cancel)
    {
        if (Place.State == ApplicationState.Waiting)
            Ahead = await Db.Set<Application>()
                .CountAsync(
                    a => a.CohortId == Place.CohortId && a.State == ApplicationState.Waiting && a.Position < Place.Position,
                    cancel
                );
        Attended = (
            await Db.Set<Attendance>().Where(a => a.ApplicationId == Place.Id).Select(a => a.SessionId).ToListAsync(cancel)
        ).ToHashSet();
        Certificate = await Db.Set<Certificate>().Where(c => c.ApplicationId == Place.Id).Select(c => c.Code).FirstOrDefaultAsync(cancel);
    }

    public bool LinkShown(CourseSession session) => session.StartsUtc.AddHours(-LinkShownHours) <= Now && Now < session.EndsUtc.AddHours(1);

    public bool MayGiveCode(CourseSession session) => session.Code is not null && Place.HasPlace && AttendanceRegister.IsOpen(session, Now);

    public async Task<IActionResult> OnPostAsync(string? wish, Guid session, string? code, CancellationToken cancel)
    {
        if (wish == "attend")
            return await GiveCodeAsync(session, code, cancel);
        var became = wish switch
        {
            "accept" => await registrar.AcceptAsync(Place.Id, cancel),
            "give-up" => await registrar.GiveUpAsync(Place.Id, cancel),
            "rejoin" => await registrar.RejoinAsync(Place.Id, cancel),
            _ => RegistrationResult.NotPossible,
        };
        StatusMessage = (wish, became) switch
        {
            ("accept", RegistrationResult.Done) => "Thank you. Your place is confirmed.",
            ("give-up", RegistrationResult.Done) => "Thank you for telling us. The place goes to somebody else.",
            ("rejoin", RegistrationResult.Done) => "You are on the waiting list again.",
            (_, RegistrationResult.TooLate) => "This offer has ended. You can join the waiting list again.",
            _ => "That is no longer possible. This page shows how things stand now.",
        };
        return Redirect(At());
    }

    async Task<IActionResult> GiveCodeAsync(Guid session, string? code, CancellationToken cancel)
    {
        var answer = await book.GiveCodeAsync(Place.Id, session, code, cancel);
        if (answer.Wait is { } wait)
        {
            await OnGetAsync(cancel);
            Response.StatusCode = StatusCodes.Status429TooManyRequests;
            Response.Headers.RetryAfter = ((int)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            ModelState.AddModelError(
                "",
                $"Several codes did not match. Please wait {wait.TotalMinutes:0} minutes before you try another, or ask "
                    + "the organisers: they can note that you were there."
            );
            return Page();
        }
        StatusMessage = answer.Right
            ? "Thank you. We have noted that you were there."
            : "That code does not match. Please check it, or ask the organisers.";
        return Redirect(At());
    }
}
