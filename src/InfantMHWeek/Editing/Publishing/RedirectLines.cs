using InfantMHWeek.Editing.Drafts;

namespace InfantMHWeek.Editing.Publishing;

/// <summary>The lines of <c>redirects.yml</c>: which address leads where.</summary>
static class RedirectLines
{
    public const string File = "redirects.yml";

    /// <summary>One address more leads to another. What led to the first leads on at once, and nothing leads in a circle.</summary>
    public static string With(string text, string from, string to)
    {
        var lines = LineEnds
            .Plain(text)
            .TrimEnd('\n')
            .Split('\n')
            .Where(l => KeyOf(l) != from && KeyOf(l) != to)
            .Select(l => l.StartsWith('/') ? PageReferences.Rewrite(l, from, to) : l)
            .Append($"{from}: {to}");
        return string.Join('\n', lines).TrimStart('\n') + "\n";
    }

    /// <summary>
    /// The lines as they are now, without those that a change added and with those that it took away; lines below each other are no
    /// conflict here.
    /// </summary>
    public static string TakenBack(string now, string before, string after)
    {
        var (was, became) = (before.Split('\n'), after.Split('\n'));
        var kept = now.Split('\n')
            .Where(l => KeyOf(l).Length == 0 || was.Contains(l, StringComparer.Ordinal) || !became.Contains(l, StringComparer.Ordinal))
            .ToList();
        var end = kept.Count > 0 && kept[^1].Length == 0 ? kept.Count - 1 : kept.Count;
        kept.InsertRange(
            end,
            was.Where(l => KeyOf(l).Length > 0 && !became.Contains(l, StringComparer.Ordinal) && kept.All(k => KeyOf(k) != KeyOf(l)))
        );
        return string.Join('\n', kept);
    }

    static string KeyOf(string line) =>
        line.StartsWith('/') && line.IndexOf(": ", StringComparison.Ordinal) is > 0 and var colon ? line[..colon] : "";
}
