using System.Text.Json;

namespace InfantMHWeek.Platform.Forms;

/// <summary>
/// What a form had shown when it was opened, in a hidden field of it: so that a save changes only what this person changed, and
/// not what a colleague changed meanwhile.
/// </summary>
static class OriginalValues
{
    public static string Write<T>(T values)
        where T : class => JsonSerializer.Serialize(values);

    /// <returns>Null where nothing that can be read was sent: then everything counts as changed.</returns>
    public static T? Read<T>(string? sent)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(sent ?? "null");
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
