using InfantMHWeek.Platform.Configuration;

namespace InfantMHWeek.Platform.Hosting;

/// <summary>
/// A command at the shell: the words that name it, what follows them, and what it does. Its options are settings
/// (<c>--role author</c> is <see cref="CommandOptions.Option"/> "role"). It answers with the exit code: 0 done, 1 something is wrong,
/// 2 wrong usage.
/// </summary>
/// <param name="Name">As typed: <c>staff invite</c>.</param>
/// <param name="Arguments">As shown in the list of commands: <c>EMAIL --role ROLE</c>.</param>
sealed record Command(string Name, string Arguments, Func<WebApplicationBuilder, IReadOnlyList<string>, Task<int>> Do)
{
    public int WordCount => Name.Split(' ').Length;

    public override string ToString() => Arguments.Length == 0 ? Name : $"{Name} {Arguments}";
}

/// <summary>The options of commands, which are no settings of the site.</summary>
static class CommandOptions
{
    /// <summary>What was written after <c>--name</c>; null for nothing.</summary>
    public static string? Option(this IConfiguration options, string name) => options[name] is { Length: > 0 } written ? written : null;

    /// <summary>Whether <c>--name true</c> was written.</summary>
    /// <exception cref="SettingsException">Something else was.</exception>
    public static bool Flag(this IConfiguration options, string name) =>
        options.Option(name) is not { } written ? false
        : bool.TryParse(written, out var set) ? set
        : throw new SettingsException($"--{name} is \"{written}\"; write true or false.");
}

/// <summary>The words before the options choose a command: <c>content check --format json</c>.</summary>
static class Commands
{
    /// <summary>They are no settings: as one, <c>/a/file</c> would be read as an option that swallows the next.</summary>
    public static string[] Words(string[] args) =>
        [.. args.TakeWhile(a => !a.StartsWith('-') && !a.Contains('=', StringComparison.Ordinal))];

    /// <summary>Says how a command is written.</summary>
    /// <returns>The exit code for wrong usage.</returns>
    internal static async Task<int> WrongUse(string usage)
    {
        await Console.Error.WriteLineAsync("Write it like this: " + usage);
        return 2;
    }

    public static async Task<int> Run(string[] words, WebApplicationBuilder builder, params Command[] commands)
    {
        var asked = string.Join(' ', words) + " ";
        foreach (var command in commands)
            if (
                asked.StartsWith(command.Name + " ", StringComparison.Ordinal)
                && (command.Arguments.Length > 0 && !command.Arguments.StartsWith('[') || words.Length == command.WordCount)
            )
                return await command.Do(builder, words[command.WordCount..]);
        await Console.Error.WriteLineAsync(
            $"There is no command \"{asked.Trim()}\". There are: {string.Join(", ", commands.Select(c => c.ToString()))}. Without a "
                + "command the site is served."
        );
        return 2;
    }
}
