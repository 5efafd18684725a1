using InfantMHWeek.BrowserTests;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Text;
using InfantMHWeek.Services;

[assembly: AssemblyFixture(typeof(ServiceSite))]

namespace InfantMHWeek.BrowserTests;

/// <summary>A site of its own, with services in Leeds and for everybody.</summary>
public sealed class ServiceSite : SiteUnderTest
{
    /// <summary>Services at a place, at a secret one, and by phone, once.</summary>
    public Task FillAsync() =>
        FillOnceAsync(db =>
        {
            var now = DateTimeOffset.UtcNow;
            for (var n = 0; n < 6; n++)
            {
                var service = FamilyService.Start(EmailAddress.Parse("service@example.org", null), now, Details(n));
                service.Confirm(now);
                service.Send(now);
                service.Approve("Ruth", service.Revision, now);
                db.Set<FamilyService>().Add(service);
            }
        });

    static ServiceDetails Details(int n)
    {
        var byPhone = n == 5;
        var leeds = Gazetteer.Default.Districts[n % 2 == 0 ? "LS1" : "LS6"];
        return new()
        {
            Title = byPhone ? "A line for parents" : $"Parents and babies {n + 1}",
            Summary = "Somebody listens when it is hard to feel close to your baby.",
            Description = "We meet once a week.\n\nBring your baby, or come alone.",
            Organisation = "Families together",
            OrganisationLink = "https://families.example/",
            Needs = Need.Bond | Need.CryingAndSleep,
            Audience = ServiceAudience.Fathers | ServiceAudience.Families,
            Ages = ChildAge.FirstYear,
            Access = Access.AskYourself | Access.Gp,
            Cost = ServiceCost.Free,
            Ways = byPhone ? Ways.Phone : Ways.AtAPlace,
            Nationwide = byPhone,
            Phone = "0113 496 0000",
            Email = "hello@families.example",
            Link = "https://families.example/help",
            Places = byPhone
                ? []
                :
                [
                    new(
                        Guid.CreateVersion7(),
                        "Family centre",
                        "1 High Street",
                        "Leeds",
                        leeds.Code + " 1AA",
                        leeds.Point,
                        leeds.Region,
                        Confidential: n == 3
                    ),
                ],
        };
    }
}
