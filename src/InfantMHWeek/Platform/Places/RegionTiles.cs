namespace InfantMHWeek.Platform.Places;

/// <summary>The nations and regions as tiles that lead to a search in each (<c>Shared/_Regions.cshtml</c>).</summary>
/// <param name="Path">Of the search.</param>
/// <param name="Chosen">The one that is shown now.</param>
/// <param name="Count">How much there is in one, in words; null where that is not counted.</param>
sealed record RegionTiles(string Path, Region Chosen, Func<Region, string>? Count = null);
