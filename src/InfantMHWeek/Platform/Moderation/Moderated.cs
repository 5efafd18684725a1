using System.Text.Json;
using InfantMHWeek.Platform.Text;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Platform.Moderation;

/// <summary>
/// Something that a stranger offers and the public sees once a person of the staff has approved it. What the public sees is
/// <see cref="Live"/>, and only <see cref="Approve"/> makes it; what its organiser types is <see cref="Proposed"/>.
/// </summary>
abstract class Moderated<TDetails>
    where TDetails : class, IModeratedDetails<TDetails>, new()
{
    public const string Organiser = "Organiser",
        Withdrew = StaffWords.Withdrew;

    public required Guid Id { get; init; }

    /// <summary>Its public address, given at the first approval and never changed.</summary>
    public string? Slug { get; protected set; }
    public required EmailAddress Contact { get; init; }
    public string ContactName { get; set; } = "";
    public string ContactPhone { get; set; } = "";

    /// <summary>Names the opening of the form by which it was begun: sent twice, it is begun once.</summary>
    public Guid? Form { get; init; }
    public required DateTime StartedAt { get; init; }
    public DateTime? ConfirmedAt { get; protected set; }
    public DateTime? SentAt { get; protected set; }

    /// <summary>Since when something waits for a person's decision.</summary>
    public DateTime? WaitingSince { get; protected set; }
    public DateTime? AskedAt { get; protected set; }
    public DateTime? DeclinedAt { get; protected set; }
    public DateTime? ApprovedAt { get; protected set; }
    public DateTime? WithdrawnAt { get; protected set; }

    /// <summary>When staff brought it in from somebody's file; its contact was never asked to confirm the address.</summary>
    public DateTime? ImportedAt { get; protected set; }

    /// <summary>When the public version last changed, and how often.</summary>
    public DateTime UpdatedAt { get; protected set; }
    public int Sequence { get; protected set; }

    /// <summary>Rises with every change of any kind, so that nobody decides on what they have not seen.</summary>
    public int Revision { get; protected set; }

    public TDetails? Proposed { get; protected set; }
    public TDetails? Live { get; protected set; }
    public bool Sample { get; init; }

    public bool IsPublic => Live is not null && ApprovedAt is not null && WithdrawnAt is null;
    public bool Waiting => WaitingSince is not null;

    /// <summary>The version that its organiser sees and changes.</summary>
    public TDetails Latest => Proposed ?? Live ?? new();

    /// <summary>A link that was mailed has been used: the address is right.</summary>
    public bool Confirm(DateTimeOffset now)
    {
        if (ConfirmedAt is not null)
            return false;
        ConfirmedAt = now.UtcDateTime;
        Note(now, Organiser, "confirmed the address");
        if (SentAt is not null)
            Wait(now);
        return true;
    }

    /// <summary>It has been declared and sent. It waits for a person once the address is confirmed too.</summary>
    public Decision Send(DateTimeOffset now, string who = Organiser)
    {
        if (WithdrawnAt is not null || Latest.Missing().Any())
            return Decision.Incomplete;
        // Sent again, with nothing said or changed meanwhile, it is sent once.
        if (Live is null ? SentAt is not null && AskedAt is null && DeclinedAt is null : Waiting || Proposed is null)
            return Decision.NothingWaits;
        (SentAt, AskedAt, DeclinedAt) = (now.UtcDateTime, null, null);
        Note(now, who, "sent it to be checked");
        if (ConfirmedAt is not null)
            Wait(now);
        return Decision.Done;
    }

    /// <summary>
    /// What the organiser wants it to say. Once it is published, ticks and choices change at once; everything with words, a time, a
    /// place or a link waits for a person, and the approved version stays.
    /// </summary>
    public void Propose(TDetails details, DateTimeOffset now, string who = Organiser)
    {
        if (WithdrawnAt is not null || details.SameAs(Latest))
            return;
        Revision++;
        if (Live is null)
        {
            Proposed = details;
            if (who != Organiser)
                Note(now, who, "changed it for the organiser");
            return;
        }
        var harmless = Live.WithHarmlessOf(details);
        if (!harmless.SameAs(Live))
        {
            Live = harmless;
            Note(now, who, "changed at once");
            Republish(now);
        }
        var more = !details.SameAs(harmless);
        Proposed = more ? details : null;
        if (more && (!Waiting || who != Organiser))
            Note(now, who, who == Organiser ? "asked for a change" : "changed it for the organiser");
        if (more)
            Wait(now);
        else
            WaitingSince = null;
    }

    /// <param name="revision">Of the version that was read.</param>
    /// <param name="by">A member of staff; or the calendar of a partner whom staff trust by name.</param>
    public Decision Approve(string by, int revision, DateTimeOffset now)
    {
        if (Stale(revision) is { } no)
            return no;
        if (Proposed is { } proposed ? Lacks(proposed) : Live is null)
            return Decision.Incomplete;
        var before = Live;
        Live = OnApproved(before, Proposed ?? Live!, by, now);
        (Proposed, WaitingSince, AskedAt, DeclinedAt) = (null, null, null, null);
        ApprovedAt = now.UtcDateTime;
        Slug ??= PublicSlug.Of(Live.Title, Id, Kind);
        Note(now, by, StaffWords.Approved);
        Republish(now);
        return Decision.Done;
    }

    public Decision Ask(string by, int revision, string words, DateTimeOffset now)
    {
        if (Stale(revision) is { } no)
            return no;
        (AskedAt, WaitingSince) = (now.UtcDateTime, null);
        Note(now, by, StaffWords.Asked, words);
        return Decision.Done;
    }

    public Decision Decline(string by, int revision, string words, DateTimeOffset now)
    {
        if (Stale(revision) is { } no)
            return no;
        WaitingSince = null;
        if (Live is null)
            DeclinedAt = now.UtcDateTime;
        else
            Proposed = null;
        Note(now, by, StaffWords.Declined, words);
        return Decision.Done;
    }

    /// <summary>Takes it off the site for good; its address then says that it is gone.</summary>
    public bool Withdraw(string who, string words, DateTimeOffset now)
    {
        if (WithdrawnAt is not null)
            return false;
        (WithdrawnAt, WaitingSince) = (now.UtcDateTime, null);
        Note(now, who, Withdrew, words);
        Republish(now);
        return true;
    }

    /// <summary>What it is, in one word for an address.</summary>
    protected abstract string Kind { get; }

    /// <summary>Whether a version lacks what the public needs.</summary>
    protected virtual bool Lacks(TDetails details) => details.Missing().Any();

    /// <summary>What becomes of a version when it is approved.</summary>
    protected virtual TDetails OnApproved(TDetails? before, TDetails approved, string by, DateTimeOffset now) => approved;

    protected abstract void AddStep(DateTimeOffset now, string who, string what, string words);

    /// <summary>An id by which what happened at one moment is in the order in which it happened.</summary>
    protected Guid NextStepId(DateTimeOffset now)
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.CreateVersion7(now).TryWriteBytes(bytes, bigEndian: true, out _);
        // Of what a version 7 holds beside its millisecond, the first twelve bits are free for this (RFC 9562, 6.2).
        (bytes[6], bytes[7]) = ((byte)(0x70 | Revision >> 8 & 0x0F), (byte)Revision);
        return new(bytes, bigEndian: true);
    }

    /// <summary>Makes the finder's rows those of the approved version. They must have been loaded.</summary>
    protected abstract void SetRows();

    protected void Note(DateTimeOffset now, string who, string what, string words = "")
    {
        Revision++;
        AddStep(now, who, what, words);
    }

    protected void Republish(DateTimeOffset now)
    {
        UpdatedAt = now.UtcDateTime;
        Sequence++;
        SetRows();
    }

    Decision? Stale(int revision) =>
        !Waiting || WithdrawnAt is not null ? Decision.NothingWaits
        : revision != Revision ? Decision.ChangedMeanwhile
        : null;

    void Wait(DateTimeOffset now)
    {
        (WaitingSince, AskedAt) = (WaitingSince ?? now.UtcDateTime, null);
        Revision++;
    }
}

