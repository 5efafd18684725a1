namespace InfantMHWeek.Services;

/// <summary>The law of keeping it true: who is asked when, and what becomes of what nobody confirms.</summary>
sealed partial class FamilyService
{
    /// <summary>Listed by somebody else, who did not ask the service: it gets one mail about that, and then silence.</summary>
    public bool ByOthers => Source is not null && ClaimedAt is null;

    /// <summary>It is asked whether all is still right.</summary>
    /// <param name="withAnother">
    /// Its organisation has been told by the mail about another of its listings, whose link opens this too.
    /// </param>
    public bool Question(DateTimeOffset now, bool withAnother = false)
    {
        if (!IsPublic || ClosedAt is not null || QuestionedAt is not null)
            return false;
        QuestionedAt = now.UtcDateTime;
        Note(
            now,
            Site,
            withAnother ? "told its organisation with another listing"
                : ByOthers ? "told it that it is listed"
                : "asked whether it is still right"
        );
        return true;
    }

    /// <summary>A person wants it to be asked now, whenever it was asked last; not twice on a day.</summary>
    public bool QuestionAgain(string who, DateTimeOffset now)
    {
        if (!IsPublic || ClosedAt is not null || ByOthers || QuestionedAt > now.UtcDateTime.AddDays(-1))
            return false;
        (QuestionedAt, RemindedAt) = (now.UtcDateTime, null);
        Note(now, who, "asked again whether it is still right");
        return true;
    }

    public bool Remind(DateTimeOffset now)
    {
        if (!IsPublic || ClosedAt is not null || ByOthers || QuestionedAt is null || RemindedAt is not null)
            return false;
        RemindedAt = now.UtcDateTime;
        Note(now, Site, "reminded it");
        return true;
    }

    /// <summary>No answer: its page says so, and it comes after the others.</summary>
    public bool Doubt(DateTimeOffset now)
    {
        if (!IsPublic || ClosedAt is not null || RemindedAt is null || UnconfirmedAt is not null)
            return false;
        UnconfirmedAt = now.UtcDateTime;
        Note(now, Site, "had no answer");
        Republish(now);
        return true;
    }

    /// <summary>No answer for so long that no list has it any more. Its page stays, and says so.</summary>
    public bool Unlist(DateTimeOffset now)
    {
        if (!IsPublic || ClosedAt is not null || UnconfirmedAt is null || UnlistedAt is not null)
            return false;
        UnlistedAt = now.UtcDateTime;
        Note(now, Site, "took it out of all lists");
        Republish(now);
        return true;
    }

    /// <summary>The service itself takes over what others had listed.</summary>
    public bool Claim(DateTimeOffset now)
    {
        if (!ByOthers)
            return false;
        (ClaimedAt, QuestionedAt) = (now.UtcDateTime, null);
        Note(now, Organiser, "took over the listing");
        return true;
    }

    const string Site = "The site";
}
