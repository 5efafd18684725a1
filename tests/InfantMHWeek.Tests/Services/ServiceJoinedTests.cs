using System.Globalization;
using System.Net;
using System.Text.Json;
using AngleSharp.Html.Dom;
using InfantMHWeek.Events;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Moderation;
using InfantMHWeek.Platform.Text;
using InfantMHWeek.Services;
using InfantMHWeek.Services.Moderation;
using InfantMHWeek.Tests.Events;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static InfantMHWeek.Tests.FormPosting;

namespace InfantMHWeek.Tests.Services;

/// <summary>What becomes of everything that led to a listing, once staff have joined it to another.</summary>
[BothStores]
public sealed class ServiceJoinedTests : IAsyncDisposable
{
    const string Office = "office@families.example";
    readonly TestSite site = new();
    readonly GeneratedServices generated = new(9);

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    FamilyService Of(string contact, string title, bool approved = true)
    {
        var now = TestSite.Start;
        var made = FamilyService.Start(EmailAddress.Parse(contact, null), now, generated.InLeeds(title) with { Organisation = "Families" });
        made.Confirm(now);
        made.Send(now);
        if (approved)
            made.Approve("A colleague", made.Revision, now);
        return made;
    }

    Task Keep(params object[] all) =>
        site.Write(db =>
        {
            db.AddRange(all);
            return Task.CompletedTask;
        });

    Task<string> LinkTo(FamilyService service) =>
        site.Write(db => Task.FromResult(db.NewServiceLink(service, mailed: true, site.Clock.GetUtcNow().UtcDateTime)));

    async Task<Decision?> Join(FamilyService stays, FamilyService goes)
    {
        using var staff = await site.SignedIn(StaffRole.Events);
        var path = $"/staff/services/compare?a={stays.Id}&b={goes.Id}";
        using var answer = await staff.Send(path, Fields(("Keep", stays.Id.ToString())), "main form");
        return answer.StatusCode == HttpStatusCode.Found ? Decision.Done : Decision.NotPossible;
    }

