using System.Globalization;
using MimeKit;

namespace InfantMHWeek.Platform.Mail;

/// <summary>Where mail leaves: <c>Mail:Host|Port|User|Password|From</c>. Without a host it is put into the data folder, where staff can read it.</summary>
public sealed record MailSettings(string? Host, int Port, string? User, string? Password, MailboxAddress From)
{
    /// <exception cref="SettingsException">They cannot work.</exception>
    public static MailSettings Of(IConfiguration settings)
    {
        var host = settings["Mail:Host"] is { Length: > 0 } set ? set : null;
        var from = settings["Mail:From"] is { Length: > 0 } written ? written : host is null ? "Infant Mental Health Awareness Week <website@localhost>" : throw new SettingsException("Mail:Host is set, so Mail:From is needed too: the address that mail comes from, such as Infant Mental Health Awareness Week <post@example.org>");
        if (!MailboxAddress.TryParse(from, out var sender)) throw new SettingsException($"Mail:From is \"{from}\", which is not an address that mail can come from.");
        if (!int.TryParse(settings["Mail:Port"] ?? "587", NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65535) throw new SettingsException($"Mail:Port is \"{settings["Mail:Port"]}\", which is not a port.");
        return new(host, port, settings["Mail:User"] is { Length: > 0 } user ? user : null, settings["Mail:Password"], sender);
    }
}
