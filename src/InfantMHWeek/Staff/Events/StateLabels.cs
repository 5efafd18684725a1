using InfantMHWeek.Events;

namespace InfantMHWeek.Staff.Events;

/// <summary>The states of an event as staff read them.</summary>
static class StateLabels
{
    public static string Of(EventState state) =>
        state switch
        {
            EventState.Draft => "Draft",
            EventState.Unconfirmed => "Sent, address not confirmed",
            EventState.Waiting => "Waits for you",
            EventState.Asked => "The organiser was asked",
            EventState.Declined => "Declined",
            EventState.Published => "On the website",
            EventState.ChangeWaiting => "On the website, a change waits",
            EventState.Postponed => "Postponed",
            EventState.Cancelled => "Cancelled",
            _ => "Taken away",
        };
}
