using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Editing.Publishing;

namespace InfantMHWeek.Editing.Registers;

/// <summary>Which pages name an entry of a register, so that it is not taken away from under them.</summary>
sealed class RegisterUses(PageLibrary library)
{
    const int Most = 20;

    /// <summary>The pages that cannot do without the entry: its removal is refused.</summary>
    public IReadOnlyList<string> Of(string register, string key) =>
        register != "sources" || key.Length == 0 ? [] : [.. Pages(text => Names(text, key)).Take(Most)];

    /// <summary>What would break if the entry went.</summary>
    /// <param name="opened">The hash of the register that the person has before them.</param>
    public Consequences Breaks(string register, string key, string? opened)
    {
        ConsequenceGroup[] groups =
        [
            new("Pages that name it", [.. Of(register, key).Select(Page)]),
            new(
                "Help boxes that name it",
                register == "support"
                    ?
                    [
                        .. Pages(text => text.Split('\n').Any(l => l.StartsWith("::: help", StringComparison.Ordinal) && Names(l, key)))
                            .Select(Page),
                    ]
                    : []
            ),
            new(
                "Pages that link to this address",
                register == "redirects" ? [.. PageReferences.Of(key, library.Contents).Select(f => Page(f.Name))] : []
            ),
            new(
                "Pages that show it: readers will no longer see who made it",
                register == "pictures" ? [.. Pages(text => text.Contains($"/media/{key}.", StringComparison.Ordinal)).Select(Page)] : []
            ),
            new(
                "Help for readers in distress",
                register == "support" && library.Contents.Registers.AllSupport.FirstOrDefault(s => s.Id == key) is { } service
                    ?
                    [
                        new(
                            service.Emergency
                                ? "It is the number for emergencies, on every sensitive page"
                                : "It is shown on the page for support"
                        ),
                    ]
                    : []
            ),
        ];
        return new(register + "/" + key, opened, [.. groups.Where(g => g.Items.Count > 0)]);
    }

    static Consequence Page(string file) => new(file, "/staff/pages/edit?file=" + Uri.EscapeDataString(file));

    IEnumerable<string> Pages(Func<string, bool> names) =>
        library
            .Contents.Files.Values.Where(f => PageNames.IsPage(f.Name) && f.Text is { } text && names(text))
            .Select(f => f.Name)
            .Order(StringComparer.Ordinal);

    static bool Names(string text, string key)
    {
        for (var at = text.IndexOf(key, StringComparison.Ordinal); at >= 0; at = text.IndexOf(key, at + 1, StringComparison.Ordinal))
            if ((at == 0 || !IsPart(text[at - 1])) && (at + key.Length == text.Length || !IsPart(text[at + key.Length])))
                return true;
        return false;
    }

    static bool IsPart(char letter) => letter == '-' || char.IsLetterOrDigit(letter);
}
