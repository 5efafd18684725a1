using System.Globalization;
using System.Net;
using InfantMHWeek.Events;
using InfantMHWeek.Events.Bookings;
using InfantMHWeek.Platform.Capacity;
using InfantMHWeek.Platform.Time;
using InfantMHWeek.Tests.Courses;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Tests.Events.Bookings;

/// <summary>
/// Random rounds of two to four acts at the same moment over HTTP. What the site makes of them must be what some order of them, one after
/// the other, makes in a small model. <c>PLACES_TOGETHER=2000</c> plays so many rounds.
/// </summary>
[BothStores]
public sealed class BookingTogetherTests : IAsyncDisposable
{
    const int Families = 4,
        RoundsOfADate = 6;
    static readonly int Rounds = int.Parse(Environment.GetEnvironmentVariable("PLACES_TOGETHER") ?? "12", CultureInfo.InvariantCulture);
    readonly OpenHandedSite site = new();
    readonly BookingDesk desk;

    public BookingTogetherTests() => desk = new(site);

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    enum Deed
    {
        Book,
        Accept,
        GiveUp,
        Rejoin,
        Places,
    }

    sealed record Act(Deed Deed, int Number);

    static readonly Deed[] Often = [Deed.Book, Deed.Book, Deed.Accept, Deed.GiveUp, Deed.GiveUp, Deed.Rejoin, Deed.Places];

    /// <summary>The law in memory: a list, and how many places there are.</summary>
    sealed class Model(int places)
    {
        readonly BookingState?[] states = new BookingState?[Families];
        readonly List<int> queue = [];
        int places = places;

        public Model(Model other)
            : this(other.places)
        {
            other.states.CopyTo(states, 0);
            queue.AddRange(other.queue);
        }

        public string Picture => string.Join(' ', states.Select(s => s?.ToString() ?? "-")) + " | " + string.Join(',', queue);

        /// <summary>Two that look the same go on differently where the number of places is another.</summary>
        public (string, int) All => (Picture, places);

        public void Do(Act act)
        {
            var state = act.Deed == Deed.Places ? null : states[act.Number];
            var ended = state is BookingState.GivenUp;
            switch (act.Deed)
            {
                case Deed.Places:
                    places = act.Number + 1;
                    break;
                case Deed.Book when state is null || ended:
                case Deed.Rejoin when ended:
                    states[act.Number] = BookingState.Waiting;
                    queue.Add(act.Number);
                    break;
                case Deed.Accept when state is BookingState.Held:
                    states[act.Number] = BookingState.Accepted;
                    break;
                case Deed.GiveUp when state is not null && !ended:
                    states[act.Number] = BookingState.GivenUp;
                    queue.Remove(act.Number);
                    break;
            }
            while (queue.Count > 0 && states.Count(s => s is BookingState.Held or BookingState.Accepted) < places)
            {
                states[queue[0]] = BookingState.Held;
                queue.RemoveAt(0);
            }
        }
    }

