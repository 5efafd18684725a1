using System.Globalization;
using InfantMHWeek.BrowserTests;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using InfantMHWeek.Services;
using InfantMHWeek.Services.Moderation;
using Microsoft.Extensions.DependencyInjection;

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

    /// <summary>
    /// What lies before staff: a report, a listing twice, a change, three that wait, and one that nobody confirmed for a year.
    /// </summary>
    public Task AddMorningAsync() =>
        Services
            .GetRequiredService<SiteStore>()
            .WriteAsync(
                db =>
                {
                    var now = DateTimeOffset.UtcNow;
                    var changed = Published("Evening group", now);
                    changed.Propose(changed.Latest with { Title = "Evening group for twins" }, now);
                    var twin = Waiting("Morning group, Harehills", now);
                    var there = Published("Morning group Harehills", now);
                    db.AddRange(changed, there, twin, Published("Forgotten group", now.AddDays(-400)));
                    db.AddRange(Enumerable.Range(1, 3).Select(n => Waiting($"Waiting group {n}", now)));
                    db.Add(
                        new ServiceReport
                        {
                            Id = Guid.CreateVersion7(now),
                            ServiceId = there.Id,
                            At = now.UtcDateTime,
                            What = "contact",
                            Words = "Nobody answers there.",
                        }
                    );
                    return Task.CompletedTask;
                },
                TestContext.Current.CancellationToken
            );

    static FamilyService Waiting(string title, DateTimeOffset now)
    {
        var far = Gazetteer.Default.Districts["HD1"];
        var place = Details(0).Places[0] with { Town = "Huddersfield", Postcode = "HD1 1AA", Point = far.Point };
        var phone = "0113 496 " + (1000 + title.Length).ToString(CultureInfo.InvariantCulture);
        var made = FamilyService.Start(
            EmailAddress.Parse("group@example.org", null),
            now,
            Details(0) with
            {
                Title = title,
                Phone = title.StartsWith("Morning", StringComparison.Ordinal) ? "0113 496 0555" : phone,
                Places = [place with { Id = Guid.CreateVersion7() }],
            }
        );
        made.Confirm(now);
        made.Send(now);
        return made;
    }

    static FamilyService Published(string title, DateTimeOffset now)
    {
        var made = Waiting(title, now);
        made.Approve("Ruth", made.Revision, now);
        return made;
    }

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
