using System.Text.Json;
using System.Text.Json.Nodes;

namespace InfantMHWeek.Events.Importing;

/// <summary>What a partner's list says otherwise than before, put onto what has meanwhile been completed and put right here.</summary>
static class SourceChange
{
    /// <param name="latest">As it is here.</param>
    /// <param name="before">As the list said it.</param>
    /// <param name="after">As the list says it now.</param>
    public static EventDetails Apply(EventDetails latest, EventDetails before, EventDetails after)
    {
        var (here, then, now) = (Parts(latest), Parts(before), Parts(after));
        foreach (var name in then.Select(p => p.Key).Union(now.Select(p => p.Key), StringComparer.Ordinal).ToList())
            if (!JsonNode.DeepEquals(then[name], now[name]))
                here[name] = now[name]?.DeepClone();
        return here.Deserialize<EventDetails>() ?? latest;
    }

    static JsonObject Parts(EventDetails details) => JsonNode.Parse(details.ToJson())!.AsObject();
}
