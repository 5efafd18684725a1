namespace InfantMHWeek.Tests;

/// <summary>A data folder with an empty database in it.</summary>
sealed class DataFolderOfTests : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("imhw-data-").FullName;

    public DataFolderOfTests() => TestStore.CopyTo(Path);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
