using InfantMHWeek.Platform.Moderation;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Services;

namespace InfantMHWeek.Tests.Services;

public sealed class ServiceLawTests
{
    static readonly DateTimeOffset Now = GeneratedServices.Now;
    readonly GeneratedServices generated = new(2);

    [Fact]
    public void What_has_words_waits_and_the_approved_version_stays()
    {
        var service = generated.Published(generated.InLeeds("As approved"));
        var before = service.Revision;

        service.Propose(service.Latest with { Title = "Changed", Cost = ServiceCost.Paid }, Now);

        Assert.Equal(("As approved", ServiceCost.Paid), (service.Live!.Title, service.Live.Cost));
        Assert.Equal(ServiceState.ChangeWaiting, service.State);
        Assert.Equal(Decision.ChangedMeanwhile, service.Approve("Staff", before, Now));
        Assert.Equal(Decision.Done, service.Approve("Staff", service.Revision, Now));
        Assert.Equal("Changed", service.Live.Title);
    }

    [Fact]
    public void Nobody_has_checked_what_nobody_said_is_right()
    {
        var service = generated.Waiting(generated.InLeeds("Sent on Monday"));
        Assert.Null(service.CheckedOn);

        service.Approve("Staff", service.Revision, Now.AddDays(3));
        Assert.Equal((new DateOnly(2026, 6, 8), CheckedBy.Service), (service.CheckedOn!.Value, service.CheckedBy));

        // A change that was approved is no check of the rest.
        service.Propose(service.Latest with { Title = "Another name" }, Now.AddDays(40));
        service.Approve("Staff", service.Revision, Now.AddDays(41));
        Assert.Equal(new DateOnly(2026, 6, 8), service.CheckedOn);

        Assert.True(service.ConfirmRight(CheckedBy.Service, FamilyService.Organiser, Now.AddDays(50)));
        Assert.False(service.ConfirmRight(CheckedBy.Service, FamilyService.Organiser, Now.AddDays(50)));
        Assert.Equal(new DateOnly(2026, 7, 28), service.CheckedOn);
    }

    [Fact]
    public void A_closed_one_is_in_no_list_until_it_is_open_again()
    {
        var service = generated.Published(generated.InLeeds("Here"));
        Assert.NotEmpty(service.Points);

        Assert.True(service.Close("Organiser", "", Now));
        Assert.False(service.Close("Organiser", "", Now));
        Assert.False(service.ConfirmRight(CheckedBy.Service, "Organiser", Now));
        Assert.DoesNotContain(service.Points, p => p.InLists);
        Assert.Equal(0, Assert.Single(service.Points).Tags & (ServiceTags.Public | ServiceTags.First | ServiceTags.FirstOfRegion));
        Assert.True(service.Reopen("Organiser", Now));
        Assert.All(service.Points, p => Assert.True(p.InLists));
        Assert.NotEmpty(service.Points);
    }

    [Fact]
    public void What_the_public_may_know_of_a_confidential_place_is_its_town()
    {
        var place = new ServicePlace(Guid.NewGuid(), "House", "1 Lane", "Leeds", "LS7 3QQ", new(53.8, -1.5), Region.Yorkshire, true);

        Assert.Equal(place with { Name = "", Address = "", Postcode = "", Point = null }, place.ForPublic());
        Assert.Equal(Gazetteer.Default.Districts["LS7"].Point, place.FindableAt());
        Assert.NotEqual(place.Point, place.FindableAt());
    }
}
