namespace InfantMHWeek.Platform;

/// <summary>The words before the options choose a command: <c>content check --format json</c>. Options are settings.</summary>
public static class Commands
{
    public delegate int Command(IConfiguration settings);

    public static string[] Words(string[] args) => [.. args.TakeWhile(a => !a.StartsWith('-') && !a.Contains('=', StringComparison.Ordinal))];

    /// <returns>The exit code: 0 done, 1 something is wrong, 2 wrong usage.</returns>
    public static int Run(string[] words, IConfiguration settings, params (string Name, Command Do)[] commands)
    {
        var asked = string.Join(' ', words);
        foreach (var (name, command) in commands)
            if (name == asked) return command(settings);
        Console.Error.WriteLine($"There is no command \"{asked}\". There are: {string.Join(", ", commands.Select(c => c.Name))}. Without a command the site is served.");
        return 2;
    }
}
