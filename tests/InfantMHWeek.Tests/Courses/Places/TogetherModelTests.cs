using System.Globalization;
using System.Net;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Courses.Places;
using InfantMHWeek.Platform.Capacity;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InfantMHWeek.Tests.Courses.Places;

/// <summary>
/// Random rounds of two to four simultaneous acts over HTTP. What the site makes of them must be what some order of them, one
/// after the other, makes in the model. <c>COURSE_TOGETHER=2000</c> runs as many rounds as that.
/// </summary>
[BothStores]
public sealed class TogetherModelTests : IAsyncDisposable
{
    const int People = 5,
        RoundsOfACohort = 10;
    static readonly int Rounds = int.Parse(Environment.GetEnvironmentVariable("COURSE_TOGETHER") ?? "30", CultureInfo.InvariantCulture);
    readonly OpenHandedSite site = new();
    readonly CourseDesk desk;
    readonly AtOnce press;

    public TogetherModelTests() => (desk, press) = (new(site), new(site, new(site)));

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    enum Deed
    {
        Apply,
        Accept,
        GiveUp,
        Rejoin,
        Places,
    }

    sealed record Act(Deed Deed, int Number);

    static readonly Deed[] Often = [Deed.Apply, Deed.Accept, Deed.GiveUp, Deed.GiveUp, Deed.Rejoin, Deed.Rejoin, Deed.Accept, Deed.Places];