    [Fact]
    public async Task Whatever_happens_at_once_agrees_with_some_order_of_it()
    {
        var seed = Environment.GetEnvironmentVariable("PLACES_SEED") is { } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : Random.Shared.Next();
#pragma warning disable CA5394 // Nothing here is a secret.
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round += RoundsOfADate)
        {
            var places = random.Next(1, 4);
            var rounds = Enumerable
                .Range(0, RoundsOfADate)
                .Select(_ =>
                {
                    var acts = Enumerable
                        .Range(0, random.Next(2, 5))
                        .Select(_ => new Act(Often[random.Next(Often.Length)], random.Next(Families)))
                        .ToArray();
                    // Half of the rounds press one button of one family twice.
                    acts = random.Next(2) == 0 ? [acts[0], acts[0], .. acts.Skip(2)] : acts;
                    // An organiser says one number at a time: of two at once, the dates may never hear of the first.
                    var number = Array.Find(acts, a => a.Deed == Deed.Places);
                    return acts.Select(a => a.Deed == Deed.Places ? number! : a).ToArray();
                })
                .ToList();
            // All of it is printed: the seed plays it again.
            if (await Play(places, rounds, $"seed {seed}, round {round}") is { Length: > 0 } difference)
                Assert.Fail(difference);
        }
#pragma warning restore CA5394
    }

    static readonly Act[][] TwoAtOnce =
    [
        [new(Deed.Book, 0)],
        [new(Deed.Book, 1)],
        [new(Deed.Book, 2)],
        [new(Deed.GiveUp, 0), new(Deed.GiveUp, 0)],
    ];

    /// <summary>The control: giving up decided on what was read before frees two places of one family at once.</summary>
    [Fact]
    public async Task A_write_that_decides_on_what_was_read_before_disagrees()
    {
        Assert.Equal("", await Play(1, TwoAtOnce, "safe"));
        Assert.NotEqual("", await Play(1, TwoAtOnce, "unsafe", readBefore: true));
    }

    /// <summary>A Tuesday that is far enough ahead, however many rounds have been played.</summary>
    string When { get; set; } = "";

    async Task<string> Play(int places, IReadOnlyList<Act[]> rounds, string name, bool readBefore = false)
    {
        var (e, token) = await desk.Group(new(places));
        var today = site.Clock.Today();
        When = BookedDate.NameOf(today.AddDays(14 + (9 - (int)today.DayOfWeek) % 7).ToDateTime(new(10, 0)));
        var ids = new Guid[Families];
        List<Model> models = [new(places)];
        using var browser = site.Browser();
        using var opened = await browser.GetAsync(new Uri($"/events/book/{e.Slug}/{When}", UriKind.Relative), Cancel);
        var form = await TestSite.Read(opened);
        var hidden = form.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        foreach (var (number, acts) in rounds.Index())
        {
            // So that no budget of forms or of mails is used up.
            site.Clock.Advance(TimeSpan.FromMinutes(40));
            var links = new string?[Families];
            foreach (var family in acts.Select(a => a.Number).Where(n => ids[n] != default).Distinct())
                links[family] = await site.Write(db =>
                    Task.FromResult("/events/places/" + db.NewBookingLink(ids[family], site.Clock.GetUtcNow().UtcDateTime))
                );
            using var together = new Barrier(acts.Length);
            var answers = await AtOnce.Do([
                .. acts.Select<Act, Func<Task<HttpStatusCode>>>(act =>
                    () => Do(browser, hidden, e, token, ids, links, act, readBefore ? together : null)
                ),
            ]);
            // What the organiser said reaches the dates by the job.
            await desk.Follow();
            var all = await desk.In(e, When);
            foreach (var one in all)
                ids[one.Email.Text[1] - '0'] = one.Id;
            var picture = Picture(all, ids);
            models = [.. Orders(acts, links).SelectMany(order => models.Select(m => After(m, order))).DistinctBy(m => m.All)];
            var wrong = all.Count == 0 ? "" : await desk.Wrong(e, When);
            // Where fewer places were said, those with one keep it. Whoever books a third time at once has had their mails, and is asked to
            // wait; what the first two made of it must still agree.
            if (wrong.Length > 0 || models.All(m => m.Picture != picture) || answers.Any(a => (int)a is not (302 or 404 or 429)))
                return $"{name}, step {number} ({string.Join(", ", acts)}): {picture}; {wrong}; {string.Join(' ', answers)}; "
                    + $"the model: {string.Join(" or ", models.Select(m => m.Picture))}";
            models.RemoveAll(m => m.Picture != picture);
        }
        return "";
    }

    static Model After(Model model, IEnumerable<Act> acts)
    {
        var after = new Model(model);
        foreach (var act in acts)
            after.Do(act);
        return after;
    }

    /// <summary>Every order of the acts that were possible at all: without a link there is no page to press on.</summary>
    static IEnumerable<IReadOnlyList<Act>> Orders(IReadOnlyList<Act> acts, string?[] links) =>
        Permute([.. acts.Where(a => a.Deed is Deed.Book or Deed.Places || links[a.Number] is not null)]);

    static IEnumerable<IReadOnlyList<Act>> Permute(IReadOnlyList<Act> acts) =>
        acts.Count <= 1
            ? [acts]
            : acts.Index()
                .SelectMany(first =>
                    Permute([.. acts.Where((_, n) => n != first.Index)]).Select(rest => (IReadOnlyList<Act>)[first.Item, .. rest])
                );

    static string Picture(List<PlaceBooking> all, Guid[] ids) =>
        string.Join(' ', ids.Select(id => all.Find(b => b.Id == id)?.State.ToString() ?? "-"))
        + " | "
        + string.Join(',', all.Where(b => b.State == BookingState.Waiting).Select(b => Array.IndexOf(ids, b.Id)));

    async Task<HttpStatusCode> Do(
        HttpClient browser,
        string hidden,
        Event e,
        string token,
        Guid[] ids,
        string?[] links,
        Act act,
        Barrier? readBefore
    )
    {
        if (readBefore is not null)
            return await Unsafe(e, ids, act, readBefore);
        if (act.Deed is not (Deed.Book or Deed.Places) && links[act.Number] is null)
            return HttpStatusCode.NotFound;
        var (path, fields) = act.Deed switch
        {
            Deed.Book => (
                $"/events/book/{e.Slug}/{When}",
                new (string, string)[] { ("Name", "Ann"), ("Email", $"p{act.Number}@home.example"), ("Babies", "1") }
            ),
            Deed.Places => (
                $"/events/manage/{token}/places",
                [("Here", "yes"), ("Count", $"{act.Number + 1}"), ("Closes", "2"), ("Waiting", "yes")]
            ),
            _ => (
                links[act.Number]!,
                [
                    (
                        "wish",
                        act.Deed switch
                        {
                            Deed.Accept => "accept",
                            Deed.GiveUp => "give-up",
                            _ => "rejoin",
                        }
                    ),
                ]
            ),
        };
        using var content = new FormUrlEncodedContent(
            fields.Select(f => KeyValuePair.Create(f.Item1, f.Item2)).Append(new("__RequestVerificationToken", hidden))
        );
        using var answer = await browser.PostAsync(new Uri(path, UriKind.Relative), content, Cancel);
        return answer.StatusCode;
    }

    async Task<HttpStatusCode> Unsafe(Event e, Guid[] ids, Act act, Barrier together)
    {
        if (act.Deed == Deed.Book)
            await desk.Book(e, $"p{act.Number}", When);
        else
        {
            var id = ids[act.Number];
            var free = await site.InStore(db =>
                db.Set<PlaceBooking>()
                    .AnyAsync(b => b.Id == id && (b.State == BookingState.Held || b.State == BookingState.Accepted), Cancel)
            );
            Assert.True(together.SignalAndWait(TimeSpan.FromSeconds(30), Cancel));
            await desk.GiveUp(id);
            var date = (await desk.Date(e, When)).Id;
            if (free)
                await site.Write(db => db.ReleasePlaceAsync<BookedDate>(date, Cancel));
        }
        return HttpStatusCode.Found;
    }
}
