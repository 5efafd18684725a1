using InfantMHWeek.Campaign.Diagnostics;

namespace InfantMHWeek.Campaign.Content;

/// <summary>Reads the registers. A register with a fault keeps its last good state, like a page.</summary>
static class RegisterReader
{
    public static readonly Registers None = new(
        new SiteIdentity(),
        new Dictionary<string, Source>(StringComparer.Ordinal),
        [],
        Wording.None,
        new Dictionary<string, string>(StringComparer.Ordinal),
        new Dictionary<string, PictureCredits>(StringComparer.Ordinal),
        ""
    );

    /// <param name="nameOf">How faults print a file's name.</param>
    public static (Registers Registers, IReadOnlyList<Diagnostic> Faults) Read(
        IEnumerable<ContentFile> files,
        Registers lastGood,
        Func<string, string> nameOf
    )
    {
        var found = files.ToDictionary(f => f.Name, StringComparer.Ordinal);
        var all = new List<Diagnostic>();
        var read = new Registers(
            Take("site.yml", SiteRegister.Read, lastGood.Site, new SiteIdentity()),
            Take("sources.yml", SourceRegister.Read, lastGood.Sources, None.Sources),
            Take("support.yml", SupportRegister.Read, lastGood.AllSupport, []),
            Take("words.yml", WordRegister.Read, lastGood.Wording, Wording.None),
            Take("redirects.yml", RedirectRegister.Read, lastGood.Redirects, None.Redirects),
            Take("pictures.yml", PictureRegister.Read, lastGood.Pictures, None.Pictures),
            ContentHash.Combine(found.Values.OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => f.Name + f.Hash))
        );
        return (read, all);

        T Take<T>(string name, Func<IReadOnlyList<YamlEntry>, DiagnosticList, T> read, T good, T empty)
        {
            if (!found.TryGetValue(name, out var file))
                return empty;
            all.AddRange(file.Faults);
            if (file.Text is null)
                return good;
            var faults = new DiagnosticList(nameOf(name));
            var value = read(YamlTree.Read(file.Text, faults), faults);
            all.AddRange(faults.All);
            return faults.Breaking ? good : value;
        }
    }
}
