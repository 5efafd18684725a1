namespace InfantMHWeek.Services.Moderation;

/// <summary>The states of a service as its organisation and staff read them.</summary>
static class ServiceStates
{
    public static string Of(ServiceState state) =>
        state switch
        {
            ServiceState.Draft => "Draft",
            ServiceState.AddressUnknown => "Sent, address not confirmed",
            ServiceState.Waiting => "Waits to be read",
            ServiceState.Asked => "There is a question",
            ServiceState.Declined => "Declined",
            ServiceState.Published => "On the website",
            ServiceState.ChangeWaiting => "On the website, a change waits",
            ServiceState.Paused => "Closed for now",
            ServiceState.Unconfirmed => "On the website, not confirmed",
            ServiceState.Unlisted => "In no list, not confirmed for a year",
            ServiceState.Closed => "Closed",
            _ => "Taken away",
        };
}
