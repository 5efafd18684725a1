using InfantMHWeek.Campaign.Content;
using Markdig.Extensions.CustomContainers;
using Markdig.Extensions.Footnotes;
using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace InfantMHWeek.Campaign.Rendering;

/// <summary>The walls against active content inside this process. The content policy is the third, in the browser.</summary>
[Flags]
public enum Sanitizers
{
    None = 0,
    Links = 1,
    Html = 2,
    All = Links | Html,
}

/// <summary>Turns a page's Markdown into safe HTML. There is one renderer: the preview uses it too.</summary>
static class PageRenderer
{
    /// <param name="walls">All of them, except in tests that ask whether each one holds alone.</param>
    public static RenderedPage Render(Page page, Registers registers, Sanitizers walls = Sanitizers.All)
    {
        var document = Dialect.Parse(page.Markdown);
        if (walls.HasFlag(Sanitizers.Links))
            LinkSanitizing.Apply(document);
        PreparePictures(document);
        ShowDrawings(document);

        var (figures, facts) = (new List<Figure>(), new List<KeyFact>());
        var ids = HeadingIds.Used(document);
        var drawn = new FigureRenderer(page, registers, figures, facts, ids);
        var note = document.OfType<CustomContainer>().FirstOrDefault(c => Containers.NameOf(c) == "content-note");
        if (note is not null)
            document.Remove(note);

        var html = Write(renderer => WriteSections(renderer, document), new(registers, drawn));
        var noteHtml = note is null ? null : Write(renderer => renderer.WriteChildren(note), new(registers, drawn));
        if (walls.HasFlag(Sanitizers.Html))
            (html, noteHtml) = (HtmlSanitizing.Clean(html), noteHtml is null ? null : HtmlSanitizing.Clean(noteHtml));
        var headings = document
            .OfType<HeadingBlock>()
            .Where(h => h.Level == 2)
            .Select(h => new PageHeading(h.GetAttributes().Id!, PlainText.Of(h.Inline)));
        return new(html, noteHtml, [.. headings], figures) { Facts = facts };
    }

    static string Write(Action<HtmlRenderer> write, ContainerRenderer containers)
    {
        using var writer = new StringWriter();
        var renderer = new HtmlRenderer(writer);
        Dialect.Pipeline.Setup(renderer);
        Replace<HtmlTableRenderer>(renderer, new TableRenderer());
        Replace<HtmlFootnoteGroupRenderer>(renderer, new NotesRenderer());
        Replace<HtmlFootnoteLinkRenderer>(renderer, new NoteMarkRenderer());
        renderer.ObjectRenderers.Insert(0, containers);
        write(renderer);
        renderer.Writer.Flush();
        return writer.ToString();
    }

    static void Replace<TOld>(HtmlRenderer renderer, IMarkdownObjectRenderer ours)
        where TOld : class, IMarkdownObjectRenderer
    {
        renderer.ObjectRenderers.TryRemove<TOld>();
        renderer.ObjectRenderers.Insert(0, ours);
    }

    /// <summary>One section for each heading of level 2, and one row for statistics that stand together.</summary>
    static void WriteSections(HtmlRenderer renderer, MarkdownDocument document)
    {
        var (inSection, inRow) = (false, false);
        foreach (var block in document)
        {
            var isStatistic = block is CustomContainer container && Containers.NameOf(container) == "statistic";
            if (inRow && !isStatistic)
                renderer.WriteLine("</div>");
            if (block is HeadingBlock { Level: 2 } heading)
            {
                if (inSection)
                    renderer.WriteLine("</section>");
                renderer.Write("<section aria-labelledby=\"").WriteEscape(heading.GetAttributes().Id).WriteLine("\">");
                inSection = true;
            }
            else if (block is FootnoteGroup && inSection)
            {
                renderer.WriteLine("</section>");
                inSection = false;
            }
            if (isStatistic && !inRow)
                renderer.WriteLine("<div class=\"statistic-row\">");
            inRow = isStatistic;
            renderer.Write(block);
        }
        if (inRow)
            renderer.WriteLine("</div>");
        if (inSection)
            renderer.WriteLine("</section>");
    }

    static void PreparePictures(MarkdownDocument document)
    {
        foreach (var picture in document.Descendants<LinkInline>().Where(l => l.IsImage))
        {
            if (IsDecorative(picture))
                picture.Title = null;
            picture.GetAttributes().AddProperty("loading", "lazy");
        }
    }

    /// <summary>Who is offered a drawing to take away sees it small, beside its name.</summary>
    static void ShowDrawings(MarkdownDocument document)
    {
        foreach (var link in document.Descendants<LinkInline>().Where(l => !l.IsImage && l.FirstChild is not null).ToList())
        {
            if (!ProgramPages.Drawings.Contains(link.Url, StringComparer.Ordinal))
                continue;
            var small = new LinkInline { Url = link.Url, IsImage = true };
            var attributes = small.GetAttributes();
            attributes.AddClass("drawing");
            attributes.AddProperty("width", link.Url!.EndsWith("/logo.svg", StringComparison.Ordinal) ? "64" : "256");
            attributes.AddProperty("height", "64");
            attributes.AddProperty("loading", "lazy");
            link.FirstChild!.InsertBefore(small);
        }
    }

    /// <summary>
    /// The editor's explicit choice, <c>![](/media/leaf.png "decorative")</c>: a picture that says nothing to those who cannot see
    /// it.
    /// </summary>
    internal static bool IsDecorative(LinkInline picture) => string.Equals(picture.Title, "decorative", StringComparison.OrdinalIgnoreCase);
}
