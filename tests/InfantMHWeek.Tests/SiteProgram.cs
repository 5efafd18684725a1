using System.Diagnostics;

namespace InfantMHWeek.Tests;

/// <summary>The program as somebody at a shell starts it.</summary>
static class SiteProgram
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Nobody's: a machine may hold a certificate for developers, with which the site would serve where it must not.</summary>
    static readonly string Home = Directory.CreateTempSubdirectory("imhw-home-").FullName;

    /// <summary>Runs it to its end. One that goes on, such as a site that serves, is ended after a while and the test fails.</summary>
    public static async Task<(int Code, string Output, string Errors)> Run(params string[] words)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, .. words])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["HOME"] = Home;
        using var process = Process.Start(start)!;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        over.CancelAfter(Patience);
        var (output, errors) = (
            process.StandardOutput.ReadToEndAsync(CancellationToken.None),
            process.StandardError.ReadToEndAsync(CancellationToken.None)
        );
        try
        {
            await process.WaitForExitAsync(over.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"The program went on with “{string.Join(' ', words)}” and said: {await output} {await errors}");
        }
        return (process.ExitCode, await output, await errors);
    }
}
