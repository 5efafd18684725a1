using InfantMHWeek.Courses;
using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Platform.Capacity;

namespace InfantMHWeek.Tests.Courses.Places;

/// <summary>The law of places in its plainest form: a list in memory, one act after the other.</summary>
sealed class PlacesModel
{
    readonly int? limit;
    readonly bool leaveGaps;
    readonly List<int> queue;
    readonly ApplicationState?[] states;
    readonly DateTime?[] until;

    public PlacesModel(int people, int places, int? limit, bool leaveGaps = false) =>
        (Places, this.limit, this.leaveGaps, queue, states, until) = (
            places,
            limit,
            leaveGaps,
            [],
            new ApplicationState?[people],
            new DateTime?[people]
        );

    PlacesModel(PlacesModel from)
    {
        (Places, limit, leaveGaps, Offers) = (from.Places, from.limit, from.leaveGaps, from.Offers);
        (queue, states, until) = ([.. from.queue], [.. from.states], [.. from.until]);
    }

    public PlacesModel Clone() => new(this);

    public int Places { get; private set; }
    public int Offers { get; private set; }
    public int Taken => states.Count(Takes);
    public string States => string.Join(' ', states.Select(s => s?.ToString() ?? "-"));

    /// <summary>Who waits, in order.</summary>
    public string Queue => string.Join(' ', queue);

    public bool Has(int person) => person < states.Length && states[person] is not null;

    static bool Takes(ApplicationState? state) => state is ApplicationState.Held or ApplicationState.Offered or ApplicationState.Accepted;

    public void Apply(int person, DateTime now)
    {
        if (states[person] is null)
            Join(person, now);
    }

    public void Accept(int person, DateTime now)
    {
        if (states[person] is ApplicationState.Held || (states[person] is ApplicationState.Offered && until[person] > now))
            states[person] = ApplicationState.Accepted;
    }

    public void GiveUp(int person, DateTime now)
    {
        var before = states[person];
        states[person] = before switch
        {
            ApplicationState.Offered => ApplicationState.Declined,
            ApplicationState.Held or ApplicationState.Accepted => ApplicationState.Cancelled,
            ApplicationState.Waiting => ApplicationState.Withdrawn,
            _ => before,
        };
        queue.Remove(person);
        Fill(now, applying: null);
    }

    public void Rejoin(int person, DateTime now)
    {
        if (
            states[person]
            is ApplicationState.Declined
                or ApplicationState.Cancelled
                or ApplicationState.Withdrawn
                or ApplicationState.Expired
        )
            Join(person, now);
    }

    public void Change(int to, DateTime now)
    {
        Places = to;
        Fill(now, applying: null);
    }

    public void Expire(DateTime now)
    {
        for (var person = 0; person < states.Length; person++)
            if (states[person] is ApplicationState.Offered or ApplicationState.Held && until[person] <= now)
                states[person] = ApplicationState.Expired;
        Fill(now, applying: null);
    }

    void Join(int person, DateTime now)
    {
        states[person] = ApplicationState.Waiting;
        queue.Add(person);
        Fill(now, person);
    }

    void Fill(DateTime now, int? applying)
    {
        if (leaveGaps && applying is null)
            return;
        while (
            Taken < Places
            && queue.FindIndex(p =>
                limit is null || Enumerable.Range(0, states.Length).Count(o => o % 3 == p % 3 && Takes(states[o])) < limit
            )
                is >= 0
                    and var at
        )
        {
            var person = queue[at];
            queue.RemoveAt(at);
            if (person == applying)
            {
                states[person] = ApplicationState.Held;
                until[person] = OfferTimes.From(now, new CourseSettings().HoldHours, null).Until;
                continue;
            }
            states[person] = ApplicationState.Offered;
            until[person] = OfferTimes.From(now, 48, null).Until;
            Offers++;
        }
    }
}
