using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Text;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Services;

/// <summary>The law: what may be done to a service, by whom, in which state.</summary>
sealed partial class FamilyService
{
    public const string ClosedStep = "said that it has closed";

    /// <param name="organisation">Of a service that is looked after behind the same link; its own when null.</param>
    public static FamilyService Start(
        EmailAddress contact,
        DateTimeOffset now,
        ServiceDetails? from = null,
        Guid? organisation = null,
        bool sample = false,
        Guid? form = null
    )
    {
        var id = Guid.CreateVersion7(now);
        var started = new FamilyService
        {
            Id = id,
            OrganisationId = organisation ?? id,
            Contact = contact,
            StartedAt = now.UtcDateTime,
            Proposed = from ?? new(),
            Sample = sample,
            Form = form,
        };
        started.Note(now, Organiser, "started");
        return started;
    }

    /// <summary>Another service of the same organisation, whose address is known to be right.</summary>
    public FamilyService StartAnother(DateTimeOffset now)
    {
        var said = Latest;
        var another = Start(
            Contact,
            now,
            new()
            {
                Organisation = said.Organisation,
                OrganisationAbout = said.OrganisationAbout,
                OrganisationLink = said.OrganisationLink,
            },
            OrganisationId
        );
        (another.ContactName, another.ContactPhone) = (ContactName, ContactPhone);
        if (ConfirmedAt is not null)
            another.Confirm(now);
        return another;
    }

    /// <summary>Nobody comes in for now. It is said at once, on its page and in lists.</summary>
    public bool Pause(string who, DateTimeOffset now)
    {
        if (!IsPublic || ClosedAt is not null || PausedAt is not null)
            return false;
        PausedAt = now.UtcDateTime;
        Note(now, who, "said that it is closed for now");
        Republish(now);
        return true;
    }

    /// <summary>It is closed for good. Its page stays and says so.</summary>
    public bool Close(string who, string words, DateTimeOffset now)
    {
        if (!IsPublic || ClosedAt is not null)
            return false;
        (ClosedAt, Proposed, WaitingSince) = (now.UtcDateTime, null, null);
        (QuestionedAt, RemindedAt) = (null, null);
        Note(now, who, ClosedStep, words);
        Republish(now);
        return true;
    }

    /// <summary>It goes on after a pause, or had not closed at all.</summary>
    public bool Reopen(string who, DateTimeOffset now)
    {
        if (!IsPublic || (PausedAt is null && ClosedAt is null))
            return false;
        (PausedAt, ClosedAt) = (null, null);
        Note(now, who, "said that it is open again");
        Republish(now);
        return true;
    }

    /// <summary>Somebody says that all that the public sees of it is right on this day.</summary>
    public bool ConfirmRight(CheckedBy by, string who, DateTimeOffset now)
    {
        if (!IsPublic || ClosedAt is not null)
            return false;
        var today = UkTime.DayOf(now.UtcDateTime);
        if (QuestionedAt is null && UnconfirmedAt is null && UnlistedAt is null && CheckedOn == today && CheckedBy == by)
            return false;
        Check(by, today);
        Note(now, who, by == CheckedBy.Staff ? "checked it" : "said that it is still right");
        Republish(now);
        return true;
    }

    protected override string Kind => "service";

    /// <summary>Who sends a service declares that all of it is true; a person of the staff has read it since.</summary>
    protected override ServiceDetails OnApproved(ServiceDetails? before, ServiceDetails approved, string by, DateTimeOffset now)
    {
        if (before is null && SentAt is { } sent && Source is null)
            Check(CheckedBy.Service, UkTime.DayOf(sent));
        if (ByOthers && approved.AtSource is { } said && said != before?.AtSource)
            Follow(before?.AtSource, said, now);
        return approved;
    }

    void Check(CheckedBy by, DateOnly day)
    {
        (CheckedBy, CheckedOn) = (by, day);
        (QuestionedAt, RemindedAt, UnconfirmedAt, UnlistedAt) = (null, null, null, null);
    }

    protected override void AddStep(DateTimeOffset now, string who, string what, string words) =>
        steps.Add(
            new ServiceStep
            {
                Id = NextStepId(now),
                ServiceId = Id,
                At = now.UtcDateTime,
                Who = who,
                What = what,
                Words = words,
            }
        );

    protected override void SetRows()
    {
        var wanted = (Listed ? Rows() : OutOfLists()).ToList();
        points.Sort((a, b) => a.Number.CompareTo(b.Number));
        if (points.Count > wanted.Count)
            points.RemoveRange(wanted.Count, points.Count - wanted.Count);
        if (wanted.Count == 0)
            return;
        var (regions, tags) = (new HashSet<Region>(), ServiceTags.Of(Live!));
        var rank = Listed && PausedAt is null && UnconfirmedAt is null ? 0 : 1;
        foreach (var (number, row) in wanted.Index())
        {
            if (number == points.Count)
                points.Add(new ServicePoint { ServiceId = Id, Number = number });
            var point = points[number];
            (point.Cell, point.Region, point.Rank, point.SortKey) = (row.Cell, row.Region, rank, SortKeyOf(Live!.Title));
            (point.X, point.Y, point.Z) = row.At is null ? default : row.At.OnBall();
            // Without any of these no list has it, whatever is asked.
            point.Tags = !Listed
                ? tags & ~ServiceTags.Public
                : tags
                    | (number == 0 ? ServiceTags.First : 0)
                    | (row.Cell == ServiceArea.Nationwide ? ServiceTags.Nationwide : 0)
                    | (row.Region != Region.None && regions.Add(row.Region) ? ServiceTags.FirstOfRegion : 0);
        }
    }

    /// <summary>Its places, then the areas for which it is.</summary>
    IEnumerable<(int Cell, Region Region, GeoPoint? At)> Rows()
    {
        var live = Live!;
        GeoPoint? first = null;
        if (live.AtAPlace)
            foreach (var place in live.Places)
                if (place.FindableAt() is { } at)
                {
                    first ??= at;
                    yield return (Grid.CellOf(at), place.Region, at);
                }
        foreach (var region in live.Areas.Distinct())
            yield return (ServiceArea.Of(region), region, first);
        foreach (var code in live.Districts.Distinct(StringComparer.Ordinal))
            yield return (ServiceArea.Of(code), RegionOf(code), first);
        if (live.Nationwide)
            yield return (ServiceArea.Nationwide, Region.None, first);
    }

    /// <summary>What was shown once and is in no list: one row, for programs that ask what has become of it.</summary>
    IEnumerable<(int Cell, Region Region, GeoPoint? At)> OutOfLists() =>
        Live is null || ApprovedAt is null ? [] : [(ServiceArea.OutOfLists, Rows().FirstOrDefault().Region, null)];

    /// <summary>The place that a row of this number stands for; null where the row is an area.</summary>
    public ServicePlace? PlaceOf(int number) =>
        Live is { AtAPlace: true } live ? live.Places.Where(p => p.FindableAt() is not null).ElementAtOrDefault(number) : null;

    static Region RegionOf(string code) =>
        (Gazetteer.Default.Districts.GetValueOrDefault(code) ?? Gazetteer.Default.Areas.GetValueOrDefault(code))?.Region ?? Region.None;

    static string SortKeyOf(string title)
    {
        var letters = string.Concat(TownNames.KeyOf(title).Where(char.IsAsciiLetterOrDigit));
        return letters[..Math.Min(letters.Length, ServicePoint.MaxSortKey)];
    }
}
