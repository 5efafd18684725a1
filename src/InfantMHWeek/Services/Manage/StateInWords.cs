namespace InfantMHWeek.Services.Manage;

/// <summary>How things stand with a service, for whoever looks after it: a title and what it means.</summary>
static class StateInWords
{
    public static (string Title, string Words) Of(FamilyService s) =>
        s.State switch
        {
            ServiceState.Draft => ("Your service", "It is a draft. Nobody else can see it."),
            ServiceState.AddressUnknown => (
                "Check your email",
                "You have sent it. Now open the link in our email to confirm your address. Only then can we read it."
            ),
            ServiceState.Waiting => (
                "We have received your service",
                "Somebody will read it, usually within two working days. You can still change it."
            ),
            ServiceState.Asked => (
                "We have a question about your service",
                "Please read it below, change what you told us, and send it again."
            ),
            ServiceState.Declined => ("We cannot list this service", "The reason is below."),
            ServiceState.Published => ("Your service is on the website", "If something changes, change it here."),
            ServiceState.ChangeWaiting => (
                "Your change is waiting to be read",
                "Until somebody has read it, the website shows it as it was."
            ),
            ServiceState.Paused => ("Your service is shown as closed for now", "Tell us here when it reopens."),
            ServiceState.Unconfirmed => (
                "Is this still right?",
                "We asked you and have not had an answer, so the website says that it is not confirmed."
            ),
            ServiceState.Unlisted => (
                "Is this still right?",
                "We have had no answer for a year, so your service is not in our lists any more. One click puts it back."
            ),
            ServiceState.Closed => (
                "Your service is shown as closed",
                WhoLast(s, FamilyService.ClosedStep) switch
                {
                    FamilyService.Organiser => "Thank you for telling us.",
                    null => "The list that we have it from says so. If it is still open, you can say so below.",
                    _ => "Our staff have shown it as closed. If it is still open, you can say so below.",
                }
            ),
            _ when s.JoinedTo is not null => (
                "Your service is listed once",
                "It was listed twice, so our staff have joined the two. The address of this one leads to the other."
            ),
            _ when WhoLast(s, FamilyService.Withdrew) is not (null or FamilyService.Organiser) => (
                "Your service is no longer shown",
                "Our staff have taken it down. If you think that is a mistake, please write to us."
            ),
            _ => ("Your service is no longer shown", "You took it down. If that was a mistake, please list it again."),
        };

    static string? WhoLast(FamilyService s, string what) =>
        s.Steps.OrderBy(t => t.At).ThenBy(t => t.Id).LastOrDefault(t => t.What == what)?.Who;
}
