using System.Runtime.InteropServices;

namespace InfantMHWeek.Platform.Hosting.Starting;

/// <summary>
/// Knows why the process ends. A stop that was asked for (SIGTERM, Ctrl+C) ends with 0; anything else, such as a background service
/// that threw, is a fault of our own and ends with another code, so that whatever looks after the process starts it again.
/// </summary>
sealed class ProcessExit : IDisposable
{
    /// <summary>Neither 1 (a sentence about a setting) nor 2 (wrong usage): starting again helps.</summary>
    public const int OwnFault = 3;

    readonly List<PosixSignalRegistration> signals = [];
    readonly DelayedStoreStart? arrival;
    volatile bool asked;

    ProcessExit(WebApplication app)
    {
        arrival = app.Services.GetService<DelayedStoreStart>();
        Listen();
        // Whoever registered last hears first: the host's own listener, which stops it, comes while it starts.
        app.Lifetime.ApplicationStarted.Register(Listen);
    }

    /// <summary>Before the site runs.</summary>
    public static ProcessExit Watch(WebApplication app) => new(app);

    /// <summary>After it ran: the exit code of the process. What was refused is printed.</summary>
    public int Code()
    {
        if (arrival?.Refusal is not { } refusal)
            return asked ? 0 : OwnFault;
        Console.Error.WriteLine(refusal);
        return 1;
    }

    void Listen()
    {
        foreach (var signal in (ReadOnlySpan<PosixSignal>)[PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT])
            signals.Add(PosixSignalRegistration.Create(signal, _ => asked = true));
    }

    public void Dispose() => signals.ForEach(s => s.Dispose());
}