static class ModeratedMapping
{
    /// <summary>Both versions as JSON, compared by what they say.</summary>
    public static void KeepsDetails<TEntity, TDetails>(this EntityTypeBuilder<TEntity> builder)
        where TEntity : Moderated<TDetails>
        where TDetails : class, IModeratedDetails<TDetails>, new()
    {
        builder.Property(e => e.Slug).HasMaxLength(PublicSlug.MaxLength);
        builder.Property(e => e.Revision).IsConcurrencyToken();
        builder.Property(e => e.Proposed).KeptAsJson();
        builder.Property(e => e.Live).KeptAsJson();
        builder.HasIndex(e => e.Slug).IsUnique();
        builder.HasIndex(e => e.WaitingSince);
        builder.HasIndex(e => e.Form);
        builder.HasIndex(e => e.Contact);
    }

    /// <summary>One version as JSON, compared by what it says.</summary>
    public static void KeptAsJson<TDetails>(this PropertyBuilder<TDetails?> property)
        where TDetails : class, IModeratedDetails<TDetails>, new() =>
        property.HasConversion(
            d => d!.ToJson(),
            text => Read<TDetails>(text),
            new ValueComparer<TDetails?>(
                (a, b) => a == null ? b == null : a.SameAs(b),
                d => d == null ? 0 : d.ToJson().GetHashCode(StringComparison.Ordinal)
            )
        );

    static TDetails Read<TDetails>(string json)
        where TDetails : class, new() => JsonSerializer.Deserialize<TDetails>(json) ?? new();
}