    [Fact]
    public async Task Whatever_happens_at_once_agrees_with_some_order_of_it()
    {
        var seed = Environment.GetEnvironmentVariable("COURSE_SEED") is { } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : Random.Shared.Next();
#pragma warning disable CA5394 // Nothing here is a secret.
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round += RoundsOfACohort)
        {
            var (places, limit) = (random.Next(1, 4), random.Next(0, 3));
            var rounds = Enumerable
                .Range(0, RoundsOfACohort)
                .Select(_ =>
                {
                    // Half of the rounds press one button of one person several times.
                    var acts = Enumerable
                        .Range(0, random.Next(2, 5))
                        .Select(_ => new Act(Often[random.Next(Often.Length)], random.Next(People)))
                        .ToArray();
                    return random.Next(2) == 0 ? [acts[0], acts[0], .. acts.Skip(2)] : acts;
                })
                .ToList();
            var wrong = await Play(places, limit == 0 ? null : limit, rounds, $"seed {seed}, round {round}");
            Assert.True(wrong.Length == 0, wrong);
        }
#pragma warning restore CA5394
    }

    /// <summary>The control: giving up decided on what was read before the lock frees two places of one person at once.</summary>
    [Fact]
    public async Task A_write_that_decides_on_what_was_read_before_disagrees()
    {
        var rounds = new[]
        {
            new[] { new Act(Deed.Apply, 0) },
            [new Act(Deed.Apply, 1)],
            [new Act(Deed.Apply, 2)],
            [new Act(Deed.GiveUp, 0), new Act(Deed.GiveUp, 0)],
        };
        Assert.Equal("", await Play(1, null, rounds, "safe"));
        Assert.NotEqual("", await Play(1, null, rounds, "unsafe", readBefore: true));
    }

    async Task<string> Play(int places, int? limit, IReadOnlyList<IReadOnlyList<Act>> rounds, string name, bool readBefore = false)
    {
        var cohort = await desk.Open(places, limit);
        var drafts = new string[People];
        for (var person = 0; person < People; person++)
            drafts[person] = await desk.DraftToken(cohort, $"p{person}@charity.example", $"Group {person % 3}");
        var ids = new Guid[People];
        List<PlacesModel> models = [new(People, places, limit)];
        foreach (var (number, acts) in rounds.Index())
        {
            using var browser = await press.Browser();
            var links = new string?[People];
            foreach (var person in acts.Where(a => a.Deed is not Deed.Places && ids[a.Number] != default).Select(a => a.Number).Distinct())
                links[person] = await press.Link(ids[person]);
            using var together = new Barrier(acts.Count);
            var answers = await AtOnce.Do([
                .. acts.Select<Act, Func<Task<HttpStatusCode>>>(act =>
                    () => Do(browser, cohort, drafts, ids, links, act, readBefore ? together : null)
                ),
            ]);
            var all = await desk.In(cohort);
            foreach (var application in all)
                ids[application.Email.Text[1] - '0'] = application.Id;
            var run = await desk.Run(cohort);
            var (picture, taken) = (Picture(all, ids), run.PlacesTaken);
            var offers = await Offers(ids);
            var wrong = string.Join(", ", answers.Where(a => (int)a >= 500));
            var possible = models.SelectMany(m => Orders(acts).Select(order => After(m, order))).ToList();
            models =
            [
                .. possible
                    .Where(m => $"{m.States} | {m.Queue}" == picture && m.Taken == taken && m.Offers == offers && m.Places == run.Places)
                    .DistinctBy(m => $"{m.States} | {m.Queue}", StringComparer.Ordinal),
            ];
            if (wrong.Length > 0 || models.Count == 0)
                return $"{name}, round {number}: {string.Join(", ", acts.Select(a => $"{a.Deed} {a.Number}"))} gave {wrong} {picture} "
                    + $"({taken} taken, {offers} offers); possible: "
                    + string.Join(
                        " / ",
                        possible.Select(m => $"{m.States} | {m.Queue} ({m.Taken}, {m.Offers})").Distinct(StringComparer.Ordinal)
                    );
        }
        return "";
    }

    async Task<HttpStatusCode> Do(
        AtOnce.Presser browser,
        Guid cohort,
        string[] drafts,
        Guid[] ids,
        string?[] links,
        Act act,
        Barrier? readBefore
    )
    {
        if (act.Deed == Deed.Places)
        {
            await desk.ChangePlaces(cohort, act.Number);
            return HttpStatusCode.OK;
        }
        if (act.Deed == Deed.Apply)
            return await browser.Post($"/courses/{CourseDesk.Slug}/apply/{drafts[act.Number]}/check", ("Agreed", "true"));
        if (links[act.Number] is not { } place)
            return HttpStatusCode.NotFound;
        if (readBefore is not null)
            return await GiveUpUnsafely(ids[act.Number], readBefore);
        return await browser.Post(
            place,
            (
                "wish",
                act.Deed switch
                {
                    Deed.Accept => "accept",
                    Deed.GiveUp => "give-up",
                    _ => "rejoin",
                }
            )
        );
    }

    async Task<HttpStatusCode> GiveUpUnsafely(Guid id, Barrier together)
    {
        var before = await desk.Find(id);
        together.SignalAndWait(TimeSpan.FromSeconds(10), Cancel);
        await site
            .Services.GetRequiredService<SiteStore>()
            .WriteAsync(
                async (db, services) =>
                {
                    if (!before.TakesPlace)
                        return true;
                    await db.Set<Application>()
                        .Where(a => a.Id == id)
                        .ExecuteUpdateAsync(set => set.SetProperty(a => a.State, ApplicationState.Cancelled), Cancel);
                    await db.ReleasePlaceAsync<Cohort>(before.CohortId, Cancel);
                    await services.GetRequiredService<WaitingList>().FillAsync(db, before.CohortId, [], Cancel);
                    return true;
                },
                Cancel
            );
        return HttpStatusCode.OK;
    }

    PlacesModel After(PlacesModel before, IReadOnlyList<Act> acts)
    {
        var (model, now) = (before.Clone(), desk.Now);
        foreach (var act in acts)
        {
            // Whoever had not applied before the round has no link yet to press anything with.
            var known = before.Has(act.Number);
            if (act.Deed == Deed.Places)
                model.Change(act.Number, now);
            else if (act.Deed == Deed.Apply)
                model.Apply(act.Number, now);
            else if (!known)
                continue;
            else if (act.Deed == Deed.Accept)
                model.Accept(act.Number, now);
            else if (act.Deed == Deed.GiveUp)
                model.GiveUp(act.Number, now);
            else
                model.Rejoin(act.Number, now);
        }
        return model;
    }

    static string Picture(IReadOnlyList<Application> all, Guid[] ids) =>
        string.Join(' ', ids.Select(id => all.FirstOrDefault(a => a.Id == id)?.State.ToString() ?? "-"))
        + " | "
        + string.Join(
            ' ',
            all.Where(a => a.State == ApplicationState.Waiting).OrderBy(a => a.Position).Select(a => Array.IndexOf(ids, a.Id))
        );

    Task<int> Offers(Guid[] ids) =>
        site.InStore(async db =>
        {
            var starts = ids.Where(id => id != default).Select(id => id.ToString("N")).ToHashSet(StringComparer.Ordinal);
            return (await db.Set<OutboxMail>().Where(m => m.Kind == "course-place-offered").Select(m => m.About).ToListAsync(Cancel)).Count(
                about => starts.Contains(about[..32])
            );
        });

    static IEnumerable<IReadOnlyList<Act>> Orders(IReadOnlyList<Act> acts)
    {
        if (acts.Count <= 1)
            return [acts];
        return acts.SelectMany(
            (first, at) => Orders([.. acts.Where((_, i) => i != at)]).Select(rest => (IReadOnlyList<Act>)[first, .. rest])
        );
    }
}
