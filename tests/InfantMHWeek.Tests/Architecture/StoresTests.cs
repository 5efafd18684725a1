using Mono.Cecil;

namespace InfantMHWeek.Tests.Architecture;

/// <summary>Whoever tries something that ends in the store says whether one store is enough for it.</summary>
public sealed class StoresTests
{
    static readonly string[] IntoTheStore = ["TestSite::Write", "TestSite::InStore", "CourseDesk::", "SiteStore::", "StoreRows::Rows"];

    /// <summary>Test classes that look into the store, with what they say about it.</summary>
    static List<(string Name, string[] Said)> Classes()
    {
        using var module = ModuleDefinition.ReadModule(typeof(StoresTests).Assembly.Location);
        return
        [
            .. module
                .Types.Where(IsTestClass)
                .Where(type => All(type).SelectMany(t => t.Methods).Any(LooksIntoTheStore))
                .Select(type =>
                    (
                        type.Name,
                        type.CustomAttributes.Select(a => a.AttributeType.Name)
                            .Where(n => n is nameof(BothStoresAttribute) or nameof(OneStoreAttribute))
                            .ToArray()
                    )
                ),
        ];
    }

    static bool IsTestClass(TypeDefinition type) =>
        type.Methods.Any(m => m.CustomAttributes.Any(a => a.AttributeType.Name is nameof(FactAttribute) or nameof(TheoryAttribute)));

    static IEnumerable<TypeDefinition> All(TypeDefinition type) => [type, .. type.NestedTypes.SelectMany(All)];

    static bool LooksIntoTheStore(MethodDefinition method) =>
        method.HasBody
        && method.Body.Instructions.Any(i =>
            i.Operand is MethodReference called
            && IntoTheStore.Any(name => $"{called.DeclaringType.Name}::{called.Name}".StartsWith(name, StringComparison.Ordinal))
        );

    [Fact]
    public void A_test_class_that_looks_into_the_store_says_BothStores_or_OneStore() =>
        Assert.Empty(Classes().Where(c => c.Said.Length != 1).Select(c => c.Name));

    /// <summary>The control: the look finds classes that do, and not those that do not.</summary>
    [Fact]
    public void The_look_finds_them()
    {
        var found = Classes();
        Assert.InRange(found.Count(c => c.Said.Contains(nameof(BothStoresAttribute), StringComparer.Ordinal)), 20, 200);
        Assert.Contains(found, c => c.Name == nameof(OneWayToWriteTests));
        Assert.DoesNotContain(found, c => c.Name == nameof(StoresTests));
    }
}
