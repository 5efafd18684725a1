using InfantMHWeek.Platform.Time;
using InfantMHWeek.Services;

namespace InfantMHWeek.Tests.Services;

/// <summary>What should be of one service after so many days and answers, worked out beside the program.</summary>
sealed class ExpectedService(FamilyService service)
{
    DateOnly? checkedOn = service.CheckedOn;
    bool byOthers = service.ByOthers;
    DateTime? asked,
        reminded,
        doubted,
        unlisted;
    bool closed;

    public int Mails { get; private set; }

    public void Pass(DateTime now)
    {
        if (closed)
            return;
        if (asked is not { } since)
        {
            var due =
                byOthers || (checkedOn is { } day ? day.AddDays(183) <= UkTime.DayOf(now) : service.ApprovedAt!.Value.AddDays(183) <= now);
            if (due)
                (asked, Mails) = (now, Mails + 1);
            return;
        }
        if (byOthers)
            return;
        if (doubted is not null && unlisted is null && now - since >= TimeSpan.FromDays(365))
            unlisted = now;
        if (doubted is null && reminded is { } again && now - since >= TimeSpan.FromDays(30) && now - again >= TimeSpan.FromDays(16))
            doubted = now;
        if (reminded is null && now - since >= TimeSpan.FromDays(14))
            (reminded, Mails) = (now, Mails + 1);
    }

    /// <param name="what"><c>r</c> for right, <c>c</c> for closed, <c>o</c> for open again.</param>
    public void Answer(char what, DateTime now)
    {
        if (byOthers)
            (byOthers, asked) = (false, null);
        switch (what)
        {
            case 'r':
                (checkedOn, asked, reminded, doubted, unlisted) = (UkTime.DayOf(now), null, null, null, null);
                break;
            case 'c':
                (closed, asked, reminded) = (true, null, null);
                break;
            case 'o':
                closed = false;
                break;
        }
    }

    public void Agrees(FamilyService held)
    {
        Assert.Equal(
            (checkedOn, asked, reminded, doubted, unlisted, closed),
            (held.CheckedOn, held.QuestionedAt, held.RemindedAt, held.UnconfirmedAt, held.UnlistedAt, held.ClosedAt is not null)
        );
        Assert.Equal(closed || unlisted is not null, !held.Points.Any(p => p.InLists));
        Assert.All(held.Points.Where(p => p.InLists), p => Assert.Equal(doubted is null ? 0 : 1, p.Rank));
        Reasons(held);
    }

    /// <summary>Each state and the day of its check follow from what is written of it, and from nothing else.</summary>
    static void Reasons(FamilyService held)
    {
        var (question, reminder, doubt, gone, shut) = (false, false, false, false, false);
        DateTime? check = null;
        foreach (var step in held.Steps.OrderBy(s => s.At).ThenBy(s => s.Id))
            switch (step.What)
            {
                case "approved" when check is null && held.Source is null:
                    check = held.SentAt;
                    break;
                case "asked whether it is still right" or "told it that it is listed" or "told its organisation with another listing":
                    question = true;
                    break;
                case "reminded it":
                    Assert.True(question, "It was reminded of what it was never asked.");
                    reminder = true;
                    break;
                case "had no answer":
                    Assert.True(reminder, "It was doubted without a reminder.");
                    doubt = true;
                    break;
                case "took it out of all lists":
                    Assert.True(doubt, "It left the lists without a doubt before.");
                    gone = true;
                    break;
                case "said that it is still right":
                    (question, reminder, doubt, gone, check) = (false, false, false, false, step.At);
                    break;
                case "said that it has closed":
                    (shut, question, reminder) = (true, false, false);
                    break;
                case "said that it is open again":
                    shut = false;
                    break;
                case "took over the listing":
                    question = false;
                    break;
            }
        Assert.Equal(
            (question, reminder, doubt, gone, shut),
            (
                held.QuestionedAt is not null,
                held.RemindedAt is not null,
                held.UnconfirmedAt is not null,
                held.UnlistedAt is not null,
                held.ClosedAt is not null
            )
        );
        Assert.Equal(check is { } at ? UkTime.DayOf(at) : null, held.CheckedOn);
        Assert.Equal(held.CheckedOn is null ? CheckedBy.Nobody : CheckedBy.Service, held.CheckedBy);
    }
}