    async Task<(HttpStatusCode Code, string To, string Text)> Open(string path)
    {
        using var browser = site.Browser();
        using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        return (answer.StatusCode, answer.Headers.Location?.ToString() ?? "", await answer.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task The_old_link_of_the_same_office_looks_after_the_one_that_stays()
    {
        var (stays, goes) = (Of(Office, "Parent-infant team"), Of(Office, "Parent infant team Leeds"));
        await Keep(stays, goes);
        var link = await LinkTo(goes);

        Assert.Equal(Decision.Done, await Join(stays, goes));

        var there = $"/services/manage/{link}/{stays.Id}";
        Assert.Equal((HttpStatusCode.Found, there), (await Open("/services/manage/" + link)) is var (code, to, _) ? (code, to) : default);
        var (_, _, old) = await Open($"/services/manage/{link}/{goes.Id}");
        Assert.Contains("Your service is listed once", old, StringComparison.Ordinal);
        Assert.Contains($"href=\"{there}\"", old, StringComparison.Ordinal);
        Assert.Contains("Your service is on the website", (await Open(there)).Text, StringComparison.Ordinal);
        Assert.Contains("Parent-infant team", (await Open("/services/check/" + link)).Text, StringComparison.Ordinal);
        site.Clock.Advance(TimeSpan.FromDays(3));
        using var browser = site.Browser();
        using (var pressed = await browser.Send("/services/check/" + link, Fields(("Do", "right")), "form:has([value=right])"))
            Assert.Equal(HttpStatusCode.Found, pressed.StatusCode);
        var held = await site.InStore(db => db.Set<FamilyService>().AsNoTracking().SingleAsync(s => s.Id == stays.Id, Cancel));
        Assert.Equal(new DateOnly(2026, 6, 11), held.CheckedOn);
    }

    /// <summary>Whoever had the form or the report open when it happened loses no word.</summary>
    [Fact]
    public async Task Whoever_was_typing_when_they_were_joined_keeps_their_words()
    {
        var (stays, goes) = (Of(Office, "Parent-infant team"), Of(Office, "Parent infant team Leeds"));
        await Keep(stays, goes);
        var (part, wrong) = ($"/services/manage/{await LinkTo(goes)}/{goes.Id}/what", "/services/wrong/" + goes.Slug);
        using var browser = site.Browser();
        var (form, report) = (await FormOf(browser, part), await FormOf(browser, wrong));
        await Join(stays, goes);

        using var kept = await browser.Send(form, part, Fields(("Summary", "Typed at two in the morning."), ("YourName", "Sam")));
        using var told = await browser.Send(report, wrong, Fields(("What", "closed"), ("Words", "It is shut.")));

        var text = await kept.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("Nothing was changed: this service has since", text, StringComparison.Ordinal);
        Assert.Contains("Typed at two in the morning.", text, StringComparison.Ordinal);
        Assert.Equal($"/services/wrong/{stays.Slug}?sent=true", told.Headers.Location!.ToString());
        var held = await site.InStore(db => db.Set<ServiceReport>().AsNoTracking().SingleAsync(Cancel));
        Assert.Equal((stays.Id, "It is shut."), (held.ServiceId, held.Words));
    }

    static async Task<IHtmlFormElement> FormOf(HttpClient browser, string path)
    {
        using var opened = await browser.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        return (IHtmlFormElement)(await TestSite.Read(opened)).QuerySelector("main form[method=post]")!;
    }

    /// <summary>Whoever reads another mailbox is told, and may touch nothing.</summary>
    [Fact]
    public async Task The_old_link_of_another_office_says_what_happened_and_opens_nothing_else()
    {
        var (stays, goes) = (Of(Office, "Parent-infant team"), Of("somebody@else.example", "Parent infant team Leeds"));
        await Keep(stays, goes);
        var link = await LinkTo(goes);
        await Join(stays, goes);

        var (_, old, _) = await Open("/services/check/" + link);
        Assert.Equal($"/services/manage/{link}/{goes.Id}", old);
        var (_, _, text) = await Open(old);

        Assert.Contains("Your service is listed once", text, StringComparison.Ordinal);
        Assert.Contains($"href=\"/services/{stays.Slug}\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("You took it down", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Office, text, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"right\"", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await Open($"/services/manage/{link}/{stays.Id}")).Code);
    }

    [Fact]
    public async Task Whoever_finds_theirs_taken_away_by_staff_is_not_told_that_they_did_it()
    {
        var gone = Of(Office, "Parent-infant team");
        await Keep(gone);
        var link = await LinkTo(gone);
        await site.Write(async db => (await Loaded(db.Set<FamilyService>(), gone.Id)).Withdraw("Cara", "", site.Clock.GetUtcNow()));

        var (_, _, text) = await Open($"/services/manage/{link}/{gone.Id}");

        Assert.Contains("Our staff have taken it down", text, StringComparison.Ordinal);
        Assert.Equal($"/services/manage/{link}/{gone.Id}", (await Open("/services/check/" + link)).To);
    }

    static Task<FamilyService> Loaded(IQueryable<FamilyService> all, Guid id) =>
        all.Include(s => s.Points).SingleAsync(s => s.Id == id, Cancel);

    [Fact]
    public async Task Addresses_reports_mails_and_events_of_the_one_lead_to_the_other()
    {
        var (stays, goes) = (Of("new@families.example", "Parent-infant team"), Of(Office, "Parent infant team Leeds"));
        var meeting = Event.Start(
            EmailAddress.Parse(Office, null),
            TestSite.Start,
            new GeneratedEvents(1).Once("Songs in the park") with
            {
                Organiser = "Families",
            }
        );
        meeting.Confirm(TestSite.Start);
        meeting.Send(TestSite.Start);
        meeting.Approve("A colleague", meeting.Revision, TestSite.Start);
        var report = new ServiceReport
        {
            Id = Guid.CreateVersion7(),
            ServiceId = goes.Id,
            At = TestSite.Start.UtcDateTime,
            What = "closed",
        };
        await Keep(stays, goes, meeting);
        await Keep(report);

        await Join(stays, goes);

        Assert.Equal("/services/" + stays.Slug, (await Open("/services/" + goes.Slug)).To);
        Assert.Equal("/services/wrong/" + stays.Slug, (await Open("/services/wrong/" + goes.Slug)).To);
        Assert.Contains($"href=\"/services/{stays.Slug}\"", (await Open("/events/" + meeting.Slug)).Text, StringComparison.Ordinal);
        var held = await site.InStore(db => db.Set<ServiceReport>().AsNoTracking().SingleAsync(Cancel));
        Assert.Equal((stays.Id, null), (held.ServiceId, held.ClosedAt));
        await site.RunsUntil(TestSite.Start.AddDays(200));
        await using (var scope = site.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<ServiceChecks>().RunAsync(Cancel);
        var mail = Assert.Single(await site.InStore(db => db.Set<OutboxMail>().AsNoTracking().ToListAsync(Cancel)));
        Assert.Equal("new@families.example", mail.To.Text);
    }

    [Fact]
    public async Task Programs_that_know_the_one_hear_of_the_other()
    {
        var (stays, goes, gone) = (Of(Office, "Parent-infant team"), Of(Office, "Parent infant team Leeds"), Of(Office, "Another"));
        await Keep(stays, goes, gone);
        site.Clock.Advance(TimeSpan.FromDays(2));
        await Join(stays, goes);
        await site.Write(async db => (await Loaded(db.Set<FamilyService>(), gone.Id)).Withdraw("Cara", "", site.Clock.GetUtcNow()));
        const string root = "/api/open-referral/3.0/services";

        Assert.Equal((HttpStatusCode.MovedPermanently, $"{root}/{stays.Id}"), await Leads($"{root}/{goes.Id}"));
        Assert.Equal(HttpStatusCode.NotFound, (await Open($"{root}/{gone.Id}")).Code);
        Assert.Equal([(stays.Id.ToString(), "active")], await Listed(root));
        // Since when they were all there, the two that are no more are named, and nothing that was said of the one taken away.
        var after = TestSite.Start.AddDays(1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        foreach (var more in new[] { "", "&minimal=true", "&full=true", "&search=an" })
            Assert.Equal(
                [(goes.Id.ToString(), "inactive"), (gone.Id.ToString(), "defunct")],
                (await Listed($"{root}?modified_after={after}{more}")).OrderByDescending(s => s.Status)
            );
        Assert.DoesNotContain("Another", (await Open($"{root}?modified_after={after}")).Text, StringComparison.Ordinal);
    }

    async Task<(HttpStatusCode, string)> Leads(string path) => await Open(path) is var (code, to, _) ? (code, to) : default;

    async Task<IReadOnlyList<(string Id, string Status)>> Listed(string path)
    {
        using var json = JsonDocument.Parse((await Open(path)).Text);
        return
        [
            .. json
                .RootElement.GetProperty("contents")
                .EnumerateArray()
                .Select(s => (s.GetProperty("id").GetString()!, s.GetProperty("status").GetString()!)),
        ];
    }

    /// <summary>A closed one is told of under every filter by which it was found before.</summary>
    [Fact]
    public async Task Who_asks_by_a_filter_hears_that_one_has_closed()
    {
        var closed = generated.Published(generated.InLeeds("Losing a baby") with { Needs = Need.Loss, Ages = ChildAge.TwoToFive });
        var other = generated.Published(generated.InLeeds("Songs") with { Needs = Need.Groups, Ages = ChildAge.FirstYear });
        closed.Close("Organiser", "", TestSite.Start.AddHours(1));
        other.Close("Organiser", "", TestSite.Start.AddHours(1));
        await Keep(closed, other);
        const string root = "/api/open-referral/3.0";
        using var terms = JsonDocument.Parse((await Open(root + "/taxonomy_terms?per_page=100")).Text);
        var loss = terms
            .RootElement.GetProperty("contents")
            .EnumerateArray()
            .Single(t => t.GetProperty("name").GetString() == "Losing a baby")
            .GetProperty("id")
            .GetString();
        var after = TestSite.Start.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

        foreach (var filter in new[] { $"taxonomy_term_id={loss}", "search=losing", "minimum_age=4" })
        foreach (var since in new[] { "", "&modified_after=" + after })
            Assert.Equal([(closed.Id.ToString(), "inactive")], await Listed($"{root}/services?{filter}{since}"));
        Assert.Empty(await Listed(root + "/service_at_locations"));
        Assert.DoesNotContain("Losing a baby</a>", (await Open("/services?near=LS1")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Losing a baby</a>", (await Open("/services?region=yorkshire")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Losing a baby</a>", (await Open("/services")).Text, StringComparison.Ordinal);
    }

    /// <summary>What somebody looks after is not lost to what others said of them; and the other way round it works.</summary>
    [Fact]
    public async Task A_listing_by_others_does_not_swallow_one_that_is_looked_after()
    {
        var (own, listed) = (Of(Office, "Listed service 1"), generated.Listed(1));
        await Keep(own, listed);

        Assert.Equal(Decision.NotPossible, await Join(listed, own));
        Assert.Equal(Decision.Done, await Join(own, listed));

        Assert.Equal("/services/" + own.Slug, (await Open("/services/" + listed.Slug)).To);
    }

    /// <summary>One that nobody ever saw is joined too, and whoever sent it is told by their link.</summary>
    [Fact]
    public async Task One_that_waited_leads_to_the_one_that_is_there()
    {
        var (stays, waits) = (Of(Office, "Parent-infant team"), Of("somebody@else.example", "Parent infant team", approved: false));
        await Keep(stays, waits);
        var link = await LinkTo(waits);

        Assert.Equal(Decision.Done, await Join(stays, waits));

        Assert.Contains("Your service is listed once", (await Open($"/services/manage/{link}/{waits.Id}")).Text, StringComparison.Ordinal);
    }
}
