using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;

namespace InfantMHWeek.Services;

/// <summary>In development only: some services, each marked as a sample, so that a newcomer sees a living site.</summary>
sealed class SampleServices(SiteStore store, TimeProvider clock, ILogger<SampleServices> log) : SampleRows<FamilyService>(store, clock, log)
{
    static readonly (string Name, string Summary, Need Needs, ServiceAudience For, Access Access, Ways Ways)[] Kinds =
    [
        (
            "Parent-infant team",
            "Talks with you and your baby together when it is hard to feel close.",
            Need.Bond | Need.LowOrAnxious | Need.DifficultBirth,
            ServiceAudience.Mothers | ServiceAudience.Fathers | ServiceAudience.Carers,
            Access.AskYourself | Access.Midwife | Access.Gp,
            Ways.AtAPlace | Ways.AtHome
        ),
        (
            "Dads together",
            "An evening for fathers and partners of babies, with somebody who listens.",
            Need.Fathers | Need.Groups,
            ServiceAudience.Fathers,
            Access.AskYourself,
            Ways.AtAPlace
        ),
        (
            "Sleep and crying clinic",
            "Half an hour with a health visitor about sleep, crying and you.",
            Need.CryingAndSleep | Need.Feeding,
            ServiceAudience.Families,
            Access.AskYourself | Access.Midwife,
            Ways.AtAPlace | Ways.Phone
        ),
        (
            "Perinatal mental health team",
            "For women who are unwell in pregnancy or in the first year after birth.",
            Need.LowOrAnxious | Need.DifficultBirth | Need.Loss,
            ServiceAudience.Mothers | ServiceAudience.ParentsToBe,
            Access.Gp | Access.Midwife,
            Ways.AtAPlace | Ways.Online
        ),
        (
            "Young parents’ group",
            "Company, play and lunch for parents under 25.",
            Need.YoungParents | Need.Groups,
            ServiceAudience.Families,
            Access.AskYourself,
            Ways.AtAPlace
        ),
    ];

    protected override IEnumerable<FamilyService> Made()
    {
        var now = Clock.GetUtcNow();
        for (var n = 0; n < 40; n++)
        {
            var (name, summary, needs, audience, access, ways) = Kinds[n % Kinds.Length];
            var place = Gazetteer.Default.Districts[Districts[n % Districts.Count]];
            var service = FamilyService.Start(
                EmailAddress.Parse("samples@example.org", null),
                now,
                new()
                {
                    Title = n < Districts.Count ? $"{name} {place.Town}" : $"{name} {place.Town} and around",
                    Summary = summary,
                    Organisation = "Sample organisation",
                    Needs = needs,
                    Audience = audience,
                    Ages = (ChildAge)(n * 7 % 15 + 1),
                    Access = access,
                    AccessNote = "This is a sample.",
                    Waiting = n % 3 == 0 ? "About four weeks" : "",
                    WaitingOn = n % 3 == 0 ? DateOnly.FromDateTime(now.UtcDateTime) : null,
                    Cost = n % 7 == 0 ? ServiceCost.Donation : ServiceCost.Free,
                    Languages = (Languages)(1 << (n % 18)),
                    Yes = (ServiceFacts)(n * 11 % 32),
                    Ways = ways,
                    Hours = "Monday to Friday, 9am to 5pm",
                    // Of the numbers that Ofcom keeps free for drama: nobody is ever called by one.
                    Phone = n % 2 == 0 ? $"01632 9600{n:00}" : "",
                    Link = "https://example.org/",
                    Places =
                    [
                        new(
                            Guid.CreateVersion7(now),
                            "Sample centre",
                            "",
                            place.Town,
                            place.Code + " 1AA",
                            place.Point,
                            place.Region,
                            n == 13
                        ),
                    ],
                    Areas = n % 4 == 0 ? [place.Region] : [],
                    Nationwide = n % 10 == 2,
                },
                sample: true
            );
            service.Confirm(now);
            service.Send(now);
            if (n % 10 != 9)
                service.Approve("Sample", service.Revision, now);
            if (n == 7)
                service.Pause("Sample", now);
            yield return service;
        }
    }
}
