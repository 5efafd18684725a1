using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using InfantMHWeek.Events;
using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Text;
using InfantMHWeek.Tests.Events.Importing;
using Microsoft.EntityFrameworkCore;
using static InfantMHWeek.Tests.FormPosting;

namespace InfantMHWeek.Tests.Events;

/// <summary>
/// Every route by which words could come onto the site, in random order and through the front door: organisers, files, staff who
/// act for them, decisions one by one and many at once, on versions new and old. Only what somebody approved is ever seen.
/// </summary>
[OneStore("routes; EventFinderTests tries the queries")]
public sealed partial class EveryRouteTests : IAsyncDisposable
{
    const int Steps = 150;
    static readonly string[] Everywhere =
    [
        "/",
        "/events",
        "/events?view=month",
        "/events?view=map",
        "/events/feed.atom",
        "/events/calendar.ics",
        "/events/print",
        "/events/embed",
        "/events/sitemap.xml",
        "/api/events",
        "/api/events?updated-since=2020-01-01T00:00:00Z",
        "/api/openactive/sessions",
    ];
    readonly TestSite site = new();
    readonly Random random = new(5);
    readonly HashSet<string> approved = new(StringComparer.Ordinal);
    int words;

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    string New() => $"W{++words}W";

    Task<List<Event>> All() => site.InStore(db => db.Set<Event>().AsNoTracking().ToListAsync(Cancel));

    [Fact]
    public async Task Nothing_is_seen_anywhere_that_nobody_approved()
    {
        using var staff = await site.SignedIn(StaffRole.Events);
        using var public_ = site.Browser();
        var manage = new Dictionary<Guid, string>();
        var seen = 0;
        for (var step = 0; step < Steps; step++)
        {
            var events = await All();
            var one = events.Count == 0 ? null : events[random.Next(events.Count)];
            switch (random.Next(one is null ? 2 : 12))
            {
                case 0:
                    await Offer(manage);
                    break;
                case 1:
                    await Import(staff);
                    break;
                case 2 or 3 when manage.TryGetValue(one!.Id, out var link) && one.WithdrawnAt is null:
                    (await public_.Send(link + "/what", Fields(("Name", New())))).Dispose();
                    break;
                case 4 when one!.WithdrawnAt is null:
                    (
                        await staff.Send($"/events/manage/{EventLinks.StaffName(one.Id)}/what", Fields(("Name", New()), ("Summary", New())))
                    ).Dispose();
                    break;
                case 5 when manage.TryGetValue(one!.Id, out var link) && one.IsPublic && one.CancelledAt is null:
                    (
                        await public_.Send(
                            link,
                            Fields(("Do", random.Next(3) == 0 ? "cancel" : "postpone"), ("Notice", New())),
                            "form:has([name=Notice])"
                        )
                    ).Dispose();
                    break;
                case 6:
                    await Decide(staff, events, "Queue");
                    break;
                case 7:
                    await Decide(staff, events, random.Next(2) == 0 ? "Ask" : "Decline");
                    break;
                case 8 when one!.Waiting:
                    await Review(staff, one);
                    break;
                default:
                    await Decide(staff, events, "Approve");
                    break;
            }
            // The many pages of single events are not read after each step: one that shows too much does so some steps later too.
            var pages = step % 5 == 4 ? (await All()).Where(e => e.Slug is not null).Select(e => "/events/" + e.Slug) : [];
            foreach (var path in Everywhere.Concat(pages))
            {
                using var answer = await public_.GetAsync(new Uri(path, UriKind.Relative), Cancel);
                var found = Word()
                    .Matches(await answer.Content.ReadAsStringAsync(Cancel))
                    .Select(m => m.Value.ToUpperInvariant())
                    .ToHashSet(StringComparer.Ordinal);
                Assert.True(
                    found.IsSubsetOf(approved),
                    $"{path} shows {string.Join(", ", found.Except(approved, StringComparer.Ordinal))} after step {step}"
                );
                seen += found.Count;
            }
        }
        // Otherwise nothing was shown at all, and it proves nothing.
        Assert.True(seen > 1000 && approved.Count > 10, $"{seen} words seen, {approved.Count} approved");
    }

    async Task Offer(Dictionary<Guid, string> manage)
    {
        var e = Event.Start(
            EmailAddress.Parse($"{New()}@example.org", null),
            site.Clock.GetUtcNow(),
            new GeneratedEvents(words).Once(New()) with
            {
                Summary = New(),
            }
        );
        manage[e.Id] = await site.Write(async db =>
        {
            db.Set<Event>().Add(e);
            var token = db.NewEventLink(e, mailed: true, site.Clock.GetUtcNow().UtcDateTime);
            await db.SaveChangesAsync(Cancel);
            return "/events/manage/" + token;
        });
        using var browser = site.Browser();
        using var sent = await browser.Send(manage[e.Id], Fields(("Do", "send"), ("Declared", "true")), "form:has([name=Declared])");
        Assert.Equal(HttpStatusCode.Found, sent.StatusCode);
    }

    async Task Import(HttpClient staff)
    {
        var file =
            "name,summary,date,starts,ends,venue,town,postcode\n"
            + $"{New()},{New()},2026-06-2{random.Next(10)},10:00,11:00,Hall,Leeds,LS1 4AP\n";
        using var looked = await PartnerUpload.Look(staff, Encoding.UTF8.GetBytes(file), "list.csv");
        using var answer = await PartnerUpload.Bring(staff, await TestSite.Read(looked));
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
    }

    async Task Decide(HttpClient staff, List<Event> events, string handler)
    {
        // Sometimes on a version that is no longer, or not yet, there.
        var chosen = events
            .Where(_ => random.Next(2) == 0)
            .Select(e => (Event: e, Revision: e.Revision + (random.Next(4) == 0 ? random.Next(-2, 3) : 0)))
            .ToList();
        if (handler == "Approve")
            foreach (var (e, revision) in chosen)
                if (e.Waiting && revision == e.Revision)
                    Read(e);
        var token = await Token(staff, "/staff/events");
        using var content = new FormUrlEncodedContent([
            .. chosen.Select(c => KeyValuePair.Create("Chosen", $"{c.Event.Id:N}.{c.Revision}")),
            KeyValuePair.Create("Reply", "event-reply-who"),
            KeyValuePair.Create("__RequestVerificationToken", token),
        ]);
        using var answer = await staff.PostAsync(new Uri("/staff/events?handler=" + handler, UriKind.Relative), content, Cancel);
        Assert.True((int)answer.StatusCode < 500);
    }

    async Task Review(HttpClient staff, Event e)
    {
        Read(e);
        using var answer = await staff.Send($"/staff/events/review?id={e.Id}", Fields(("Do", "approve")), "form:has([name=Revision])");
    }

    /// <summary>What a person has before them when they press the button.</summary>
    void Read(Event e) => approved.UnionWith(new[] { e.Latest.Title, e.Latest.Summary, e.Latest.Notice });

    static async Task<string> Token(HttpClient staff, string path)
    {
        using var opened = await staff.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        return (await TestSite.Read(opened)).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
    }

    [GeneratedRegex("W[0-9]+W", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Word();
}
