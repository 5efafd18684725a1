namespace InfantMHWeek.Platform.Pages;

/// <summary>What other parts of the house may ask about places, without knowing where they are written down.</summary>
/// <param name="townOf">The name of a town as people write it, or null where no town is called so.</param>
/// <param name="isPostcode">Whether this is a postcode of the UK, or the first half of one.</param>
public sealed class PublicPlaces(Func<string, string?> townOf, Func<string, bool> isPostcode)
{
    public string? TownOf(string text) => townOf(text);

    public bool IsPostcode(string text) => isPostcode(text);
}
