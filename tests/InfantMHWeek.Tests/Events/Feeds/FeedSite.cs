using System.Net;
using System.Text;
using AngleSharp.Html.Dom;
using InfantMHWeek.Events;
using InfantMHWeek.Events.Feeds;
using InfantMHWeek.Events.Partners;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Feeds;
using InfantMHWeek.Platform.Jobs;
using InfantMHWeek.Platform.Moderation;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static InfantMHWeek.Tests.FormPosting;

namespace InfantMHWeek.Tests.Events.Feeds;

/// <summary>A site whose operator lets it read partners' calendars, and behind whose wall a server of ours may be asked.</summary>
sealed class FeedSite : TestSite
{
    public bool Reads { get; init; } = true;

    /// <summary>The wall as it is in earnest.</summary>
    public bool Walled { get; init; }

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        if (Reads)
            builder.UseSetting("Events:ReadFeeds", "true");
        if (!Walled)
            builder.ConfigureTestServices(services => services.AddSingleton(new FeedWall(_ => true, Encrypted: false)));
    }

    /// <summary>Somebody who has just signed in: a session ends when the clock is turned by days.</summary>
    public Task<HttpClient> Staff() => SignedIn(StaffRole.Events);

    /// <summary>Sends the form by which a person names a calendar.</summary>
    public async Task<HttpResponseMessage> Name(Uri address, params (string Field, string? Value)[] more)
    {
        using var staff = await Staff();
        return await staff.Send(
            "/staff/events/feeds/edit",
            Fields([
                .. new (string Field, string? Value)[]
                {
                    ("Name", "Leeds Families"),
                    ("Website", "https://families.example/"),
                    ("Address", address.AbsoluteUri),
                    ("Email", "partner@example.org"),
                    ("ContactName", "Pat Partner"),
                    ("For", "families"),
                    ("Book", "no"),
                }.Where(f => !more.Any(m => m.Field == f.Field)),
                .. more,
            ])
        );
    }

    /// <returns>What the list of calendars says then.</returns>
    public async Task<string> Add(Uri address, params (string Field, string? Value)[] more)
    {
        using var answer = await Name(address, more);
        if (answer.StatusCode != HttpStatusCode.Found)
            Assert.Fail(Words(await Read(answer)));
        return await List();
    }

    public async Task<string> List()
    {
        using var staff = await Staff();
        using var answer = await staff.GetAsync(new Uri("/staff/events/feeds", UriKind.Relative), Cancel);
        return Words(await Read(answer));
    }

    public static string Words(IHtmlDocument page) =>
        string.Join(' ', page.QuerySelector("main")!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Presses a button of the list.</summary>
    /// <returns>What the list says then, and first what came of it.</returns>
    public async Task<string> Press(string handler)
    {
        using var staff = await Staff();
        using var answer = await staff.Send("/staff/events/feeds", form: $"form[action*={handler}]");
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        using var list = await staff.GetAsync(new Uri("/staff/events/feeds", UriKind.Relative), Cancel);
        return Words(await Read(list));
    }

    /// <summary>A day later the job runs.</summary>
    public async Task NextDay()
    {
        Clock.Advance(TimeSpan.FromDays(1));
        await RunJob();
    }

    public Task RunJob() => RunJobs(Services.GetServices<Job>().Where(j => j.Name == FeedReader.Job));

    public async Task<List<Event>> All() =>
        [
            .. (await InStore(db => db.Set<Event>().AsNoTracking().Include(e => e.Steps).ToListAsync(Cancel))).OrderBy(
                e => e.Latest.Title,
                StringComparer.Ordinal
            ),
        ];

    public Task<PartnerFeed> Feed() => InStore(db => db.Set<PartnerFeed>().AsNoTracking().SingleAsync(Cancel));

    public Task Approve(Guid id) =>
        Write(async db =>
        {
            var e = await db.Set<Event>().Include(e => e.Dates).SingleAsync(e => e.Id == id, Cancel);
            Assert.Equal(Decision.Done, e.Approve("Staff", e.Revision, Clock.GetUtcNow()));
        });

    public static string Calendar(params string[] events) => $"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{string.Concat(events)}END:VCALENDAR\r\n";

    public static string Entry(string uid, string title, string hour = "10", string more = "", string place = "Hall\\, Leeds LS1 4AP") =>
        $"BEGIN:VEVENT\r\nUID:{uid}\r\nSUMMARY:{title}\r\nDTSTART;TZID=Europe/London:20260618T{hour}0000\r\n"
        + $"DTEND;TZID=Europe/London:20260618T{hour}4500\r\nRRULE:FREQ=WEEKLY;COUNT=4\r\nLOCATION:{place}\r\n{more}END:VEVENT\r\n";

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
