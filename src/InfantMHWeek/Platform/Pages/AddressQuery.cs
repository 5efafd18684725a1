using System.Globalization;
using System.Text;

namespace InfantMHWeek.Platform.Pages;

/// <summary>Reads what a search form put into the address. What is none of its choices is as if nothing had been chosen.</summary>
/// <param name="typed">What stands after the question mark.</param>
/// <param name="most">How much of a text is taken.</param>
readonly struct AddressQuery(IQueryCollection typed, int most)
{
    public string Text(string name)
    {
        var text = (typed[name].FirstOrDefault(v => !string.IsNullOrWhiteSpace(v)) ?? "").Trim();
        // Never cut a character in half.
        return text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
    }

    public int Number(string name, int otherwise) =>
        int.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : otherwise;

    public string OneOf(string name, params IEnumerable<string> known)
    {
        var text = Text(name);
        return known.Contains(text, StringComparer.Ordinal) ? text : "";
    }

    public T Flags<T>(string name, IEnumerable<(T Value, string Slug, string Name)> known, Func<T, T, T> with)
        where T : struct
    {
        var values = typed[name];
        return known.Where(k => values.Contains(k.Slug, StringComparer.Ordinal)).Aggregate(default(T), (sum, k) => with(sum, k.Value));
    }
}

/// <summary>Writes a search into an address, with the question mark; nothing when nothing is asked.</summary>
sealed class AddressQueryText
{
    readonly StringBuilder text = new();

    public AddressQueryText Add(string name, string value)
    {
        if (value.Length > 0)
            text.Append(text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        return this;
    }

    public AddressQueryText Add(string name, int value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

    public override string ToString() => text.ToString();
}
