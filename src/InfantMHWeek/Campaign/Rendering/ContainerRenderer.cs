using InfantMHWeek.Campaign.Content;
using Markdig.Extensions.CustomContainers;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace InfantMHWeek.Campaign.Rendering;

/// <summary>Writes each container of the dialect.</summary>
sealed class ContainerRenderer(Registers registers, FigureRenderer figures) : HtmlObjectRenderer<CustomContainer>
{
    protected override void Write(HtmlRenderer renderer, CustomContainer container)
    {
        renderer.EnsureLine();
        switch (Containers.NameOf(container))
        {
            case "statistics" when Containers.StatisticsOf(container) is var (caption, table):
                figures.WriteTable(renderer, container, caption, table);
                break;
            case "statistics":
                WriteBox(renderer, container, "notice");
                break;
            case "statistic":
                figures.WriteOne(renderer, container);
                break;
            case "quote":
                WriteQuote(renderer, container);
                break;
            case "help":
                WriteHelp(renderer, container);
                break;
            case "action":
                WriteAction(renderer, container);
                break;
            case "nation":
                WriteBox(renderer, container, "nation", $"<p class=\"nation-name\">In {Encode(Containers.WordsOf(container))}</p>");
                break;
            case var name:
                WriteBox(renderer, container, Containers.Names.Contains(name) ? name : "notice");
                break;
        }
        renderer.EnsureLine();
    }

    static void WriteBox(HtmlRenderer renderer, CustomContainer container, string name, string heading = "")
    {
        renderer.Write($"<div class=\"{name}\">").Write(heading);
        renderer.WriteChildren(container);
        renderer.Write("</div>");
    }

    static void WriteQuote(HtmlRenderer renderer, CustomContainer container)
    {
        var said = container.LastChild is ParagraphBlock last && PlainText.Of(last.Inline).StartsWith('—') ? last : null;
        renderer.Write("<figure class=\"quote\"><blockquote>");
        foreach (var block in container.Where(b => b != said))
            renderer.Write(block);
        renderer.Write("</blockquote>");
        if (said is not null)
        {
            renderer.Write("<figcaption>");
            renderer.WriteChildren(said.Inline!);
            renderer.Write("</figcaption>");
        }
        renderer.Write("</figure>");
    }

    static void WriteAction(HtmlRenderer renderer, CustomContainer container)
    {
        foreach (var paragraph in container.OfType<ParagraphBlock>())
        {
            renderer.Write("<p class=\"action\">");
            renderer.WriteChildren(paragraph.Inline!);
            renderer.WriteLine("</p>");
        }
    }

    void WriteHelp(HtmlRenderer renderer, CustomContainer container)
    {
        var ids = Containers.IdsOf(container);
        var services = registers.Support.Where(s => ids.Count == 0 || ids.Contains(s.Id, StringComparer.Ordinal)).ToList();
        renderer.Write("<div class=\"help-box\"><p class=\"help-title\">If you need help or someone to talk to</p>");
        renderer.WriteChildren(container);
        foreach (var nation in services.GroupBy(s => s.IsForMost ? "" : s.Nation, StringComparer.Ordinal))
        {
            if (nation.Key.Length > 0)
                renderer.Write($"<p class=\"help-nation\">In {Encode(nation.Key)}</p>");
            renderer.WriteLine("<ul class=\"help-lines\">");
            foreach (var service in nation)
                renderer.WriteLine(SupportLine.Html(service).Value!);
            renderer.WriteLine("</ul>");
        }
        renderer.Write("</div>");
    }

    static string Encode(string text) => System.Net.WebUtility.HtmlEncode(text);
}
