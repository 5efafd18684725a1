using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Diagnostics;

namespace InfantMHWeek.Campaign.Library;

/// <summary>A file's state: what is shown for it (perhaps an older text), and the faults of its newest text.</summary>
sealed record PageState(string Hash, Page? Shown, IReadOnlyList<Diagnostic> Faults);

/// <summary>The content folder as it was read last. Immutable.</summary>
sealed class LibraryContents(
    IReadOnlyDictionary<string, ContentFile> files,
    IReadOnlyDictionary<string, PageState> states,
    Registers registers,
    ContentFolder? folder
)
{
    public static readonly LibraryContents None = new(
        new Dictionary<string, ContentFile>(StringComparer.Ordinal),
        new Dictionary<string, PageState>(StringComparer.Ordinal),
        RegisterReader.None,
        null
    );

    readonly Lazy<Dictionary<string, Page>> byPath = new(() =>
        states
            .Values.Select(s => s.Shown)
            .OfType<Page>()
            .Where(p => p.Kind != PageKind.Email && p.Withdrawn is null)
            .DistinctBy(p => p.Path, StringComparer.Ordinal)
            .ToDictionary(p => p.Path, StringComparer.Ordinal)
    );

    /// <summary>Every file by its name inside the folder.</summary>
    public IReadOnlyDictionary<string, ContentFile> Files => files;
    public IReadOnlyDictionary<string, PageState> States => states;
    public Registers Registers => registers;

    /// <summary>Every page that has or will have an address, live or not.</summary>
    public IReadOnlyDictionary<string, Page> PagesByPath => byPath.Value;

    internal IReadOnlyCollection<Page> PagesOfAll =>
        [.. states.Values.Select(s => s.Shown).OfType<Page>().DistinctBy(p => p.Path, StringComparer.Ordinal)];

    /// <summary>The site at another moment (UTC), with some files as they are not now: null takes a file away.</summary>
    public Snapshot At(DateTime moment, IReadOnlyDictionary<string, string?> otherwise)
    {
        var changed = otherwise.Where(o => o.Value is not null).Select(o => FileOf(o.Key, o.Value!)).ToList();
        var same = files.Values.Where(f => !otherwise.ContainsKey(f.Name));
        var (registersThen, _) = RegisterReader.Read(same.Concat(changed).Where(IsRegister), registers, folder!.NameOf);
        var pages = states
            .Where(s => !otherwise.ContainsKey(s.Key))
            .Select(s => s.Value.Shown)
            .Concat(
                changed
                    .Where(f => !IsRegister(f))
                    .Select(f => PageReader.Read(f, folder.NameOf(f.Name)).Page ?? states.GetValueOrDefault(f.Name)?.Shown)
            );
        var broken = new Dictionary<string, IReadOnlyList<Diagnostic>>(StringComparer.Ordinal);
        return Snapshot.Of(
            [.. pages.OfType<Page>().DistinctBy(p => p.Path, StringComparer.Ordinal)],
            registersThen,
            broken,
            moment,
            folder.Root
        );
    }

    static bool IsRegister(ContentFile file) => file.Name.EndsWith(".yml", StringComparison.Ordinal);

    /// <summary>A text as if it were saved.</summary>
    public static ContentFile FileOf(string name, string text) => new(name, text.TrimStart('\uFEFF'), ContentHash.Of(text), default, []);
}
