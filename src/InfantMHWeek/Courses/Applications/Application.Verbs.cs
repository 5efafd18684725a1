using InfantMHWeek.Courses.Cohorts;

namespace InfantMHWeek.Courses.Applications;

/// <summary>The law: what may become of an application, by whom, in which state. Whoever calls a verb does so inside a write.</summary>
sealed partial class Application
{
    /// <summary>Reasons of steps.</summary>
    public const string TookOver = "took a colleague's place",
        HandedOn = "handed over to a colleague";

    /// <param name="cohort">Gives the next position of its queue.</param>
    /// <param name="state">Where it begins: <see cref="ApplicationState.Applied"/> or <see cref="ApplicationState.Waiting"/>.</param>
    /// <param name="by">The applicant, the site, or somebody of the staff.</param>
    public static Application Start(
        Cohort cohort,
        Applicant who,
        ApplicantOrganisation of,
        string reference,
        ApplicationState state,
        DateTimeOffset now,
        string by = ApplicationStep.Applicant,
        string? reason = null
    )
    {
        var started = new Application
        {
            Id = Guid.CreateVersion7(now),
            CohortId = cohort.Id,
            Reference = reference,
            AppliedAt = now.UtcDateTime,
            Position = cohort.NextPosition(),
            Name = who.Name,
            Email = who.Email,
            AddressKey = who.Email.Key,
            Role = who.Role,
            NamedBy = who.NamedBy,
            Organisation = of.Name,
            OrganisationKey = Organisations.NameKey(of.Name),
            CharityNumber = of.CharityNumber,
            CharityKey = Organisations.NumberKey(of.CharityNumber),
            Kind = of.Kind,
            Nation = of.Nation,
            WorksWith = of.WorksWith,
        };
        started.Become(state, now.UtcDateTime, by, reason);
        return started;
    }

    /// <summary>The person says that they will come: to a place that is held, or to an offer that still stands.</summary>
    public RegistrationResult Accept(DateTime now)
    {
        if (State == ApplicationState.Accepted)
            return RegistrationResult.Already;
        if (State == ApplicationState.Expired || (State == ApplicationState.Offered && KeptUntil <= now))
            return RegistrationResult.TooLate;
        if (State is not (ApplicationState.Held or ApplicationState.Offered))
            return RegistrationResult.NotPossible;
        Become(ApplicationState.Accepted, now, ApplicationStep.Applicant);
        ConfirmAddress(now);
        return RegistrationResult.Done;
    }

    /// <summary>The person no longer wants it, whatever it is.</summary>
    public RegistrationResult GiveUp(DateTime now)
    {
        if (Ended)
            return RegistrationResult.Already;
        var became = State switch
        {
            ApplicationState.Offered => ApplicationState.Declined,
            ApplicationState.Held or ApplicationState.Accepted => ApplicationState.Cancelled,
            _ => ApplicationState.Withdrawn,
        };
        Become(became, now, ApplicationStep.Applicant);
        ConfirmAddress(now);
        return RegistrationResult.Done;
    }

    /// <summary>Back to the end of the waiting list, after an offer that ended or a place that was given up. Needs the steps.</summary>
    public RegistrationResult Rejoin(Cohort cohort, DateTime now)
    {
        if (!Ended)
            return RegistrationResult.Already;
        if (!cohort.OffersPlaces(now) || RefusedByStaff)
            return RegistrationResult.NotPossible;
        Position = cohort.NextPosition();
        Become(ApplicationState.Waiting, now, ApplicationStep.Applicant);
        ConfirmAddress(now);
        return RegistrationResult.Done;
    }

    /// <summary>A place is kept for somebody who applies at this moment.</summary>
    /// <param name="until">UTC; when it goes to the next if they do not confirm it.</param>
    /// <param name="remindAt">UTC; when they are reminded, or null.</param>
    public RegistrationResult Hold(DateTime until, DateTime? remindAt, DateTime now)
    {
        if (State != ApplicationState.Waiting)
            return RegistrationResult.NotPossible;
        Become(ApplicationState.Held, now, ApplicationStep.Site);
        (KeptUntil, RemindAt) = (until, remindAt);
        return RegistrationResult.Done;
    }

    /// <summary>A place has become free for somebody who waits.</summary>
    public RegistrationResult Offer(DateTime until, DateTime now)
    {
        if (State != ApplicationState.Waiting)
            return RegistrationResult.NotPossible;
        Become(ApplicationState.Offered, now, ApplicationStep.Site);
        KeptUntil = until;
        return RegistrationResult.Done;
    }

