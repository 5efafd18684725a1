using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Library;

namespace InfantMHWeek.Campaign.Searching;

/// <summary>Finds the people whom one can call, by their name and by what they are for.</summary>
sealed class HelplineSearch : IDisposable
{
    readonly RememberingIndex index = new();
    readonly Lock gate = new();
    volatile Registers? read;

    public FoundGroup Find(Snapshot site, string words)
    {
        if (read != site.Registers)
            Read(site.Registers);
        var found = index.FindAll(words);
        var items = found
            .Hits.Select(h => (Hit: h, Service: site.Registers.Support.FirstOrDefault(s => s.Id == h.Path)))
            .Where(h => h.Service is not null)
            .Select(h => ItemOf(h.Hit, h.Service!))
            .ToList();
        return new("help", "Someone to call", "Helplines", items.Count, items);
    }

    void Read(Registers registers)
    {
        lock (gate)
        {
            if (read == registers)
                return;
            index.Update([.. registers.Support.Select(s => DocumentOf(s, registers.Hash))]);
            read = registers;
        }
    }

    static SearchDocument DocumentOf(SupportService service, string version)
    {
        var topics = service.About.Select(name => SupportTopics.Find(name)?.Label).OfType<string>();
        var text = string.Join(". ", topics.Append(service.Nation).Append(service.Languages ?? ""));
        return new(service.Id, service.Name, service.For ?? "", text, version);
    }

    static FoundItem ItemOf(SearchHit hit, SupportService service)
    {
        var words =
            service.Phone is { } phone ? "Call " + phone
            : service.Text is { } text ? "Text " + text
            : "";
        var about = service.About.Count > 0 ? "/support/" + service.About[0] : "/support";
        return new(about, hit.Title, words, hit.Snippet, service.Dials ?? service.Texts);
    }

    public void Dispose() => index.Dispose();
}
