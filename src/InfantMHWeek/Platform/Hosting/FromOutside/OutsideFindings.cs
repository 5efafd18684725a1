namespace InfantMHWeek.Platform.Hosting.FromOutside;

/// <summary>What the check from outside found, a line each: fine, doubtful, or wrong and what to do.</summary>
sealed class OutsideFindings(TextWriter to)
{
    public int Wrongs { get; private set; }
    public int Doubts { get; private set; }

    public void Fine(string what) => to.WriteLine("Fine:     " + what);

    public void Doubtful(string what, string toDo)
    {
        Doubts++;
        to.WriteLine($"Doubtful: {what} {toDo}");
    }

    public void Wrong(string what, string toDo)
    {
        Wrongs++;
        to.WriteLine($"Wrong:    {what} {toDo}");
    }

    /// <summary>Fine, or wrong with what to do.</summary>
    public void Is(bool good, string fine, string wrong, string toDo)
    {
        if (good)
            Fine(fine);
        else
            Wrong(wrong, toDo);
    }
}
