using System.Diagnostics;
using System.Reflection;
using System.Text;
using Microsoft.Data.Sqlite;

namespace InfantMHWeek.Tests;

/// <summary>The program as somebody at a shell starts it: a command, or a start that is refused.</summary>
static class SiteProgram
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Nobody's: a machine may hold a certificate for developers, with which the site would serve where it must not.</summary>
    static readonly string Home = Directory.CreateTempSubdirectory("imhw-home-").FullName;

    /// <summary>Else the framework would take the tests for the program.</summary>
    static readonly string Name = "--applicationName=" + typeof(Program).Assembly.GetName().Name;

    /// <summary>What a shell is told of a program that an exception ended.</summary>
    const int Crashed = 134;

    /// <summary>
    /// Runs it to its end, from its first line, in this process: one of its own takes seconds to load what is loaded here already.
    /// </summary>
    public static async Task<(int Code, string Output, string Errors)> Run(params string[] words)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var run = Task.Run(() =>
        {
            TestConsole.Catch(output, errors);
            try
            {
                return (int)typeof(Program).Assembly.EntryPoint!.Invoke(null, [(string[])[.. words, Name]])!;
            }
            catch (TargetInvocationException problem)
            {
                errors.WriteLine(problem.InnerException);
                return Crashed;
            }
            finally
            {
                // A program that has ended holds no file open.
                SqliteConnection.ClearAllPools();
            }
        });
        if (await Task.WhenAny(run, Task.Delay(Patience, TestContext.Current.CancellationToken)) != run)
            Assert.Fail(WentOn(words, output.ToString(), errors.ToString()));
        return (await run, output.ToString(), errors.ToString());
    }

    static string WentOn(string[] words, string output, string errors) =>
        $"The program went on with “{string.Join(' ', words)}” and said: {output} {errors}";

    /// <inheritdoc cref="Run"/>
    /// <remarks>In a process of its own, as the system starts it and sees its exit code.</remarks>
    public static async Task<(int Code, string Output, string Errors)> RunAlone(params string[] words)
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
            Assert.Fail(WentOn(words, await output, await errors));
        }
        return (process.ExitCode, await output, await errors);
    }
}

/// <summary>
/// What a program prints goes to the test that started it. What sites print is kept by <see cref="TestSite.Log"/>; on the console it
/// would hide which test failed.
/// </summary>
public sealed class TestConsole : IDisposable
{
    static readonly AsyncLocal<TextWriter?> Output = new(),
        Errors = new();
    readonly (TextWriter Output, TextWriter Errors) before = (Console.Out, Console.Error);

    public TestConsole()
    {
        Console.SetOut(new OfWhoeverRuns(Output, TextWriter.Null));
        Console.SetError(new OfWhoeverRuns(Errors, before.Errors));
    }

    /// <summary>From here on, what this flow of calls prints goes there.</summary>
    public static void Catch(TextWriter output, TextWriter errors) => (Output.Value, Errors.Value) = (output, errors);

    public void Dispose()
    {
        Console.SetOut(before.Output);
        Console.SetError(before.Errors);
    }

    sealed class OfWhoeverRuns(AsyncLocal<TextWriter?> caught, TextWriter others) : TextWriter
    {
        TextWriter Target => caught.Value ?? others;

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => Target.Write(value);

        public override void Write(char[] buffer, int index, int count) => Target.Write(buffer, index, count);

        public override void Write(string? value) => Target.Write(value);

        public override void WriteLine(string? value) => Target.WriteLine(value);
    }
}
