using System.Security.Claims;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Editing.Drafts;
using InfantMHWeek.Editing.Publishing;
using InfantMHWeek.Editing.Registers;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Editing.Pictures;

/// <summary>What staff say of a picture when they bring it.</summary>
/// <param name="Name">In its address, without ending.</param>
/// <param name="Alternative">Empty if it is decoration.</param>
/// <param name="Credit">Who made it; empty when nobody is named.</param>
/// <param name="Focus">What must stay in view: one of <see cref="PictureCredits.Places"/>.</param>
/// <param name="Replaces">Whether there was another picture of this name before.</param>
sealed record PictureDescription(string Name, string Alternative, bool Decorative, string Credit, string Focus, bool Replaces);

/// <summary>Keeps what is said of a stored picture: the words for those who cannot see it, and its entry in the register.</summary>
sealed class PictureDescriptions(SiteStore store, PictureStore pictures, PageEditor editor, TimeProvider clock)
{
    const string Register = "pictures.yml";
    const int MostTries = 3;
    static readonly string[] Order = ["credit", "focus", "version"];

    /// <returns>False when the register has a fault or could not be written; the picture is there all the same.</returns>
    public async Task<bool> KeepAsync(PictureDescription of, ClaimsPrincipal who, CancellationToken cancel)
    {
        await RememberAsync(of, who, cancel);
        try
        {
            return await RegisterAsync(of, new(who.StaffId(), who.StaffName()), cancel);
        }
        catch (IOException)
        {
            return false;
        }
    }

    Task RememberAsync(PictureDescription of, ClaimsPrincipal who, CancellationToken cancel)
    {
        var file = of.Name + ".webp";
        return store.WriteAsync(
            async db =>
            {
                var known = await db.Set<MediaPicture>().FirstOrDefaultAsync(p => p.File == file, cancel);
                if (known is null)
                    db.Add(
                        known = new()
                        {
                            File = file,
                            Alternative = "",
                            Decorative = false,
                            At = default,
                            Who = "",
                        }
                    );
                (known.Alternative, known.Decorative) = (of.Alternative, of.Decorative);
                (known.At, known.Who) = (clock.GetUtcNow().UtcDateTime, who.StaffName());
                db.Record(clock, who, of.Replaces ? "replaced picture" : "added picture", file);
            },
            cancel
        );
    }

    /// <summary>Writes who made it and what matters into the register; the version makes every page that shows it be made anew.</summary>
    async Task<bool> RegisterAsync(PictureDescription of, Author who, CancellationToken cancel)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            var there = await editor.OpenAsync(Register, cancel);
            if (await DescribedAsync(there?.Text ?? "", of, cancel) is not { } text)
                return false;
            var note = $"{of.Name}: {(of.Replaces ? "replaced" : "added")}";
            var outcome = await editor.PublishAsync(new(Register, there?.Hash, text), who, note, cancel);
            if (outcome.Done)
                return true;
            if (outcome.Answer is not (PublishStatus.Conflict or PublishStatus.Merged))
                return false;
        }
        return false;
    }

    /// <returns>The register with the picture's entry; null when it is written in a way that nothing can be added to.</returns>
    async Task<string?> DescribedAsync(string register, PictureDescription of, CancellationToken cancel)
    {
        var bytes = await File.ReadAllBytesAsync(pictures.Find(of.Name)!.FullName, cancel);
        var text = RegisterText.Of(LineEnds.Plain(register));
        return (text?.Has([of.Name]) == true ? text : text?.WithEntry([of.Name]))
            ?.With([of.Name, "credit"], of.Credit, Order)
            ?.With([of.Name, "focus"], of.Focus, Order)
            ?.With([of.Name, "version"], ContentHash.Of(bytes)[..12], Order)
            ?.Text;
    }
}
