using System.Text.RegularExpressions;
using InfantMHWeek.Campaign.Content;

namespace InfantMHWeek.Staff.Pages;

public enum MoveAnswer { Moved, BadName, Taken, Gone, NotPublished }

/// <summary>Gives a page another address. The old one leads to it from then on, and links can follow in one press.</summary>
public sealed class PageMoves(PageEditor editor, PageLibrary library)
{
    const string Redirects = "redirects.yml";

    public async Task<MoveAnswer> MoveAsync(string from, string to, Author who, CancellationToken cancel)
    {
        if (!ContentWriter.IsName(to) || !to.EndsWith(".md", StringComparison.Ordinal) || PageSchema.KindOf(to) != PageSchema.KindOf(from)) return MoveAnswer.BadName;
        if (library.Contents.Files.ContainsKey(to)) return MoveAnswer.Taken;
        if (await editor.OpenAsync(from, cancel) is not { } page) return MoveAnswer.Gone;
        // The new address first, then the way to it, then the old file goes: at no moment does a reader find nothing.
        var moved = await editor.PublishAsync(new(to, null, page.Text), who, $"Moved from {PageReader.PathOf(from)}", cancel);
        if (moved.Answer != PublishAnswer.Published) return moved.Answer == PublishAnswer.Conflict ? MoveAnswer.Taken : MoveAnswer.NotPublished;
        if (!await RedirectAsync(PageReader.PathOf(from), PageReader.PathOf(to), who, cancel)) return MoveAnswer.NotPublished;
        return await editor.RemoveAsync(from, page.Hash, who, $"Moved to {PageReader.PathOf(to)}", cancel) == PublishAnswer.Published ? MoveAnswer.Moved : MoveAnswer.NotPublished;
    }

    /// <summary>Writes that one address leads to another. Ways that led to the first lead on at once, and none leads in a circle.</summary>
    public async Task<bool> RedirectAsync(string from, string to, Author who, CancellationToken cancel)
    {
        var file = await editor.OpenAsync(Redirects, cancel);
        var lines = LineEnds.Plain(file?.Text ?? "").TrimEnd('\n').Split('\n').Where(l => KeyOf(l) != from && KeyOf(l) != to).Select(l => l.StartsWith('/') ? Rewrite(l, from, to) : l).ToList();
        lines.Add($"{from}: {to}");
        var text = string.Join('\n', lines).TrimStart('\n') + "\n";
        return (await editor.PublishAsync(new(Redirects, file?.Hash, text), who, $"{from} leads to {to}", cancel)).Answer is PublishAnswer.Published or PublishAnswer.NothingChanged;
    }

    static string KeyOf(string line) => line.StartsWith('/') && line.IndexOf(": ", StringComparison.Ordinal) is > 0 and var colon ? line[..colon] : "";

    /// <summary>The files in which a path is named, as a link or in the facts and menus.</summary>
    public IReadOnlyList<string> Naming(string path) =>
        [.. library.Contents.Files.Values.Where(f => f.Name != Redirects && f.Text is not null && ContentWriter.IsName(f.Name) && f.Text.Contains(path, StringComparison.Ordinal) && Rewrite(f.Text, path, "/\0") != f.Text).Select(f => f.Name).Order(StringComparer.Ordinal)];

    /// <returns>The files in which the links could not be put right.</returns>
    public async Task<IReadOnlyList<string>> FollowAsync(string from, string to, Author who, CancellationToken cancel)
    {
        var left = new List<string>();
        foreach (var file in Naming(from))
        {
            var there = await editor.OpenAsync(file, cancel);
            var outcome = there is null ? null : await editor.PublishAsync(new(file, there.Hash, Rewrite(there.Text, from, to)), who, $"Links to {from} now lead to {to}", cancel);
            if (outcome?.Answer is not (PublishAnswer.Published or PublishAnswer.NothingChanged)) left.Add(file);
        }
        return left;
    }

    /// <summary>Replaces a path where it stands as a whole: <c>/about</c>, and not the beginning of <c>/about-us</c> or <c>/about/people</c>.</summary>
    static string Rewrite(string text, string from, string to) =>
        Regex.Replace(text, $@"(?<![\w/.:-]){Regex.Escape(from)}(?![\w/-])", _ => to, RegexOptions.None, TimeSpan.FromSeconds(5));
}
