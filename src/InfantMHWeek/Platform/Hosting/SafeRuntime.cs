namespace InfantMHWeek.Platform.Hosting;

static class SafeRuntime
{
    /// <summary>10.0.12 and those before it have known holes.</summary>
    public static readonly Version Oldest = new(10, 0, 13);
}
