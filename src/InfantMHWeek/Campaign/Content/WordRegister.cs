using InfantMHWeek.Campaign.Diagnostics;

namespace InfantMHWeek.Campaign.Content;

/// <summary>Reads <c>words.yml</c>: words that are preferred, and the everyday words that lead to a page.</summary>
static class WordRegister
{
    public static Wording Read(IReadOnlyList<YamlEntry> entries, DiagnosticList faults)
    {
        var words = new RegisterFields(entries, ["prefer", "harm", "search", "crisis"], faults);
        var hints = RegisterFields
            .Blocks(words.Map("prefer")?.Entries ?? [], ["say", "why"], faults)
            .Select(block => new WordHint(block.Id.Value, block.Fields.Required("say", block.Id), block.Fields.Line("why")));
        return new([.. hints], words.Lines("harm"))
        {
            Everyday = [.. Phrases("search", crisis: false), .. Phrases("crisis", crisis: true)],
        };

        IEnumerable<EverydayPhrase> Phrases(string key, bool crisis)
        {
            foreach (var (target, phrases) in words.Map(key)?.Entries ?? [])
            {
                if (phrases is not YamlText { Value.Length: > 0 } text || !RegisterFields.IsPath(target.Value))
                {
                    faults.Add(
                        DiagnosticKinds.BadValue,
                        target.Line,
                        target.Column,
                        target.Value,
                        "Here stands a page, and on the same line the words that lead to it.",
                        "Write: /a-page#a-heading: some words, other words"
                    );
                    continue;
                }
                foreach (var phrase in text.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                    yield return new(phrase, target.Value, crisis, target.Line);
            }
        }
    }
}
