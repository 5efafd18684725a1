using System.Globalization;
using System.Net;
using InfantMHWeek.Platform.Text;
using MimeKit;

namespace InfantMHWeek.Platform.Configuration;

/// <summary>The types a setting may have: how each is read, and what is said when it cannot be.</summary>
static class SettingValue
{
    /// <returns>Null when the text is no such value.</returns>
    public static object? Parse(Type type, string text)
    {
        if (type == typeof(string))
            return text;
        text = text.Trim();
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum)
            return Enum.GetNames(type).Contains(text, StringComparer.OrdinalIgnoreCase) ? Enum.Parse(type, text, ignoreCase: true) : null;
        if (type == typeof(bool))
            return bool.TryParse(text, out var truth) ? truth : null;
        if (type == typeof(int))
            return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
        if (type == typeof(long))
            return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
        if (type == typeof(TimeOnly))
            return TimeOnly.TryParseExact(text, ["H:mm", "HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
                ? time
                : null;
        if (type == typeof(Uri))
            return
                Uri.TryCreate(text, UriKind.Absolute, out var address)
                && address.Scheme is "http" or "https"
                && address.UserInfo.Length == 0
                ? address
                : null;
        if (type == typeof(IPEndPoint))
            return IPEndPoint.TryParse(text, out var place) && place.Port > 0 ? place : null;
        if (type == typeof(IReadOnlyList<IPAddress>))
            return IPAddresses(text);
        // Refused here rather than by the first mail.
        if (type == typeof(MailboxAddress))
            return MailboxAddress.TryParse(text, out var sender) && EmailAddress.TryParse(sender.Address, null, out _) ? sender : null;
        throw new NotSupportedException($"No setting can be a {type.Name} yet.");
    }

    /// <summary>What to write, in words that follow "write".</summary>
    public static string Words(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum)
            return string.Join(" or ", Enum.GetNames(type).Select(n => n.ToLowerInvariant()));
        if (type == typeof(bool))
            return "true or false";
        if (type == typeof(int) || type == typeof(long))
            return "a whole number";
        if (type == typeof(TimeOnly))
            return "a time of day such as 02:15";
        if (type == typeof(Uri))
            return "a whole address that begins with http:// or https://";
        if (type == typeof(IPEndPoint))
            return "an IP address and a port, such as 127.0.0.1:9464";
        if (type == typeof(IReadOnlyList<IPAddress>))
            return "IP addresses with commas between them";
        return type == typeof(MailboxAddress)
            ? "an address that mail can come from, such as Infant Mental Health Awareness Week <post@example.org>"
            : "a text";
    }

    static List<IPAddress>? IPAddresses(string text)
    {
        var addresses = new List<IPAddress>();
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            // "1" would be read as 0.0.0.1.
            if (IPAddress.TryParse(part, out var address) && part.AsSpan().ContainsAny('.', ':'))
                addresses.Add(address);
            else
                return null;
        return addresses;
    }
}
