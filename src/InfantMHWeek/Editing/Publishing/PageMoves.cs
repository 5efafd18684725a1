using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Editing.Drafts;

namespace InfantMHWeek.Editing.Publishing;

/// <summary>Gives a page another address. The old one leads to it from then on, and links can follow in one press.</summary>
sealed class PageMoves(PageEditor editor, PageUndo acts, PageLibrary library)
{
    /// <summary>Why a page cannot go to a name; null when it can.</summary>
    public MoveResult? WhyNot(string from, string to) =>
        RequiredPages.ReasonFor(from) is not null ? MoveResult.Needed
        : !ContentWriter.IsName(to) || !PageNames.IsPage(to) || PageSchema.KindOf(to) != PageSchema.KindOf(from) ? MoveResult.BadName
        : library.Contents.Files.ContainsKey(to) ? MoveResult.Taken
        : null;

    /// <param name="seen">The hash of the text that the person saw.</param>
    /// <param name="act">Under which all of it can be taken back.</param>
    public async Task<MoveResult> MoveAsync(string from, string to, string seen, Author who, Guid act, CancellationToken cancel)
    {
        var answer = await editor.InLockAsync(() => MoveInTurnAsync(from, to, seen, who, new(Act: act), cancel), cancel);
        // Half a move is none.
        if (answer == MoveResult.NotPublished)
            await acts.UndoAsync(act, who, cancel);
        return answer;
    }

    async Task<MoveResult> MoveInTurnAsync(
        string from,
        string to,
        string seen,
        Author who,
        Publication publication,
        CancellationToken cancel
    )
    {
        if (WhyNot(from, to) is { } no)
            return no;
        if (await editor.OpenAsync(from, cancel) is not { } page)
            return MoveResult.Gone;
        if (page.Hash != seen)
            return MoveResult.Changed;
        var (old, next) = (PageNames.PathOf(from), PageNames.PathOf(to));
        // The new address first, then the way to it, then the old file goes: at no moment does a reader find nothing.
        var moved = await editor.PublishAsync(new(to, null, page.Text), who, $"Moved from {old}", cancel, publication);
        if (moved.Answer != PublishStatus.Published)
            return moved.Answer == PublishStatus.Conflict ? MoveResult.Taken : MoveResult.NotPublished;
        if (!await RedirectAsync(old, next, who, publication, cancel))
            return MoveResult.NotPublished;
        return await editor.RemoveAsync(from, seen, who, $"Moved to {next}", cancel, publication) == PublishStatus.Published
            ? MoveResult.Moved
            : MoveResult.NotPublished;
    }

    /// <summary>The text of a page that is withdrawn: readers see the reason in its place.</summary>
    /// <returns>Null when it is gone, or when the facts at its top cannot be read.</returns>
    public async Task<EditedText?> WithdrawnAsync(string file, string reason, CancellationToken cancel)
    {
        if (await editor.OpenAsync(file, cancel) is not { } there || PageText.Of(LineEnds.Plain(there.Text)) is not { } page)
            return null;
        var facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["withdrawn"] = reason };
        return new(file, there.Hash, page.With(PageSchema.KindOf(file), facts, page.Body));
    }

    /// <summary>Whether the address of a page that goes can lead there: to another page of the site.</summary>
    /// <param name="to">A path, with or without the name of a heading.</param>
    public bool CanLeadTo(string to, string from) =>
        (library.Current.Find(to.Split('#')[0]) is { } next && next.Path != from) || ProgramPages.All.Any(p => p.Path == to);

    /// <summary>Takes a page away, and lets its address lead elsewhere.</summary>
    /// <param name="leadsTo">A path of this site; null for "page not found".</param>
    public async Task<PublishStatus> RemoveAsync(string file, string seen, string? leadsTo, Author who, Guid act, CancellationToken cancel)
    {
        var answer = await editor.InLockAsync(
            async () =>
            {
                if (RequiredPages.ReasonFor(file) is not null)
                    return PublishStatus.Needed;
                if ((await editor.OpenAsync(file, cancel))?.Hash != seen)
                    return PublishStatus.Conflict;
                if (leadsTo is not null && !await RedirectAsync(PageNames.PathOf(file), leadsTo, who, new(Act: act), cancel))
                    return PublishStatus.Faulty;
                return await editor.RemoveAsync(file, seen, who, "Removed", cancel, new(Act: act));
            },
            cancel
        );
        if (answer != PublishStatus.Published)
            await acts.UndoAsync(act, who, cancel);
        return answer;
    }

    /// <summary>Writes that one address leads to another.</summary>
    async Task<bool> RedirectAsync(string from, string to, Author who, Publication publication, CancellationToken cancel)
    {
        var there = await editor.OpenAsync(RedirectLines.File, cancel);
        var text = RedirectLines.With(there?.Text ?? "", from, to);
        var typed = new EditedText(RedirectLines.File, there?.Hash, text);
        return (await editor.PublishAsync(typed, who, $"{from} leads to {to}", cancel, publication)).Done;
    }

    /// <returns>The files in which the links could not be put right.</returns>
    public async Task<IReadOnlyList<string>> FollowAsync(string from, string to, Author who, Guid act, CancellationToken cancel)
    {
        var left = new List<string>();
        foreach (var file in PageReferences.Of(from, library.Contents).Select(f => f.Name))
        {
            var there = await editor.OpenAsync(file, cancel);
            var outcome = there is null
                ? null
                : await editor.PublishAsync(
                    new(file, there.Hash, PageReferences.Rewrite(there.Text, from, to)),
                    who,
                    $"Links to {from} now lead to {to}",
                    cancel,
                    new(Act: act)
                );
            if (outcome?.Done != true)
                left.Add(file);
        }
        return left;
    }
}
