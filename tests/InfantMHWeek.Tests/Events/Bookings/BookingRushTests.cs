using System.Globalization;
using System.Net;
using InfantMHWeek.Events.Bookings;
using InfantMHWeek.Tests.Courses;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Tests.Events.Bookings;

/// <summary>
/// Many families send the form at the same moment. <c>PLACES_RUSH=64</c> lets so many come for every capacity from one to eight.
/// </summary>
[BothStores]
public sealed class BookingRushTests : IAsyncDisposable
{
    static readonly string? Asked = Environment.GetEnvironmentVariable("PLACES_RUSH");
    static readonly int Families = int.Parse(Asked ?? "12", CultureInfo.InvariantCulture);
    readonly OpenHandedSite site = new();
    readonly BookingDesk desk;

    public BookingRushTests() => desk = new(site);

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<int> Capacities => Asked is null ? [1, 5] : [.. Enumerable.Range(1, 8)];

    [Theory]
    [MemberData(nameof(Capacities))]
    public async Task Exactly_as_many_places_are_given_as_there_are_and_the_rest_wait_in_order(int places)
    {
        var (e, _) = await desk.Group(new(places));
        var path = new Uri($"/events/book/{e.Slug}/{BookingDesk.Tuesday}", UriKind.Relative);
        var families = new List<(string Cookie, List<KeyValuePair<string, string>> Fields)>();
        for (var n = 0; n < Families; n++)
        {
            using var opened = await site.Browser().GetAsync(path, Cancel);
            var form = await TestSite.Read(opened);
            KeyValuePair<string, string> Hidden(string name) =>
                new(name, form.QuerySelector($"input[name={name}]")!.GetAttribute("value")!);
            families.Add(
                (
                    Assert.Single(opened.Headers.GetValues("Set-Cookie")).Split(';')[0],
                    [
                        new("Name", "Ann"),
                        new("Email", $"p{n}@home.example"),
                        new("Babies", "1"),
                        Hidden("Seal"),
                        Hidden("__RequestVerificationToken"),
                    ]
                )
            );
        }
        // A person needs some seconds for a form.
        site.Clock.Advance(TimeSpan.FromSeconds(20));
        using var browser = site.CreateDefaultClient(new Uri("https://week.example"));

        var answers = await AtOnce.Do([
            .. families.Select<(string Cookie, List<KeyValuePair<string, string>> Fields), Func<Task<HttpStatusCode>>>(one =>
                async () =>
                {
                    using var request = new HttpRequestMessage(HttpMethod.Post, path);
                    request.Headers.Add("Cookie", one.Cookie);
                    request.Content = new FormUrlEncodedContent(one.Fields);
                    using var answer = await browser.SendAsync(request, Cancel);
                    return answer.StatusCode;
                }
            ),
        ]);

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Found, a));
        var all = await desk.In(e);
        Assert.Equal(Families, all.Count);
        Assert.All(all.Take(places), b => Assert.Equal(BookingState.Held, b.State));
        Assert.All(all.Skip(places), b => Assert.Equal(BookingState.Waiting, b.State));
        Assert.Equal("", await desk.Wrong(e));
        Assert.Equal(
            (places, Families - places),
            ((await desk.Mails("event-place-held")).Count, (await desk.Mails("event-place-waiting")).Count)
        );
        // The order of the list is the order in which they were stored.
        var date = all[0].DateId;
        var stored = await site.InStore(db =>
            (
                TestStore.OnPostgres
                    ? db.Database.SqlQuery<Guid>(
                        $"SELECT \"Id\" AS \"Value\" FROM \"EventBookings\" WHERE \"DateId\" = {date} ORDER BY xmin::text::bigint"
                    )
                    : db.Database.SqlQuery<Guid>($"SELECT Id AS Value FROM EventBookings WHERE DateId = {date} ORDER BY rowid")
            ).ToListAsync(Cancel)
        );
        Assert.Equal(stored, all.Select(b => b.Id));
    }
}
