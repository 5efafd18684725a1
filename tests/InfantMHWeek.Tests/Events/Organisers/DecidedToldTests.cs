using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Tests.Services;
using Microsoft.EntityFrameworkCore;
using static InfantMHWeek.Tests.FormPosting;

namespace InfantMHWeek.Tests.Events.Organisers;

/// <summary>Whoever offered something is told what the website shows once it is decided: all of it, its change, or as before.</summary>
[BothStores]
public sealed class DecidedToldTests : IAsyncDisposable
{
    readonly TestSite site = new();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    const string NotYet = "cannot show it as it is",
        AsBefore = "as it did before",
        Now = "is now on our website";

    [Theory]
    [InlineData(false, "approve", "event-approved", Now)]
    [InlineData(false, "decline", "event-declined", NotYet)]
    [InlineData(true, "approve", "event-change-approved", "The change to New name is now on our website")]
    [InlineData(true, "decline", "event-change-declined", AsBefore)]
    public async Task Of_an_event(bool shown, string act, string kind, string words)
    {
        var generated = new GeneratedEvents(5);
        var e = shown ? generated.Published(generated.Once("Old name")) : generated.Waiting(generated.Once("Old name"));
        if (shown)
            e.Propose(e.Latest with { Title = "New name" }, GeneratedEvents.Now);
        await site.Keep(e);

        await Decide($"/staff/events/review?id={e.Id}", act);

        await Told(kind, words, e.Id);
        if (shown)
            Assert.Equal(act == "approve" ? "New name" : "Old name", await Headline("/events/" + e.Slug));
    }

    [Theory]
    [InlineData(false, "approve", "service-approved", Now)]
    [InlineData(false, "decline", "service-declined", NotYet)]
    [InlineData(true, "approve", "service-change-approved", "The change to New name is now on our website")]
    [InlineData(true, "decline", "service-change-declined", AsBefore)]
    public async Task Of_a_service(bool shown, string act, string kind, string words)
    {
        var generated = new GeneratedServices(5);
        var service = shown ? generated.Published(generated.InLeeds("Old name")) : generated.Waiting(generated.InLeeds("Old name"));
        if (shown)
            service.Propose(service.Latest with { Title = "New name" }, GeneratedServices.Now);
        await site.Keep(service);

        await Decide($"/staff/services/review?id={service.Id}", act);

        await Told(kind, words, service.Id);
        if (shown)
            Assert.Equal(act == "approve" ? "New name" : "Old name", await Headline("/services/" + service.Slug));
    }

    [Theory]
    [InlineData(false, "approve", "profile-approved", "now show it")]
    [InlineData(false, "decline", "profile-declined", "Old name. We are sorry that we cannot show it")]
    [InlineData(true, "approve", "profile-change-approved", "what you changed about New name")]
    [InlineData(true, "decline", "profile-change-declined", "change about Old name. We are sorry that we cannot show this change")]
    public async Task Of_a_profile(bool shown, string act, string kind, string words)
    {
        var generated = new GeneratedEvents(5);
        var profile = OrganiserProfile.Start(generated.Published().Contact, GeneratedEvents.Now);
        profile.Propose(new() { Name = "Old name", About = "We sing." }, GeneratedEvents.Now);
        profile.Send(GeneratedEvents.Now);
        if (shown)
        {
            profile.Approve("Ruth", profile.Revision, GeneratedEvents.Now);
            profile.Propose(profile.Latest with { Name = "New name" }, GeneratedEvents.Now);
        }
        await site.Keep(profile);

        await Decide($"/staff/events/profile?id={profile.Id}", act);

        await Told(kind, words, profile.Id);
    }

    async Task Decide(string path, string act)
    {
        using var staff = await site.SignedIn(StaffRole.Events);
        using var answer = await staff.Send(path, Fields(("Do", act), ("Words", "Not in June.")), "form.form");
        Assert.Equal(302, (int)answer.StatusCode);
    }

    async Task Told(string kind, string words, Guid about)
    {
        var id = about.ToString("N");
        var mail = await site.InStore(db => db.Set<OutboxMail>().AsNoTracking().SingleAsync(m => m.About.StartsWith(id), Cancel));
        Assert.Equal(kind, mail.Kind);
        var text = mail.Text.ReplaceLineEndings(" ");
        Assert.Contains(words, text, StringComparison.Ordinal);
        Assert.Equal(kind.EndsWith("declined", StringComparison.Ordinal), text.Contains("Not in June.", StringComparison.Ordinal));
    }

    async Task<string> Headline(string path) => (await site.Open(path)).QuerySelector("h1")!.TextContent;
}
