using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store.Backup;
using InfantMHWeek.Platform.Telemetry;

namespace InfantMHWeek.Staff.Health;

/// <summary>What must be done before the public is told of the site: on the first page of administrators until all of it is.</summary>
sealed class LaunchList(PageLibrary library, IConfiguration settings, SiteMetrics metrics)
{
    public IEnumerable<HealthItem> ToDo()
    {
        var registers = library.Contents.Registers;
        var unseen = registers.Support.Count(s => s.Checked is null);
        if (unseen > 0)
            yield return new(
                "Help numbers",
                $"{unseen} of {registers.Support.Count} were never checked.",
                "Ring each one, or look it up at the service.",
                ("/staff/pages/support", "Check the numbers")
            );
        if (registers.Site.Organisation is null)
            yield return new(
                "Who we are",
                "Nobody has said yet who runs the site, so readers are told nothing.",
                "Write down the charity’s name, number and address.",
                ("/staff/pages/lists/site/facts", "Say who we are")
            );
        if (SettingsReader.Read<MailSettings>(settings).Host is null)
            yield return new("Mail", "No mail server is set, so mails reach nobody.", "Set Mail:Host on the server.");
        if (metrics.Read().All(r => r.Metric != BackupMetrics.Age))
            yield return new("Backup", "There is none yet.", "Leave the site running for a night, then look at its health.");
        if (!SiteAddress.IsHttps(settings))
            yield return new("Address", "The site does not know its own https address.", "Set Site:BaseUrl on the server.");
    }
}
