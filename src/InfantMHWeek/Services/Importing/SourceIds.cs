using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using InfantMHWeek.Platform.Text;

namespace InfantMHWeek.Services.Importing;

/// <summary>Ids that a source gives, and ours for them.</summary>
static class SourceIds
{
    public static string Of(JsonElement of, string name = "id")
    {
        if (of.ValueKind != JsonValueKind.Object || !of.TryGetProperty(name, out var value))
            return "";
        try
        {
            var text = value.ValueKind switch
            {
                JsonValueKind.String => UserText.Clean(TextSanitizer.Of(value.GetString()!)),
                JsonValueKind.Number => value.GetRawText(),
                _ => "",
            };
            return text.Length <= FamilyService.MaxSourceId ? text : "";
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }

    /// <summary>Ids of the standard are kept; others get one that is the same each time.</summary>
    public static Guid AsGuid(string id, string otherwise) =>
        Guid.TryParse(id, out var known) && known != Guid.Empty
            ? known
            : new(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{otherwise} {id}")))[..16]);
}
