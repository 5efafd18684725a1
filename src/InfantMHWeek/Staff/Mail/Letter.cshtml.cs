using InfantMHWeek.Platform.Mail;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MimeKit;

namespace InfantMHWeek.Staff.Mail;

/// <summary>One letter of the data folder, as text: whatever stands in it, nothing of it is run or fetched.</summary>
sealed class MailMessageModel(FolderTransport folder) : PageModel
{
    public MimeMessage Message { get; private set; } = null!;

    /// <summary>Without their ending. A letter is chosen from these; a name from the address never becomes a path.</summary>
    public static IEnumerable<string> Names(FolderTransport folder) =>
        Directory.Exists(folder.Folder)
            ? Directory.EnumerateFiles(folder.Folder, "*" + FolderTransport.Ending).Select(f => Path.GetFileNameWithoutExtension(f))
            : [];

    public async Task<IActionResult> OnGetAsync(string? name, CancellationToken cancel)
    {
        if (Names(folder).FirstOrDefault(n => n == name) is not { } known)
            return NotFound();
        Message = await MimeMessage.LoadAsync(Path.Combine(folder.Folder, known + FolderTransport.Ending), cancel);
        return Page();
    }
}