    /// <summary>Somebody who waits is passed over, because of this.</summary>
    public void PassOver(string reason)
    {
        if (State == ApplicationState.Waiting)
            SkipReason ??= reason;
    }

    /// <summary>They were reminded of the place that is held; once.</summary>
    public RegistrationResult Remind(DateTime now)
    {
        if (State != ApplicationState.Held || RemindAt is null || RemindAt > now)
            return RegistrationResult.NotPossible;
        RemindAt = null;
        return RegistrationResult.Done;
    }

    /// <summary>Nobody answered in time.</summary>
    public RegistrationResult Expire(DateTime now)
    {
        if (State is not (ApplicationState.Offered or ApplicationState.Held) || KeptUntil is null || KeptUntil > now)
            return RegistrationResult.NotPossible;
        Become(ApplicationState.Expired, now, ApplicationStep.Site);
        return RegistrationResult.Done;
    }

    /// <summary>Staff say yes: the person joins the queue, in which a place may be free.</summary>
    public RegistrationResult Approve(string by, string? reason, DateTime now)
    {
        if (State != ApplicationState.Applied)
            return RegistrationResult.NotPossible;
        Become(ApplicationState.Waiting, now, by, reason);
        return RegistrationResult.Done;
    }

    /// <summary>Staff say no to somebody who has no place.</summary>
    public RegistrationResult Decline(string by, string? reason, DateTime now)
    {
        if (Ended)
            return RegistrationResult.NotPossible;
        if (TakesPlace)
            return RegistrationResult.HasPlace;
        Become(ApplicationState.Declined, now, by, reason);
        return RegistrationResult.Done;
    }

    /// <summary>Staff take a place back that somebody has or was offered. They have been asked whether they mean it.</summary>
    public RegistrationResult TakeBack(string by, string? reason, DateTime now)
    {
        if (!TakesPlace)
            return RegistrationResult.NotPossible;
        Become(ApplicationState.TakenBack, now, by, reason);
        return RegistrationResult.Done;
    }

    /// <summary>The cohort will not take place.</summary>
    public RegistrationResult Cancel(string by, string? reason, DateTime now)
    {
        if (Ended)
            return RegistrationResult.Already;
        Become(ApplicationState.Cancelled, now, by, reason);
        return RegistrationResult.Done;
    }

    /// <summary>A colleague has taken the place; this application ends, and remains what it was: one about this person.</summary>
    public RegistrationResult HandOn(DateTime now)
    {
        if (!HasPlace)
            return RegistrationResult.NotPossible;
        Become(ApplicationState.Cancelled, now, ApplicationStep.Applicant, HandedOn);
        return RegistrationResult.Done;
    }

    /// <summary>This person takes a colleague's place.</summary>
    public RegistrationResult TakeOver(DateTime now)
    {
        if (TakesPlace)
            return RegistrationResult.NotPossible;
        Become(ApplicationState.Accepted, now, ApplicationStep.Applicant, TookOver);
        return RegistrationResult.Done;
    }

    /// <summary>A link that was mailed has been used: the address is right.</summary>
    public void ConfirmAddress(DateTime now) => AddressUsedAt ??= now;

    /// <summary>The person changes what they have told about themselves.</summary>
    public void Correct(string name, string? role) => (Name, Role) = (name, role);

    public void WriteNote(string? note) => StaffNote = note;

    /// <summary>They have said what they think of the course; once, after it.</summary>
    public RegistrationResult Evaluate(Cohort cohort, DateOnly today, DateTime now)
    {
        if (EvaluatedOn is not null)
            return RegistrationResult.Already;
        if (!HasPlace || cohort.EndsAt is null || cohort.EndsAt > now)
            return RegistrationResult.NotPossible;
        EvaluatedOn = today;
        return RegistrationResult.Done;
    }

    void Become(ApplicationState state, DateTime now, string by, string? reason = null)
    {
        (State, StateSince, KeptUntil, RemindAt) = (state, now, null, null);
        if (state != ApplicationState.Waiting)
            SkipReason = null;
        steps.Add(
            new()
            {
                Id = Guid.CreateVersion7(new DateTimeOffset(now)),
                State = state,
                At = now,
                By = by,
                Reason = reason,
            }
        );
    }
}
