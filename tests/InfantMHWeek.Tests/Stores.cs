using Xunit.v3;

namespace InfantMHWeek.Tests;

/// <summary>
/// These tests run on SQLite and once more on PostgreSQL, because what they try can differ between the two: writes that meet, locks,
/// queries, the order of rows, an outage, what jobs, mail and retention ask of the store.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class BothStoresAttribute : Attribute, ITraitAttribute
{
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Stores", "Both")];
}

/// <summary>These tests look into the store, and SQLite is enough for what they try.</summary>
/// <param name="why">Who tries its queries on the other store, or why there are none.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OneStoreAttribute(string why) : Attribute
{
    public string Why => why;
}

/// <summary>In a class that runs on both stores: this one is about SQLite's file itself.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class StoreFileAttribute : Attribute, ITraitAttribute
{
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Store", "File")];
}
