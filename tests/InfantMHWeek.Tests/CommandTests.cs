using System.Text.Json;
using static InfantMHWeek.Tests.TestContentFolder;

namespace InfantMHWeek.Tests;

/// <summary>The program as somebody at a shell meets it.</summary>
public sealed class CommandTests
{
    [Fact]
    public async Task The_check_of_good_content_ends_well_wherever_the_shell_stands()
    {
        var (code, output, _) = await SiteProgram.RunAlone("content", "check");
        Assert.Equal(0, code);
        Assert.Matches("\\d+ files: 0 errors, \\d+ warnings?, \\d+ hints?\n\\z", output);
    }

    [Fact]
    public async Task The_check_prints_lines_that_compilers_print_and_fails()
    {
        using var content = new TestContentFolder();
        content.Write("a.md", Page("A", "::: notice\nOpen."));
        var (code, output, _) = await SiteProgram.Run("content", "check", $"--Content:Path={content.Root}");

        Assert.Equal(1, code);
        Assert.Contains($"{Path.GetFileName(content.Root)}/a.md:6:1: error IMH031: ", output, StringComparison.Ordinal);
        Assert.EndsWith("3 files: 1 error, 0 warnings, 0 hints\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_check_speaks_to_programs_too()
    {
        using var content = new TestContentFolder();
        content.Write("a.md", Page("A", "[x](/none)"));
        var json = await SiteProgram.Run("content", "check", "--format", "json", $"--Content:Path={content.Root}");
        var github = await SiteProgram.Run("content", "check", "--format=github", $"--Content:Path={content.Root}");

        using var report = JsonDocument.Parse(json.Output);
        Assert.Equal(1, report.RootElement.GetProperty("errors").GetInt32());
        Assert.Equal("IMH051", report.RootElement.GetProperty("faults")[0].GetProperty("code").GetString());
        Assert.Contains(
            $"::error file={Path.GetFileName(content.Root)}/a.md,line=6,col=1,title=IMH051::",
            github.Output,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("content", "chekc")]
    [InlineData("nonsense")]
    [InlineData("content", "check", "--format", "xml")]
    public async Task Wrong_usage_is_explained(params string[] words)
    {
        var (code, output, errors) = await SiteProgram.Run(words);
        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.Contains("There are: ", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("content check", "--Content:Path=/nowhere/at/all", "There is no content folder at /nowhere/at/all.")]
    [InlineData("", "--Content:Path=/nowhere/at/all", "There is no content folder at /nowhere/at/all.")]
    [InlineData("", "--Site:BaseUrl=week.example", "Site:BaseUrl is \"week.example\"")]
    [InlineData("", "--ReverseProxy:KnownAddresses=proxy", "write IP addresses with commas between them")]
    [InlineData("", "--Telemetry:Prometheus=0.0.0.0:9464", "The public must not reach it.")]
    [InlineData("", "--Telemetry:Prometheus=203.0.113.7:9464", "The public must not reach it.")]
    [InlineData("", "--Telemetry:Prometheus=[::]:9464", "The public must not reach it.")]
    [InlineData("", "--Telemetry:Prometheus=127.0.0.1", "such as 127.0.0.1:9464")]
    [InlineData("", "--Telemetry:Otlp=collector", "Telemetry:Otlp is \"collector\"")]
    [InlineData("", "--Telemetry:OtlpProtocol=smoke", "write grpc or http")]
    public async Task What_cannot_work_is_said_plainly_at_the_start(string command, string setting, string message)
    {
        var (code, _, errors) = await SiteProgram.Run([
            .. command.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            setting,
            "--urls=http://127.0.0.1:0",
        ]);
        Assert.Equal(1, code);
        Assert.Contains(message, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_content_folder_is_said_plainly()
    {
        var empty = Directory.CreateTempSubdirectory();
        var (code, _, errors) = await SiteProgram.RunAlone($"--Content:Path={empty.FullName}", "--urls=http://127.0.0.1:0");
        empty.Delete();

        Assert.Equal(1, code);
        Assert.Contains("holds no pages", errors, StringComparison.Ordinal);
    }
}
