using System.Globalization;
using System.Text;
using Zxcvbn.Matcher;

namespace InfantMHWeek.Platform.Accounts;

/// <summary>
/// Whether a password may be chosen. No rules about kinds of characters; instead, what people try first is refused: words
/// that everybody uses, dressed up or not, keys that lie side by side, dates, and the person's own name. Rules of our own know the
/// charity's words; zxcvbn counts how many guesses the rest would take, from lists that it brings along. Nobody is asked.
/// </summary>
static class PasswordChoice
{
    public const int Least = 8,
        Advised = 15,
        Most = 256;

    /// <summary>Fewer bits than these are guessed too soon. Four words by chance from a list of 7,776 have at least 34.</summary>
    const double LeastEntropy = 30;

    /// <summary>No more is measured: what is longer takes time, and is long enough.</summary>
    const int Measured = 60;

    const string Advice = "Choose another one: a few words that do not belong together are easy to remember.";
    static readonly Lazy<Zxcvbn.Zxcvbn> Guesses = new(() => new());
    static readonly Lock OneAtATime = new();
    static readonly string[] OurWords =
    [
        "infant",
        "mental",
        "health",
        "awareness",
        "week",
        "infantmentalhealth",
        "aimh",
        "imhw",
        "charity",
        "babies",
        "staff",
    ];

    /// <returns>What is wrong with it, fit to be shown; null when it is good.</returns>
    public static string? Problem(string? password, params string?[] own)
    {
        var text = (password ?? "").Normalize(NormalizationForm.FormC);
        var length = new StringInfo(text).LengthInTextElements;
        if (length == 0)
            return "Choose a password.";
        if (length < Least)
            return $"Your password must have at least {Least} characters. {Advised} or more are better: a few words that do not belong "
                + "together are easy to remember.";
        if (text.Length > Most)
            return $"Your password must have at most {Most} characters.";
        var why = TooFewGuesses(text, own) ?? (GuessedPasswords.Hold(text, own) ? "it is made of what people use most" : null);
        return why is null ? null : $"This password is among the first that anybody would try: {why}. {Advice}";
    }

    /// <returns>Why it is guessed soon; null when it is not.</returns>
    static string? TooFewGuesses(string text, string?[] own)
    {
        var theirs = WordsOf(own);
        Zxcvbn.Result found;
        lock (OneAtATime)
            found = Guesses.Value.EvaluatePassword(text.Length <= Measured ? text : text[..Measured], theirs.Concat(OurWords));
        return found.Entropy >= LeastEntropy
            ? null
            : found.MatchSequence.OrderByDescending(m => m.Token.Length).FirstOrDefault() switch
            {
                DictionaryMatch { DictionaryName: "passwords" } => "many people have chosen it, or nearly the same",
                DictionaryMatch { DictionaryName: "user_inputs" } => "it is made of your name, your address or ours",
                DictionaryMatch => "it is one common word or name with little around it",
                SpatialMatch => "its keys lie side by side",
                RepeatMatch or SequenceMatch => "it repeats itself or counts up",
                DateMatch => "it is a date",
                _ => "it is too short for how simple it is",
            };
    }

    /// <summary>The parts of names and addresses.</summary>
    internal static IEnumerable<string> WordsOf(string?[] own) =>
        own.SelectMany(o => (o ?? "").ToLowerInvariant().Split([' ', '@', '.', '-', '_', '+'], StringSplitOptions.RemoveEmptyEntries))
            .Where(w => w.Length > 2);
}
