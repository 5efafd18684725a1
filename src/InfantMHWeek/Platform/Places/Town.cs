namespace InfantMHWeek.Platform.Places;

/// <summary>A town, an island, a part of a city or a county, as people name it.</summary>
/// <param name="Point">Its middle; of a county, a town in the middle.</param>
sealed record Town(string Name, Region Region, GeoPoint Point)
{
    /// <summary>The county or nation, where several places bear the name.</summary>
    public string Within { get; init; } = "";
    public IReadOnlyList<string> OtherNames { get; init; } = [];
    public bool IsCounty { get; init; }

    /// <summary>The name that is this place's alone: <c>Richmond, North Yorkshire</c>.</summary>
    public string FullName => Within.Length == 0 ? Name : $"{Name}, {Within}";
}
