using System.Reflection;
using InfantMHWeek.Campaign.Content;

namespace InfantMHWeek.Tests.Architecture;

/// <summary>Who may use whom: features stand on the platform, staff screens on features, and nobody on the staff.</summary>
public sealed class ArchitectureTests
{
    static readonly string[] Features = ["Campaign", "Events", "Courses", "Contact"];

    [Fact]
    public void Folders_use_each_other_in_one_direction()
    {
        var wrong = typeof(Program).Assembly.GetTypes()
            .SelectMany(t => Used(t).Select(u => (From: FolderOf(t), To: FolderOf(u), Name: $"{t.FullName} uses {u.FullName}")))
            .Where(use => use.From is not null && use.To is not null && use.From != use.To && !May(use.From, use.To));

        Assert.Empty(wrong.Select(w => w.Name).Distinct(StringComparer.Ordinal));
    }

    static bool May(string from, string to) =>
        to == "Platform" || (from == "Staff" && (to == "Editing" || Features.Contains(to))) || (from is "Editing" or "Shared" && to == "Campaign");

    static string? FolderOf(Type type) =>
        type.Namespace is { } name && name.StartsWith("InfantMHWeek.", StringComparison.Ordinal) ? name.Split('.')[1] : null;

    static IEnumerable<Type> Used(Type type)
    {
        const BindingFlags All = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        foreach (var field in type.GetFields(All)) yield return field.FieldType;
        foreach (var method in type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)))
        {
            foreach (var parameter in method.GetParameters()) yield return parameter.ParameterType;
            if (method is MethodInfo { ReturnType: var result }) yield return result;
            foreach (var local in method.GetMethodBody()?.LocalVariables ?? []) yield return local.LocalType;
        }
        if (type.BaseType is { } parent) yield return parent;
    }
}
