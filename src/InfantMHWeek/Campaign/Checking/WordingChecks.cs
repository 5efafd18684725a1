using InfantMHWeek.Campaign.Diagnostics;

namespace InfantMHWeek.Campaign.Checking;

/// <summary>Plain English and kind words. Hints only: a person decides.</summary>
static class WordingChecks
{
    const int LongSentenceWords = 25;

    public static void Run(CheckedPage page, CheckedSite site)
    {
        foreach (var prose in page.Prose)
        {
            foreach (var hint in site.Registers.Wording.Prefer)
                if (WholeWords.Find(prose.Text, hint.Phrase) is { } index)
                    page.Say(
                        DiagnosticKinds.PreferredWord,
                        prose,
                        index,
                        hint.Phrase,
                        $"\"{hint.Phrase}\" in: {SentenceAt(prose, index)}",
                        $"Better: {hint.Say}.{(hint.Why is { } why ? " " + why : "")}"
                    );
            foreach (var (index, sentence) in prose.Sentences())
                if (sentence.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length is > LongSentenceWords and var count)
                    page.Say(
                        DiagnosticKinds.LongSentence,
                        prose,
                        index,
                        sentence,
                        $"This sentence has {count} words: {sentence}",
                        "Tired readers follow 20 words more easily: make two sentences of it."
                    );
        }
    }

    static string SentenceAt(Prose prose, int index) => prose.Sentences().LastOrDefault(s => s.Index <= index).Sentence ?? prose.Text;
}
