using InfantMHWeek.Platform.Moderation;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Text;
using InfantMHWeek.Services;
using InfantMHWeek.Services.Finding;

namespace InfantMHWeek.Tests.Services;

/// <summary>Services by the thousand, the same for the same seed.</summary>
sealed class GeneratedServices(int seed)
{
    static readonly string[] Districts = [.. Gazetteer.Default.Districts.Keys.Order(StringComparer.Ordinal)];
    readonly Random random = new(seed);

    public static readonly DateTimeOffset Now = TestSite.Start;

    Guid NewId()
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new(bytes);
    }

    Gazetteer.District AnyDistrict() => Gazetteer.Default.Districts[Districts[random.Next(Districts.Length)]];

    /// <summary>Somewhere in Yorkshire, so that much is near each other; now and then elsewhere.</summary>
    Gazetteer.District District() => random.Next(3) == 0 ? AnyDistrict() : Gazetteer.Default.Districts[$"LS{random.Next(1, 20)}"];

    ServicePlace Place()
    {
        var district = District();
        var point = new GeoPoint(
            district.Point.Latitude + (random.NextDouble() - .5) * .3,
            district.Point.Longitude + (random.NextDouble() - .5) * .4
        );
        return new(
            NewId(),
            "Family centre",
            "1 High Street",
            district.Town,
            district.Code + " 1AA",
            point,
            district.Region,
            Confidential: random.Next(8) == 0
        );
    }

    public ServiceDetails Details()
    {
        var ways = (Ways)random.Next(1, 16);
        return new()
        {
            Title = $"Help for families {random.Next(1_000_000)}",
            Summary = "Somebody listens.",
            Organisation = "Families together",
            Needs = (Need)random.Next(1, 4096),
            Audience = (ServiceAudience)random.Next(1, 64),
            Ages = (ChildAge)random.Next(16),
            Access = (Access)random.Next(1, 16),
            Cost = (ServiceCost)random.Next(1, 4),
            Languages = (Languages)random.Next(1 << 18) & (Languages)random.Next(1 << 18),
            Yes = (ServiceFacts)random.Next(32),
            Ways = ways,
            Phone = "0113 496 0000",
            Places = ways.HasFlag(Ways.AtAPlace) ? [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Place())] : [],
            Areas = ways == Ways.AtAPlace || random.Next(2) == 0 ? [] : [AnyDistrict().Region, Region.Yorkshire],
            Districts = random.Next(3) == 0 ? [$"LS{random.Next(1, 20)}", "BD"] : [],
            Nationwide = !ways.HasFlag(Ways.AtAPlace) || random.Next(10) == 0,
        };
    }

    public FamilyService Waiting(ServiceDetails? details = null)
    {
        var made = FamilyService.Start(EmailAddress.Parse("service@example.org", null), Now, details ?? Details());
        made.Confirm(Now);
        made.Send(Now);
        return made;
    }

    public FamilyService Published(ServiceDetails? details = null)
    {
        var made = Waiting(details);
        Assert.Equal(Decision.Done, made.Approve("A colleague", made.Revision, Now));
        return made;
    }

    /// <summary>Of an organisation of its own, whose address has the number.</summary>
    public FamilyService PublishedOf(int number)
    {
        var made = FamilyService.Start(EmailAddress.Parse($"service{number}@example.org", null), Now, InLeeds($"Service {number}"));
        made.Confirm(Now);
        made.Send(Now);
        Assert.Equal(Decision.Done, made.Approve("A colleague", made.Revision, Now));
        return made;
    }

    /// <summary>Listed by somebody else, who does not say when it was checked.</summary>
    public FamilyService Listed(int number, string source = "A directory")
    {
        var details = InLeeds($"Listed service {number}");
        var listing = new SourceListing(
            Guid.CreateVersion7(Now),
            NewId(),
            source,
            $"id-{number}",
            null,
            EmailAddress.Parse($"listed{number}@example.org", null),
            details with
            {
                AtSource = new(details.Fingerprint(), SourceState.Active, null, null, ""),
            }
        );
        var made = FamilyService.Import(listing, "A colleague", Now);
        Assert.True(made.ShowBroughtIn("A colleague", Now));
        return made;
    }

    /// <summary>One place in the middle of Leeds.</summary>
    public ServiceDetails InLeeds(string title) =>
        Details() with
        {
            Title = title,
            Ways = Ways.AtAPlace,
            Places = [new(NewId(), "Family centre", "1 High Street", "Leeds", "LS1 4AP", new(53.7975, -1.5480), Region.Yorkshire)],
            Areas = [],
            Districts = [],
            Nationwide = false,
        };

    public ServiceQuery Query()
    {
        var district = District();
        var near =
            random.Next(4) == 0
                ? null
                : new GeoPoint(district.Point.Latitude + random.NextDouble() * .1, district.Point.Longitude + random.NextDouble() * .1);
        return new()
        {
            Near = near,
            Miles = ServiceSearch.MilesOffered[random.Next(6)],
            Areas = near is null ? [] : ServiceArea.Around(new Place("", near, district.Region, Exactness.District, district.Code)),
            Region = random.Next(2) == 0 ? Region.None : (Region)random.Next(1, 13),
            All =
                (random.Next(3) == 0 ? ServiceTags.Of((ServiceFacts)(1 << random.Next(5))) : 0)
                | (random.Next(4) == 0 ? ServiceTags.Of(Access.AskYourself) : 0)
                | (near is null && random.Next(3) == 0 ? ServiceTags.Nationwide : 0),
            AnyNeed = random.Next(2) == 0 ? ServiceTags.Public : ServiceTags.Of((Need)(1 << random.Next(12))),
            AnyAudience = random.Next(2) == 0 ? ServiceTags.Public : ServiceTags.Of((ServiceAudience)random.Next(1, 64)),
            AnyAge = random.Next(2) == 0 ? ServiceTags.Public : ServiceTags.Of((ChildAge)random.Next(1, 16)),
            AnyCost = random.Next(2) == 0 ? ServiceTags.Public : ServiceTags.Of(ServiceCost.Free),
            AnyLanguage = random.Next(3) != 0 ? ServiceTags.Public : ServiceTags.Of((Languages)(1 << random.Next(18))),
            Skip = random.Next(4) == 0 ? 20 : 0,
        };
    }
}
