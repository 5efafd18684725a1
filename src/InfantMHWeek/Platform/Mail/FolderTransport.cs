using System.Globalization;
using InfantMHWeek.Platform.Configuration;
using MimeKit;

namespace InfantMHWeek.Platform.Mail;

/// <summary>Puts letters into the data folder, where staff read them: for trying out, and for a site that has no mail server yet.</summary>
sealed class FolderTransport(IConfiguration settings) : IMailTransport
{
    public const string Ending = ".eml";

    public string Folder => Path.Combine(SiteFolders.Data(settings), "mail");

    public async Task<Delivery> SendAsync(MimeMessage message, CancellationToken cancel)
    {
        try
        {
            var folder = SiteFolders.OpenData(settings, "mail");
            var name = $"{NameOf(message.Date.UtcDateTime)}-{message.MessageId!.Split('@')[0]}";
            var part = Path.Combine(folder, name + ".part");
            await using (var file = new FileStream(part, FileMode.Create, FileAccess.Write))
                await message.WriteToAsync(file, cancel);
            File.Move(part, Path.Combine(folder, name + Ending), overwrite: true);
            return Delivery.Done;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or SettingsException)
        {
            return Delivery.Hold(MailTrouble.Folder, problem.Message);
        }
    }

    public Task CloseIdleConnectionsAsync() => Task.CompletedTask;

    /// <summary>Deletes the letters that were asked for before a moment (UTC); their names begin with theirs.</summary>
    public void ForgetBefore(DateTime moment)
    {
        foreach (var file in Before(moment))
            File.Delete(file);
    }

    /// <returns>How many letters are older, of how many.</returns>
    public (int Before, int All) CountBefore(DateTime moment) =>
        (Before(moment).Count, Directory.Exists(Folder) ? Directory.EnumerateFiles(Folder).Count() : 0);

    List<string> Before(DateTime moment) =>
        Directory.Exists(Folder)
            ? [.. Directory.EnumerateFiles(Folder).Where(f => string.CompareOrdinal(Path.GetFileName(f), NameOf(moment)) < 0)]
            : [];

    /// <summary>Deletes the letters of these mails: their names end with theirs.</summary>
    public void Forget(IReadOnlyCollection<Guid> mails)
    {
        if (mails.Count == 0 || !Directory.Exists(Folder))
            return;
        var gone = mails.Select(id => id.ToString("N")).ToHashSet(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Folder).Where(f => gone.Contains(Path.GetFileNameWithoutExtension(f).Split('-')[^1])))
            File.Delete(file);
    }

    static string NameOf(DateTime moment) => moment.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
}
