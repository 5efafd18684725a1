using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Platform.Time;

namespace InfantMHWeek.Editing.Publishing;

/// <summary>What readers have of a file, looked up rather than hoped for.</summary>
/// <param name="Now">Whether readers can see it now, as it was saved last.</param>
sealed record Visibility(bool Now, string Words);

/// <summary>Looks at what the site shows, and says it in a sentence.</summary>
sealed class PageVisibility(PageLibrary library, TimeProvider clock)
{
    public Visibility Of(string file)
    {
        var contents = library.Contents;
        if (!contents.Files.TryGetValue(file, out var there))
            return new(false, AtAddress(PageNames.PathOf(file)));
        if (file.EndsWith(".yml", StringComparison.Ordinal))
            return OfList(file, there);
        if (!contents.States.TryGetValue(file, out var state))
            return new(false, "Readers do not see it yet.");
        var kind = PageSchema.KindOf(file);
        if (state.Faults.FirstOrDefault(f => f.Kind.Breaks) is { } broken)
        {
            var otherwise =
                kind == PageKind.Email ? "Mails go out with the words before it."
                : state.Shown is null ? "Readers see nothing of it."
                : "Readers see the last good text.";
            return new(false, $"It cannot be seen, because of line {broken.Line}: {broken.Message} {otherwise}");
        }
        if (kind == PageKind.Email)
            return new(true, "From now on these words are sent.");
        return state.Shown is { } page ? OfPage(page) : new(false, "Readers do not see it yet.");
    }

    Visibility OfPage(Page page)
    {
        var (now, site) = (clock.GetUtcNow().UtcDateTime, library.Current);
        if (page.Publish is { } publish && publish > now)
            return new(false, $"It will appear {publish.InWords(now)}. Until then its address {AnswerAt(page.Path)}.");
        if (page.Expire is { } expired && expired <= now)
            return new(false, $"It cannot be seen, because it was to disappear {expired.InWords(now)}. Its address {AnswerAt(page.Path)}.");
        if (page.Withdrawn is { } why)
            return new(false, $"It cannot be seen, because it is withdrawn. At its address readers find the reason: “{why}”");
        if (site.Find(page.Path) is not { } shown || shown.Hash != page.Hash)
            return library.Contents.PagesOfAll.FirstOrDefault(p => p.Path == page.Path && p.File != page.File) is { } twin
                ? new(false, $"It cannot be seen, because {twin.File} has the same address.")
                : new(false, "Readers see it in a moment.");
        return new(true, "Readers see it now" + (page.Expire is { } expire ? $", and it will disappear {expire.InWords(now)}." : "."));
    }

    Visibility OfList(string file, ContentFile there)
    {
        if (library.Faults.FirstOrDefault(f => f.File == library.Folder.NameOf(file) && f.Kind.Breaks) is { } broken)
            return new(false, $"It is not in use, because of line {broken.Line}: {broken.Message} Readers have the last good list.");
        return there.Text is not null && library.Contents.Registers.Hash == library.Current.Registers.Hash
            ? new(true, "Readers have it now.")
            : new(false, "Readers have it in a moment.");
    }

    /// <summary>What an address of this site answers now.</summary>
    public string AtAddress(string path) => $"The address {path} {AnswerAt(path)}.";

    string AnswerAt(string path) =>
        library.Current is var site && site.Find(path) is { } page ? $"shows “{page.Title}”"
        : site.Withdrawn.TryGetValue(path, out var gone) ? $"says that the page was taken away: “{gone.Withdrawn}”"
        : site.Registers.Redirects.TryGetValue(path, out var target) ? $"leads to {target}"
        : "answers “page not found”";
}
