using InfantMHWeek.Events;
using InfantMHWeek.Events.Moderation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InfantMHWeek.Tests.Events;

/// <summary>What the organisers' form promises: a year after the last date the contact is deleted.</summary>
[BothStores]
public sealed class EventRetentionTests
{
    [Fact]
    public async Task A_year_after_the_last_date_nobody_knows_who_offered_it()
    {
        await using var site = new TestSite();
        var generated = new GeneratedEvents(7);
        var past = generated.Published();
        (past.ContactName, past.ContactPhone) = ("Morag Marker", "0113 496 0000");
        var picture = new EventPicture
        {
            Id = Guid.CreateVersion7(),
            EventId = past.Id,
            AddedAt = GeneratedEvents.Now.UtcDateTime,
            Width = 2,
            Height = 2,
            Large = [1],
            Small = [],
        };
        past.Propose(past.Latest with { Picture = picture.Details("Babies") }, GeneratedEvents.Now);
        past.Approve("A colleague", past.Revision, GeneratedEvents.Now);
        var draft = Event.Start(past.Contact, GeneratedEvents.Now, generated.Details());
        await site.Write(db =>
        {
            db.Set<Event>().AddRange(past, draft);
            db.Add(picture);
            return Task.CompletedTask;
        });

        var last = past.Dates.Max(d => d.EndUtc);
        await site.RunsUntil(new(last.AddDays(364), TimeSpan.Zero));
        await Forget();
        Assert.Equal("Morag Marker", (await Kept()).ContactName);
        Assert.NotNull((await Kept()).Live!.Picture);

        await site.RunsUntil(new(last.AddDays(367), TimeSpan.Zero));
        await Forget();
        var kept = await Kept();
        Assert.True(kept.IsPublic);
        Assert.DoesNotContain("organiser@example.org", kept.Contact.Text, StringComparison.Ordinal);
        Assert.Equal("", kept.ContactName + kept.ContactPhone);
        Assert.Null(kept.Live!.Picture);
        Assert.False(await site.InStore(db => db.Set<EventPicture>().AnyAsync(TestContext.Current.CancellationToken)));
        Assert.Equal(1, await site.InStore(db => db.Set<Event>().CountAsync(TestContext.Current.CancellationToken)));

        async Task Forget()
        {
            await using var scope = site.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<EventRetention>().ForgetAsync(TestContext.Current.CancellationToken);
        }

        Task<Event> Kept() => site.InStore(db => db.Set<Event>().SingleAsync(e => e.Id == past.Id, TestContext.Current.CancellationToken));
    }
}
