using InfantMHWeek.Platform.Accounts;

namespace InfantMHWeek.Events.Organisers;

/// <summary>The states of an event as its organiser reads them.</summary>
static class OrganiserStates
{
    public static string Of(Event e, bool over) =>
        e.State switch
        {
            EventState.Draft => "A draft that only you see",
            EventState.Unconfirmed => "Sent, but you have not confirmed your address",
            EventState.Waiting => "Waiting for our staff to read it",
            EventState.Asked => "We have a question",
            EventState.Declined => "We cannot show it as it is",
            EventState.Cancelled => "Shown as cancelled",
            EventState.Withdrawn => e.JoinedTo is null ? "No longer shown" : "It came in twice, and is shown once",
            _ when over => e.ReportedAt is null ? "It is over" : "It is over, and you told us how it went",
            EventState.ChangeWaiting => "On the website; your change waits to be read",
            EventState.Postponed => "Shown as postponed",
            _ => "On the website",
        };

    public static OfferedGroup GroupOf(EventState state, bool over) =>
        state switch
        {
            EventState.Draft or EventState.Unconfirmed or EventState.Asked or EventState.Declined => OfferedGroup.ToDo,
            EventState.Waiting => OfferedGroup.Waiting,
            EventState.Cancelled or EventState.Withdrawn => OfferedGroup.Ended,
            _ => over ? OfferedGroup.Past : OfferedGroup.Shown,
        };
}
