namespace InfantMHWeek.Tests;

/// <summary>A data folder with an empty database in it.</summary>
sealed class TestDataFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("imhw-data-").FullName;

    public TestDataFolder() => TestStore.CopyTo(Path);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
