using InfantMHWeek.Events.Moderation;

namespace InfantMHWeek.Events.Organisers;

/// <summary>How things stand with a profile, as its organiser reads it.</summary>
static class ProfileWords
{
    public static string Of(OrganiserProfile? profile) =>
        profile switch
        {
            null => "The pages of your events do not say yet who you are.",
            { WithdrawnAt: not null } => "Our staff have taken your profile off the website. You can change it and send it again.",
            { IsPublic: true, Waiting: true } => "Your profile is shown with your events; your change waits to be read.",
            { IsPublic: true } => "Your profile is shown with your events.",
            { DeclinedAt: not null } => "We cannot show your profile as it is. You can change it and send it again.",
            _ => "Your profile waits to be read by our staff.",
        };
}
