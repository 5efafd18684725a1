using InfantMHWeek.Platform.Places;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Services.Moderation;

/// <summary>
/// What a version says, line by line, as its organisation and staff read it, confidential places with their address; and what is
/// different in another.
/// </summary>
static class ServiceDifference
{
    /// <returns>What it is about, what is said of it, and the part of the form where that is changed.</returns>
    public static IEnumerable<(string What, string Says, string Step)> Lines(ServiceDetails d)
    {
        yield return ("Name", d.Title, "what");
        yield return ("In short", d.Summary, "what");
        yield return ("What it does", d.Description, "what");
        yield return ("Who runs it", Joined("\n", d.Organisation, d.OrganisationAbout, d.OrganisationLink), "what");
        yield return ("Helps with", string.Join(", ", ServiceLabels.NamesOf(d.Needs)), "for");
        yield return ("For", string.Join(", ", ServiceLabels.NamesOf(d.Audience).Concat(ServiceLabels.NamesOf(d.Ages))), "for");
        yield return ("How to come to it", Joined("\n", [.. ServiceLabels.NamesOf(d.Access), d.AccessNote]), "touch");
        yield return ("Phone, email, website", Joined("\n", d.Phone, d.Email, d.Link), "touch");
        yield return ("Waiting time", d.Waiting + (d.WaitingOn is { } day ? $" (as of {day.InWords()})" : ""), "touch");
        yield return ("When it is open", d.Hours, "touch");
        yield return ("How", string.Join(", ", ServiceLabels.NamesOf(d.Ways)), "where");
        yield return ("For people who live in", ServiceAreas.InWords(d), "where");
        yield return ("Places", string.Join("\n\n", d.Places.Select(InFull)), "where");
        yield return ("Cost", ServiceLabels.NameOf(d.Cost) + (d.CostNote.Length > 0 ? ": " + d.CostNote : ""), "cost");
        yield return ("Languages", Joined(", ", [.. ServiceLabels.NamesOf(d.Languages), d.OtherLanguages]), "cost");
        yield return ("There is", string.Join(", ", ServiceLabels.NamesOf(d.Yes)), "cost");
        yield return ("There is not", string.Join(", ", ServiceLabels.NamesOf(d.No)), "cost");
    }

    public static IEnumerable<(string What, string Before, string After)> Between(ServiceDetails before, ServiceDetails after) =>
        Lines(before).Zip(Lines(after), (b, a) => (b.What, Before: b.Says, After: a.Says)).Where(l => l.Before != l.After);

    static string InFull(ServicePlace place) =>
        Joined("\n", place.Name, place.Address, place.Town, place.Postcode, Regions.NameOf(place.Region))
        + (place.Confidential ? "\n(secret: only the town is shown)" : "");

    static string Joined(string between, params IEnumerable<string> parts) => string.Join(between, parts.Where(p => p.Length > 0));
}
