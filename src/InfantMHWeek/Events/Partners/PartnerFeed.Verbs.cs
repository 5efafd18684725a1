using InfantMHWeek.Platform.Moderation;

namespace InfantMHWeek.Events.Partners;

/// <summary>The law: what may be done to a feed, by people and by who reads it.</summary>
sealed partial class PartnerFeed
{
    public static readonly TimeSpan Between = TimeSpan.FromDays(1),
        FirstRetry = TimeSpan.FromHours(1),
        Lease = TimeSpan.FromMinutes(10),
        InFullAfter = TimeSpan.FromDays(28);

    public static PartnerFeed Add(FeedWords words, DateTimeOffset now)
    {
        var feed = new PartnerFeed { Id = Guid.CreateVersion7(now), AddedAt = now.UtcDateTime };
        feed.Take(words, now);
        return feed;
    }

    /// <param name="revision">Of what the person saw.</param>
    public Decision Change(FeedWords words, int revision, DateTimeOffset now)
    {
        if (revision != Revision)
            return Decision.ChangedMeanwhile;
        Take(words, now);
        return Decision.Done;
    }

    /// <summary>It is read anew soon, and all of it; whoever reads it just now is not listened to any more.</summary>
    void Take(FeedWords words, DateTimeOffset now)
    {
        (Name, Website, Address) = (words.Name, words.Website, words.Address);
        (Contact, ContactName, Terms, Trusted) = (words.Contact, words.ContactName, words.Terms, words.Trusted);
        ReadSoon(now);
    }

    void ReadSoon(DateTimeOffset now)
    {
        (ETag, LastModified, Reader, ReaderUntil, DueAt) = (null, null, null, null, now.UtcDateTime);
        Revision++;
    }

    public bool Stop(DateTimeOffset now)
    {
        if (StoppedAt is not null)
            return false;
        (StoppedAt, Reader, ReaderUntil) = (now.UtcDateTime, null, null);
        (FailingSince, Problem, Failures, Warning) = (null, "", 0, "");
        Revision++;
        return true;
    }

    public bool Resume(DateTimeOffset now)
    {
        if (StoppedAt is null)
            return false;
        StoppedAt = null;
        ReadSoon(now);
        return true;
    }

    /// <summary>Somebody begins to read it.</summary>
    /// <returns>False while another is at it, when it is stopped, and before it is due.</returns>
    public bool Begin(Guid reader, bool evenIfNotDue, DateTimeOffset now)
    {
        var utc = now.UtcDateTime;
        // The clock may have been wrong when it was given: a lease cannot last longer than it does.
        var busy = Reader is not null && ReaderUntil > utc && ReaderUntil <= utc + 2 * Lease;
        if (StoppedAt is not null || busy || (!evenIfNotDue && DueAt > utc))
            return false;
        (Reader, ReaderUntil) = (reader, utc + Lease);
        return true;
    }

    /// <summary>Whether it is enough to ask what has changed.</summary>
    public bool KnowsVersion(DateTimeOffset now) => (ETag ?? LastModified) is not null && ReadInFullAt > now.UtcDateTime - InFullAfter;

    public bool IsReadBy(Guid reader) => Reader == reader && StoppedAt is null;

    /// <summary>It was read, and all of it is brought in.</summary>
    public void Read(FeedReport report, DateTimeOffset now)
    {
        (ETag, LastModified, ReadInFullAt) = (Fitting(report.ETag), Fitting(report.LastModified), now.UtcDateTime);
        (Outcome, LeftOut, Warning) = (Fit(report.Outcome, MaxWords), Fit(report.LeftOut, MaxLines), Fit(report.Warning, MaxProblem));
        Well(now);
    }

    /// <summary>Its server says that nothing has changed.</summary>
    public void Unchanged(DateTimeOffset now)
    {
        Outcome = "Nothing has changed there.";
        Well(now);
    }

    void Well(DateTimeOffset now)
    {
        (ReadAt, DueAt) = (now.UtcDateTime, now.UtcDateTime + Between);
        (FailingSince, Problem, Failures) = (null, "", 0);
        (Reader, ReaderUntil) = (null, null);
    }

    /// <summary>It could not be read: it is tried again, more and more seldom, at the latest after a day.</summary>
    public void Fail(string words, DateTimeOffset now)
    {
        (FailingSince, Problem) = (FailingSince ?? now.UtcDateTime, Fit(words, MaxProblem));
        var wait = FirstRetry * Math.Pow(2, Math.Min(Failures++, 5));
        DueAt = now.UtcDateTime + (wait < Between ? wait : Between);
        (Reader, ReaderUntil) = (null, null);
    }

    static string Fit(string text, int most) => text.Length <= most ? text : text[..(most - 1)] + "…";

    static string? Fitting(string? version) => version is { Length: <= MaxVersion } ? version : null;
}

/// <summary>What came of reading a feed.</summary>
sealed record FeedReport(string? ETag, string? LastModified, string Outcome, string LeftOut, string Warning);
