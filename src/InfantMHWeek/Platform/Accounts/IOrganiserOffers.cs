using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;

namespace InfantMHWeek.Platform.Accounts;

/// <summary>Where something stands on an organiser's own page.</summary>
enum OfferedGroup
{
    ToDo,
    Waiting,
    Shown,
    Past,
    Ended,
}

/// <summary>One thing that an organiser offers, as they see it on their own page.</summary>
/// <param name="Kind">What it is, in one word.</param>
/// <param name="Path">Where it is looked after.</param>
/// <param name="State">How it stands, in words.</param>
sealed record OfferedItem(string Kind, string Title, string Path, OfferedGroup Group, string State)
{
    /// <summary>When it takes place next, or did last; empty where nothing is to be said.</summary>
    public string When { get; init; } = "";

    /// <summary>What staff wrote last.</summary>
    public (DateTime At, string Words)? Staff { get; init; }

    /// <summary>Whether it can be copied there (<c>Do=copy</c>).</summary>
    public bool Copies { get; init; }

    /// <summary>Whether its organiser is asked how it went.</summary>
    public bool Asks { get; init; }
}

/// <summary>A feature to which organisers offer things: an organiser's own page shows those of all features.</summary>
interface IOrganiserOffers
{
    /// <summary>Names the feature in a form.</summary>
    string Name { get; }

    /// <summary>On the button that begins another.</summary>
    string Another { get; }

    /// <summary>The address as it stands with what is offered from it: those that are the same but for their letters' case.</summary>
    Task<IReadOnlyList<EmailAddress>> HeldAddressesAsync(SiteDb db, EmailAddress typed, CancellationToken cancel);

    /// <param name="key">Of the home; each item's path is made with it.</param>
    Task<IReadOnlyList<OfferedItem>> FindAsync(
        SiteDb db,
        EmailAddress contact,
        ManageLinkAccess key,
        DateTime now,
        CancellationToken cancel
    );

    /// <summary>
    /// Inside a write: begins another, with what is known of its organiser. One that was begun and has no name is not doubled.
    /// </summary>
    /// <returns>Where it goes on.</returns>
    Task<string> BeginAsync(SiteDb db, EmailAddress contact, ManageLinkAccess key, DateTimeOffset now, CancellationToken cancel);
}
