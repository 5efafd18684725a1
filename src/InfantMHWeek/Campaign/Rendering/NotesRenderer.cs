using Markdig.Extensions.Footnotes;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace InfantMHWeek.Campaign.Rendering;

/// <summary>Footnotes at the end, with links back that say where they lead.</summary>
sealed class NotesRenderer : HtmlObjectRenderer<FootnoteGroup>
{
    protected override void Write(HtmlRenderer renderer, FootnoteGroup notes)
    {
        renderer.EnsureLine();
        renderer.WriteLine("<div class=\"footnotes\"><h2 id=\"notes\">Notes</h2><ol>");
        foreach (var note in notes.OfType<Footnote>())
        {
            renderer.Write($"<li id=\"note-{note.Order}\">");
            renderer.WriteChildren(note);
            renderer.WriteLine("</li>");
        }
        renderer.WriteLine("</ol></div>");
    }
}

sealed class NoteMarkRenderer : HtmlObjectRenderer<FootnoteLink>
{
    protected override void Write(HtmlRenderer renderer, FootnoteLink mark)
    {
        var (note, mention) = (mark.Footnote.Order, mark.Footnote.Links.FindIndex(l => l.Index == mark.Index) + 1);
        renderer.Write(
            mark.IsBackLink
                ? $" <a class=\"note-back\" href=\"#note-{note}-mention-{mention}\" aria-label=\"Back to where note {note} is "
                    + "mentioned\">↩</a>"
                : $"<sup class=\"note-mark\" id=\"note-{note}-mention-{mention}\"><a href=\"#note-{note}\" aria-label=\"Note "
                    + $"{note}\">{note}</a></sup>"
        );
    }
}
