using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Editing.Drafts;
using InfantMHWeek.Editing.Publishing;

namespace InfantMHWeek.Staff.Pages.Editor;

/// <summary>
/// What the editor's form sends: the facts as fields with the text below, or the whole file where its facts cannot be fields.
/// </summary>
sealed class EditForm
{
    /// <summary>Far above what a page may have, so that a text that is too long comes back with the reason.</summary>
    public const int MostBytes = 8 * 1024 * 1024;

    /// <summary>The file's hash when it was opened; empty for a new page.</summary>
    public string? Opened { get; set; }
    public int DraftStamp { get; set; }

    /// <summary>The facts as they were opened, so that untouched lines stay as they are.</summary>
    public string? Front { get; set; }
    public IDictionary<string, string?> Facts { get; set; } = new Dictionary<string, string?>(StringComparer.Ordinal);
    public string? Body { get; set; }
    public string? Whole { get; set; }
    public string? Note { get; set; }
    public string? Moment { get; set; }

    /// <summary>The colleague's working copy from which this was begun, and its stamp then.</summary>
    public Guid? Review { get; set; }
    public int ReviewStamp { get; set; }

    /// <summary>The stamp of what would break, as the person has seen it.</summary>
    public string? Accepted { get; set; }

    public static EditForm Of(EditedText from)
    {
        var plain = LineEnds.Plain(from.Text);
        var form = new EditForm
        {
            Opened = from.Opened,
            DraftStamp = from.DraftStamp,
            Review = from.Review?.Draft,
            ReviewStamp = from.Review?.Stamp ?? 0,
        };
        if (PageNames.IsPage(from.File) && PageText.Of(plain) is { } page)
        {
            (form.Front, form.Body) = (page.Front, page.Body);
            foreach (var fact in PageSchema.For(PageSchema.KindOf(from.File)))
                form.Facts[fact.Name] = page[fact.Name];
        }
        else
            form.Whole = plain;
        return form;
    }

    /// <summary>What the person goes on with when their text was not published.</summary>
    public EditForm After(PublishResult outcome, string file)
    {
        var next =
            outcome.Answer == PublishStatus.Merged ? Of(EditedTextOf(file) with { Opened = outcome.Hash, Text = outcome.Text }) : this;
        if (outcome.Answer == PublishStatus.Conflict)
            next.Opened = outcome.Hash;
        next.Accepted = outcome.Consequences?.Stamp;
        return next;
    }

    /// <summary>The whole text of the file, with plain line ends.</summary>
    public string TextFor(string file)
    {
        if (Whole is not null)
            return LineEnds.Plain(Whole);
        var (front, body) = (LineEnds.Plain(Front ?? ""), LineEnds.Plain(Body ?? ""));
        var facts = Facts.ToDictionary(
            f => f.Key,
            f => f.Key == "hashtags" ? string.Join(", ", Hashtags.In(f.Value ?? "")) : f.Value ?? "",
            StringComparer.Ordinal
        );
        return PageText.Of(front)?.With(PageSchema.KindOf(file), facts, body) ?? front + body;
    }

    public EditedText EditedTextOf(string file) =>
        new(
            file,
            string.IsNullOrEmpty(Opened) ? null : Opened,
            TextFor(file),
            DraftStamp,
            Review is { } draft ? new(draft, ReviewStamp) : null,
            Accepted
        );

    /// <summary>The line of the file on which the text below the facts begins.</summary>
    public int BodyLine => Whole is not null ? 1 : TextLines(Front);

    static int TextLines(string? front) => LineEnds.Plain(front ?? "").Count(c => c == '\n') + 1;
}
