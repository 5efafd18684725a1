using InfantMHWeek.Events.Moderation;

namespace InfantMHWeek.Events.Organisers;

/// <summary>How things stand with a profile, as its organiser reads it.</summary>
static class ProfileWords
{
    public static string Of(OrganiserProfile? profile) =>
        profile switch
        {
            null => "You have not told families yet who you are.",
            { WithdrawnAt: not null } => "Our staff have taken it off the website. You can change it and send it again.",
            { IsPublic: true, Waiting: true } => "It is shown with your events; your change waits to be read.",
            { IsPublic: true } => "It is shown with your events.",
            { DeclinedAt: not null } => "We cannot show it as it is. You can change it and send it again.",
            _ => "It waits to be read by our staff.",
        };
}
