using System.Globalization;
using CsCheck;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Platform.Mail;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Tests.Courses.Places;

/// <summary>
/// Random sequences of what people and staff do, compared after each step with a model that keeps a plain list in memory: never
/// over, no gap while somebody may have the place, each told once. <c>COURSE_SEQUENCES=10000</c> runs as many as that.
/// </summary>
[BothStores]
public sealed class PlacesModelTests : IAsyncDisposable
{
    const int People = 6;
    static readonly long Sequences = long.Parse(
        Environment.GetEnvironmentVariable("COURSE_SEQUENCES") ?? "20",
        CultureInfo.InvariantCulture
    );
    readonly TestSite site = new();
    readonly CourseDesk desk;

    public PlacesModelTests() => desk = new(site);

    public ValueTask DisposeAsync() => site.DisposeAsync();

    enum Deed
    {
        Apply,
        Accept,
        GiveUp,
        Rejoin,
        Places,
        Wait,
    }

    sealed record Act(Deed Deed, int Number);

    static readonly Deed[] Often =
    [
        Deed.Apply,
        Deed.Apply,
        Deed.Apply,
        Deed.Accept,
        Deed.Accept,
        Deed.GiveUp,
        Deed.GiveUp,
        Deed.Rejoin,
        Deed.Places,
        Deed.Wait,
    ];

    static readonly Gen<Act[]> Acts = Gen.Select(Gen.Int[0, Often.Length - 1], Gen.Int[0, People - 1], (deed, number) =>
        new Act(Often[deed], number)
    ).Array[5, 25];

    [Fact]
    public Task Whatever_people_do_the_places_agree_with_the_model() =>
        Gen.Select(Gen.Int[1, 4], Gen.Int[0, 2], Acts)
            .SampleAsync(
                async (places, limit, acts) => Assert.Equal("", await Play(places, limit == 0 ? null : limit, acts)),
                iter: Sequences,
                threads: 1
            );

    /// <summary>The control: a model that forgets to pass a freed place on disagrees at once.</summary>
    [Fact]
    public async Task A_model_that_leaves_gaps_disagrees() =>
        Assert.NotEmpty(await Play(1, null, [new(Deed.Apply, 0), new(Deed.Apply, 1), new(Deed.GiveUp, 0)], leaveGaps: true));

    async Task<string> Play(int places, int? limit, Act[] acts, bool leaveGaps = false)
    {
        var cohort = await desk.Open(places, limit);
        var model = new PlacesModel(People, places, limit, leaveGaps);
        var ids = new Guid[People];
        foreach (var (step, act) in acts.Index())
        {
            await Do(cohort, model, ids, act);
            var real = await desk.In(cohort);
            var states = string.Join(
                ' ',
                Enumerable.Range(0, People).Select(p => real.FirstOrDefault(a => a.Id == ids[p])?.State.ToString() ?? "-")
            );
            var taken = (await desk.Run(cohort)).PlacesTaken;
            if (states != model.States || taken != model.Taken)
                return $"step {step} {act}: the site says {states} ({taken}), the model {model.States} ({model.Taken}); "
                    + $"{string.Join(", ", acts.Select(a => $"{a.Deed} {a.Number}"))}";
        }
        var told = (await desk.Mails()).Count(m =>
            m.Kind == "course-place-offered" && ids.Any(id => m.About.StartsWith(id.ToString("N"), StringComparison.Ordinal))
        );
        // So that the ten-thousandth sequence costs what the first did.
        await site.Write(db => db.Set<OutboxMail>().ExecuteDeleteAsync());
        await site.Write(db =>
            db.Set<Application>()
                .Where(a => a.CohortId == cohort)
                .ExecuteUpdateAsync(set => set.SetProperty(a => a.State, ApplicationState.Withdrawn))
        );
        return told == model.Offers ? "" : $"{told} offers were mailed, the model made {model.Offers}";
    }

    async Task Do(Guid cohort, PlacesModel model, Guid[] ids, Act act)
    {
        var person = act.Number;
        switch (act.Deed)
        {
            case Deed.Apply when ids[person] == default:
                ids[person] = await desk.Apply(cohort, $"p{person}@charity.example", $"Group {person % 3}");
                model.Apply(person, desk.Now);
                break;
            case Deed.Accept when ids[person] != default:
                await desk.Accept(ids[person]);
                model.Accept(person, desk.Now);
                break;
            case Deed.GiveUp when ids[person] != default:
                await desk.GiveUp(ids[person]);
                model.GiveUp(person, desk.Now);
                break;
            case Deed.Rejoin when ids[person] != default:
                await desk.Rejoin(ids[person]);
                model.Rejoin(person, desk.Now);
                break;
            case Deed.Places:
                await desk.ChangePlaces(cohort, act.Number);
                model.Change(act.Number, desk.Now);
                break;
            case Deed.Wait:
                site.Clock.Advance(TimeSpan.FromHours(7 * (act.Number + 1)));
                await desk.Expire();
                model.Expire(desk.Now);
                break;
        }
    }
}
