namespace InfantMHWeek.Platform.Mail;

/// <summary>The mails of one run: those in hand, which are leased and not begun, and those in flight.</summary>
sealed class MailsUnderWay(MailSettings settings, TimeProvider clock)
{
    /// <summary>More would only be given back when something goes wrong.</summary>
    public const int MostInHand = 48;

    /// <summary>Slow ones do not count, until all together are so many times what is set.</summary>
    const int WithSlow = 4,
        MostSlowOfADomain = 2;
    static readonly TimeSpan SlowAfter = TimeSpan.FromSeconds(3);

    readonly List<OutgoingMail> hand = [];
    readonly Dictionary<Task<DeliveryReport>, InFlight> flights = [];

    /// <param name="At">When it was begun, as a timestamp of the clock.</param>
    /// <param name="Chapter">Of the hold, when it was begun.</param>
    public sealed record InFlight(OutgoingMail Mail, long At, int Chapter);

    public int InHand => hand.Count;
    public IReadOnlyCollection<Task<DeliveryReport>> Flights => flights.Keys;
    public bool AllFlightsAreSlow => flights.Values.All(IsSlow);
    public IReadOnlyList<Guid> Ids => [.. hand.Select(m => m.Id), .. flights.Values.Select(f => f.Mail.Id)];

    /// <summary>With a full hand, only what goes before some of it is of interest.</summary>
    public MailLane? Before => hand.Count >= MostInHand ? hand.Max(m => m.Lane) : null;

    public List<string> SlowReaders => [.. Slow.Select(f => f.Mail.To.Key).Distinct(StringComparer.Ordinal)];
    public List<string> SlowDomains =>
        [
            .. Slow.GroupBy(f => f.Mail.Domain, StringComparer.Ordinal)
                .Where(same => same.Count() >= MostSlowOfADomain)
                .Select(same => same.Key),
        ];

    IEnumerable<InFlight> Slow => flights.Values.Where(IsSlow);

    bool IsSlow(InFlight flight) => clock.GetElapsedTime(flight.At) >= SlowAfter;

    /// <summary>Whether it would only wait behind others of its reader that are slow.</summary>
    public bool IsHeldUp(OutgoingMail mail) =>
        mail.Lane != MailLane.Urgent
        && (Slow.Any(f => f.Mail.To.Key == mail.To.Key) || SlowDomains.Contains(mail.Domain, StringComparer.Ordinal));

    /// <summary>What to begin next. Some places are kept free for lanes that go first.</summary>
    /// <param name="alone">Only while nothing else is on its way, but for what is slow.</param>
    public OutgoingMail? Next(bool alone)
    {
        var swift = flights.Values.Count(f => !IsSlow(f));
        if (hand.Count == 0 || (alone && swift > 0) || flights.Count >= settings.Connections * WithSlow)
            return null;
        return hand.Where(m =>
                swift < Math.Max(1, settings.Connections - (int)m.Lane) && !flights.Values.Any(f => f.Mail.To.Key == m.To.Key)
            )
            .MinBy(m => m.Lane);
    }

    /// <summary>It is in hand no longer: it is being sent.</summary>
    public void Begin(OutgoingMail mail, Task<DeliveryReport> flight, int chapter)
    {
        hand.Remove(mail);
        flights.Add(flight, new(mail, clock.GetTimestamp(), chapter));
    }

    /// <summary>Those whose sending has ended; they are under way no longer.</summary>
    public IReadOnlyList<(InFlight Flight, DeliveryReport Report)> TakeLanded()
    {
        var landed = flights.Where(f => f.Key.IsCompleted).Select(f => (Task: f.Key, Flight: f.Value)).ToList();
        foreach (var (task, _) in landed)
            flights.Remove(task);
        return landed.ConvertAll(l => (l.Flight, l.Task.Result));
    }

    /// <summary>Takes some out of the hand, to be given back untried.</summary>
    public IReadOnlyList<DeliveryReport> TakeBack(Predicate<OutgoingMail> which)
    {
        var back = hand.FindAll(which).ConvertAll(m => new DeliveryReport(m, null));
        hand.RemoveAll(which);
        return back;
    }

    public void Take(LeaseResult leased)
    {
        hand.RemoveAll(m => leased.Lost.Contains(m.Id));
        hand.AddRange(leased.Mails);
    }
}
