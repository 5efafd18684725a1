using System.Collections.Frozen;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Diagnostics;

namespace InfantMHWeek.Campaign.Library;

/// <summary>
/// Holds the content as one immutable snapshot and replaces it when the folder changes. A page that breaks keeps its
/// last good version; one that never had a good version is unavailable alone.
/// </summary>
sealed class PageLibrary
{
    const string Home = "home.md";
    readonly ContentFolder folder;
    readonly TimeProvider clock;
    readonly Lock gate = new();
    FolderIdentity? shown;
    Dictionary<string, ContentFile> files = new(StringComparer.Ordinal);
    Dictionary<string, PageState> states = new(StringComparer.Ordinal);
    volatile LibraryContents contents = LibraryContents.None;
    volatile Snapshot current;
    volatile PendingSnapshot? coming;

    /// <summary>What is read already and not shown yet.</summary>
    sealed record PendingSnapshot(Snapshot Snapshot, DateTime At);

    /// <summary>Reads everything at once, so that the first answer is already the real one.</summary>
    /// <param name="shownAfter">
    /// How long after a file was written readers see it. Several instances that share a folder notice a change one after the
    /// other, and must begin to show it in the same moment, or a reader would go from the new page back to the old one. Zero for one
    /// instance.
    /// </param>
    /// <exception cref="ContentMissingException">There is no such folder, or not one page in it.</exception>
    public PageLibrary(string root, TimeProvider clock, TimeSpan shownAfter = default)
    {
        if (!Directory.Exists(root))
            throw new ContentMissingException($"There is no content folder at {root}.");
        folder = new ContentFolder(root);
        this.clock = clock;
        Root = root;
        ShownAfter = shownAfter;
        current = Snapshot.Of(
            [],
            RegisterReader.None,
            new Dictionary<string, IReadOnlyList<Diagnostic>>(StringComparer.Ordinal),
            clock.GetUtcNow().UtcDateTime
        );
        Refresh(openAll: true);
        if (states.Count == 0)
            throw new ContentMissingException($"The content folder at {root} holds no pages.");
    }

    public string Root { get; }

    /// <summary>The folder is not there, or another stands in its place that holds no site; readers see what was read last.</summary>
    public bool IsAway { get; private set; }
    public TimeSpan ShownAfter { get; }

    public Snapshot Current
    {
        get
        {
            if (coming is { } next && next.At <= clock.GetUtcNow().UtcDateTime)
                Show(next);
            return current;
        }
    }

    void Show(PendingSnapshot next)
    {
        lock (gate)
        {
            if (coming != next)
                return;
            current = next.Snapshot;
            coming = null;
        }
    }

    /// <summary>Every file and what it says, also what readers do not see: not yet published, expired, broken.</summary>
    public LibraryContents Contents => contents;

    /// <summary>The wordings of mails by their file's name without folder and ending; no reader sees them.</summary>
    public IReadOnlyDictionary<string, Page> Emails { get; private set; } = FrozenDictionary<string, Page>.Empty;
    public ContentFolder Folder => folder;

    /// <summary>Why pages or registers are not shown as they were last saved.</summary>
    public IReadOnlyList<Diagnostic> Faults { get; private set; } = [];

    /// <summary>
    /// Looks at the folder and swaps the snapshot if what the public sees has changed.
    /// </summary>
    /// <param name="openAll">Open every file, not only those whose time or size changed.</param>
    /// <returns>True when there is a new snapshot.</returns>
    public bool Refresh(bool openAll)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var identity = FileSystemCalls.IdentityOf(Root);
            var read = folder.Read(files, openAll);
            // A drive that is away for a moment, or a folder that is still being filled, must not empty the site.
            IsAway =
                states.Count > 0 && (read.Count == 0 || (identity != shown && states.ContainsKey(Home) && !read.Any(f => f.Name == Home)));
            if (IsAway)
                return false;
            shown = identity;
            var sameFiles = read.Count == files.Count && read.All(f => files.TryGetValue(f.Name, out var before) && before.Hash == f.Hash);
            var written = ShownAfter == default ? default : WrittenLast(read);
            files = read.ToDictionary(f => f.Name, StringComparer.Ordinal);
            if (sameFiles && !(current.NextChange <= now))
                return false;

            var (registers, registerFaults) = RegisterReader.Read(
                read.Where(f => f.Name.EndsWith(".yml", StringComparison.Ordinal)),
                contents.Registers,
                folder.NameOf
            );
            states = ReadPages([.. read.Where(f => !f.Name.EndsWith(".yml", StringComparison.Ordinal))]);
            contents = new(files, states, registers, folder);
            Emails = states
                .Values.Select(s => s.Shown)
                .OfType<Page>()
                .Where(p => p.Kind == PageKind.Email)
                .ToFrozenDictionary(p => p.Path["/emails/".Length..], StringComparer.Ordinal);
            Faults = [.. registerFaults, .. states.Values.SelectMany(s => s.Faults)];
            var broken = states
                .Where(s => s.Value.Shown is null && PageSchema.KindOf(s.Key) != PageKind.Email)
                .GroupBy(s => PageNames.PathOf(s.Key), StringComparer.Ordinal)
                .ToDictionary(g => g.Key, g => g.First().Value.Faults, StringComparer.Ordinal);
            var next = Snapshot.Of(contents.PagesOfAll, registers, broken, now, Root);
            // The same version with a later moment keeps the caches of what is already there.
            var newest = coming?.Snapshot ?? current;
            var changed = next.Version != newest.Version || next.NextChange != newest.NextChange;
            if (!changed)
                return false;
            // What was to come already comes no later because something else follows it; both come together.
            var at = coming?.At ?? written + ShownAfter;
            if (at > now && states.Count > 0 && current.Pages.Count > 0)
                coming = new(next, at);
            else
                (current, coming) = (next, null);
            return true;
        }
    }

    /// <summary>When the newest change was written: by its file, or by the folder from which one was taken.</summary>
    DateTime WrittenLast(IReadOnlyList<ContentFile> read)
    {
        var now = read.Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        return read.Where(f => !files.TryGetValue(f.Name, out var before) || before.Hash != f.Hash)
            .Select(f => f.Stamp.Written)
            .Concat(
                files
                    .Keys.Where(name => !now.Contains(name))
                    .Select(name => Directory.GetLastWriteTimeUtc(Path.GetDirectoryName(Path.Combine(Root, name))!))
            )
            .DefaultIfEmpty()
            .Max();
    }

    Dictionary<string, PageState> ReadPages(IReadOnlyList<ContentFile> pages)
    {
        var read = new PageState[pages.Count];
        Parallel.For(0, pages.Count, i =>
        {
            var before = states.GetValueOrDefault(pages[i].Name);
            read[i] = before is not null && before.Hash == pages[i].Hash ? before : ReadPage(pages[i], before?.Shown);
        });
        return pages.Zip(read).ToDictionary(p => p.First.Name, p => p.Second, StringComparer.Ordinal);
    }

    PageState ReadPage(ContentFile file, Page? lastGood)
    {
        var (page, faults) = PageReader.Read(file, folder.NameOf(file.Name));
        return new(file.Hash, page ?? lastGood, faults);
    }
}

/// <summary>The content folder is missing or empty; the message is fit for standard error.</summary>
sealed class ContentMissingException(string message) : Exception(message);
