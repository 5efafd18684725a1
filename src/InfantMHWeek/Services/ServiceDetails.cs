using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using InfantMHWeek.Platform.Moderation;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Text;

namespace InfantMHWeek.Services;

/// <summary>A place where a service is given.</summary>
/// <param name="Id">Stays the same when the place is changed.</param>
/// <param name="Point">Where it is on the map; never known of a confidential place.</param>
/// <param name="Confidential">
/// A refuge, for instance: its town is shown, and the name, street and postcode are for staff only (see <see cref="ForPublic"/>).
/// </param>
sealed record ServicePlace(
    Guid Id,
    string Name,
    string Address,
    string Town,
    string Postcode,
    GeoPoint? Point,
    Region Region,
    bool Confidential = false
)
{
    /// <summary>What everybody may know of it.</summary>
    public ServicePlace ForPublic() => Confidential ? this with { Name = "", Address = "", Postcode = "", Point = null } : this;

    /// <summary>
    /// Where the finder takes it to be. Of a confidential place that is the middle of its whole postcode district, so that no number
    /// of searches tells more; where no postcode was ever told, the middle of its town.
    /// </summary>
    public GeoPoint? FindableAt()
    {
        if (!Confidential)
            return Point;
        if (!Platform.Places.Postcode.TryParse(Postcode, null, out var postcode))
            return Gazetteer.Default.Towns.Find(Town) is [var town] ? town.Point : null;
        var area = postcode.Outward[..Platform.Places.Postcode.AreaLength(postcode.Outward)];
        return Gazetteer.Default.Districts.GetValueOrDefault(postcode.Outward)?.Point
            ?? Gazetteer.Default.Areas.GetValueOrDefault(area)?.Point;
    }
}

/// <summary>What is said of a service: one whole version, offered or approved. Texts are plain text.</summary>
sealed record ServiceDetails : IJoinableDetails<ServiceDetails>
{
    public const int MaxTitle = 100,
        MaxSummary = 250,
        MaxDescription = 4000,
        MaxLine = 120,
        MaxNote = 1000,
        MaxWaiting = 200,
        MaxPhone = 30,
        MaxLink = UserText.MaxLink,
        MostPlaces = 20,
        MostDistricts = 60;

    public string Title { get; init; } = "";
    public string Summary { get; init; } = "";
    public string Description { get; init; } = "";
    public string Organisation { get; init; } = "";
    public string OrganisationAbout { get; init; } = "";
    public string OrganisationLink { get; init; } = "";
    public Need Needs { get; init; }
    public ServiceAudience Audience { get; init; }
    public ChildAge Ages { get; init; }
    public Access Access { get; init; }

    /// <summary>How to come to it, in its own words.</summary>
    public string AccessNote { get; init; } = "";

    /// <summary>How long people wait, in free words, which are worth something only with their day.</summary>
    public string Waiting { get; init; } = "";
    public DateOnly? WaitingOn { get; init; }
    public ServiceCost Cost { get; init; }
    public string CostNote { get; init; } = "";
    public Languages Languages { get; init; }
    public string OtherLanguages { get; init; } = "";
    public ServiceFacts Yes { get; init; }
    public ServiceFacts No { get; init; }
    public Ways Ways { get; init; }
    public string Hours { get; init; } = "";
    public string Phone { get; init; } = "";
    public string Email { get; init; } = "";
    public string Link { get; init; } = "";
    public IReadOnlyList<ServicePlace> Places { get; init; } = [];

    /// <summary>For everybody in the UK, wherever they live.</summary>
    public bool Nationwide { get; init; }

    /// <summary>For everybody who lives in one of these.</summary>
    public IReadOnlyList<Region> Areas { get; init; } = [];

    /// <summary>For everybody who lives in one of these postcode districts (<c>LS1</c>) or areas (<c>LS</c>).</summary>
    public IReadOnlyList<string> Districts { get; init; } = [];

    /// <summary>What its source said, of a listing that was brought in from one.</summary>
    public ServiceOrigin? AtSource { get; init; }

    /// <summary>Of services that were joined: the one whose page this address leads to.</summary>
    public Guid? JoinedTo { get; init; }

    [JsonIgnore]
    public bool AtAPlace => Ways.HasFlag(Ways.AtAPlace);

    [JsonIgnore]
    public bool Remote => (Ways & (Ways.Online | Ways.Phone)) != Ways.None;

    /// <summary>What everybody may know: confidential places by their town only.</summary>
    public ServiceDetails ForPublic() =>
        Places.Any(p => p.Confidential) ? this with { Places = [.. Places.Select(p => p.ForPublic())] } : this;

    public ServiceDetails WithHarmlessOf(ServiceDetails other) =>
        this with
        {
            Needs = other.Needs,
            Audience = other.Audience,
            Ages = other.Ages,
            Access = other.Access,
            Cost = other.Cost,
            Languages = other.Languages,
            Yes = other.Yes,
            No = other.No,
        };

    public ServiceDetails WithJoinedTo(Guid other) => this with { JoinedTo = other };

    public bool SameAs(ServiceDetails? other) => other is not null && ToJson() == other.ToJson();

    public IEnumerable<string> Missing()
    {
        if (Title.Length == 0 || Summary.Length == 0 || Organisation.Length == 0)
            yield return "what";
        if (Needs == Need.None || Audience == ServiceAudience.None)
            yield return "for";
        if (Access == Access.None || (Phone.Length == 0 && Email.Length == 0 && Link.Length == 0))
            yield return "touch";
        if (
            Ways == Ways.None
            || (AtAPlace && !Places.Any(p => p.Town.Length > 0 && p.FindableAt() is not null))
            || (!AtAPlace && !Nationwide && Areas.Count == 0 && Districts.Count == 0)
        )
            yield return "where";
        if (Cost == ServiceCost.NotSaid)
            yield return "cost";
    }

    /// <summary>What a listing of a source lacks: the least that lets somebody find it and get in touch.</summary>
    public IEnumerable<string> LacksForSource()
    {
        if (Title.Length == 0 || Organisation.Length == 0)
            yield return "what";
        if (Phone.Length == 0 && Email.Length == 0 && Link.Length == 0)
            yield return "touch";
        if (!Nationwide && Areas.Count == 0 && Districts.Count == 0 && !Places.Any(p => p.Town.Length > 0))
            yield return "where";
    }

    /// <summary>Names all that is said, and what the source said beside it, but not itself.</summary>
    public string Fingerprint()
    {
        var said = this with { AtSource = AtSource is { } origin ? origin with { Said = "" } : null };
        return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(said)).AsSpan(0, 12));
    }

    public string ToJson() => JsonSerializer.Serialize(this);
}
