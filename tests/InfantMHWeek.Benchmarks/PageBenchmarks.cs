using BenchmarkDotNet.Attributes;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Campaign.Rendering;
using InfantMHWeek.Platform.Configuration;
using Markdig;

namespace InfantMHWeek.Benchmarks;

/// <summary>What one page costs on its way from file to HTML, with Markdig's own conversion as the known thing beside it.</summary>
[MemoryDiagnoser]
public class PageBenchmarks
{
    Registers registers = null!;
    ContentFile file = null!;
    Page page = null!;

    [GlobalSetup]
    public void Read()
    {
        var folder = new ContentFolder(Path.Combine(SiteFolders.Home, "..", "..", "content"));
        var files = folder.Read(new Dictionary<string, ContentFile>(StringComparer.Ordinal), openAll: true);
        registers = RegisterReader
            .Read(files.Where(f => f.Name.EndsWith(".yml", StringComparison.Ordinal)), RegisterReader.None, folder.NameOf)
            .Registers;
        file = files.Single(f => f.Name == "research/early-trauma-2022.md");
        page = PageReader.Read(file, file.Name).Page!;
    }

    [Benchmark(Baseline = true)]
    public string MarkdigAlone() => Markdown.ToHtml(page.Markdown, Dialect.Pipeline);

    [Benchmark]
    public object ReadAndCheckStructure() => PageReader.Read(file, file.Name).Faults;

    [Benchmark]
    public object RenderBehindBothWalls() => PageRenderer.Render(page, registers);
}
