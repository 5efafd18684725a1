using System.Runtime.CompilerServices;
using InfantMHWeek.Platform.Store;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace InfantMHWeek.Tests.Architecture;

/// <summary>
/// Looks into the compiled program for entities that cross the border of a write: read before the lock and used inside it.
/// The function given to <see cref="SiteStore"/> and everything nested in it is followed; a field of a closure that was made
/// outside of it, or a property of the class around it, must not hold an entity.
/// </summary>
sealed class WriteBorder(IReadOnlySet<string> entities)
{
    public IEnumerable<string> Crossings(ModuleDefinition module) =>
        from type in module.GetTypes()
        from method in type.Methods
        where method.HasBody && method.Body.Instructions.Any(IsWrite)
        from write in FunctionsIn(method)
        from crossing in CrossingsOf(write)
        select $"{NameOf(method)}: {crossing}";

    static bool IsWrite(Instruction one) =>
        one.OpCode.FlowControl == FlowControl.Call
        && one.Operand
            is MethodReference { Name: nameof(SiteStore.WriteAsync), DeclaringType.FullName: "InfantMHWeek.Platform.Store.SiteStore" };

    static IEnumerable<MethodDefinition> FunctionsIn(MethodDefinition method) =>
        method
            .Body.Instructions.Where(i => i.OpCode == OpCodes.Ldftn)
            .Select(i => ((MethodReference)i.Operand).Resolve())
            .Where(m => m is { HasBody: true })
            .Where(m => m.Parameters.Any(p => p.ParameterType.Name == nameof(SiteDb)));

    IEnumerable<string> CrossingsOf(MethodDefinition write)
    {
        var inside = Inside(write);
        var bornInside = inside
            .SelectMany(m => m.Body.Instructions)
            .Where(i => i.OpCode == OpCodes.Newobj)
            .Select(i => ((MethodReference)i.Operand).DeclaringType.FullName)
            .ToHashSet(StringComparer.Ordinal);
        return inside
            .SelectMany(m => m.Body.Instructions)
            .Select(i =>
                i.Operand switch
                {
                    FieldReference field
                        when i.OpCode == OpCodes.Ldfld
                            && IsClosure(field.DeclaringType)
                            && !bornInside.Contains(field.DeclaringType.FullName)
                            && Holds(field.FieldType) => $"captures {field.Name} ({field.FieldType.Name})",
                    MethodReference { HasThis: true, Parameters.Count: 0 } get
                        when get.Name.StartsWith("get_", StringComparison.Ordinal)
                            && Holds(get.ReturnType)
                            && IsAround(write, get.DeclaringType) =>
                        $"reads {get.Name[4..]} ({get.ReturnType.Name}) of {get.DeclaringType.Name}",
                    _ => null,
                }
            )
            .OfType<string>()
            .Distinct(StringComparer.Ordinal);
    }

    /// <summary>The function, what the compiler made of its awaits, and the functions in it.</summary>
    static List<MethodDefinition> Inside(MethodDefinition write)
    {
        var found = new List<MethodDefinition>();
        var next = new Queue<MethodDefinition>([write]);
        while (next.TryDequeue(out var method))
        {
            if (found.Contains(method) || !method.HasBody)
                continue;
            found.Add(method);
            var machine =
                method
                    .CustomAttributes.FirstOrDefault(a => a.AttributeType.Name == nameof(AsyncStateMachineAttribute))
                    ?.ConstructorArguments[0]
                    .Value as TypeReference;
            if (machine?.Resolve().Methods.FirstOrDefault(m => m.Name == "MoveNext") is { } moveNext)
                next.Enqueue(moveNext);
            foreach (
                var made in method
                    .Body.Instructions.Where(i => i.OpCode == OpCodes.Ldftn)
                    .Select(i => ((MethodReference)i.Operand).Resolve())
                    .OfType<MethodDefinition>()
            )
                if (made.DeclaringType.Module == write.Module)
                    next.Enqueue(made);
        }
        return found;
    }

    static bool IsClosure(TypeReference type) => type.Name.Contains("DisplayClass", StringComparison.Ordinal);

    /// <summary>Whether the property belongs to the class in which the write is written, or to one that it inherits from.</summary>
    static bool IsAround(MethodDefinition write, TypeReference owner)
    {
        for (var outer = write.DeclaringType; outer is not null; outer = outer.DeclaringType)
        for (var type = outer; type is not null && type.FullName != "System.Object"; type = type.BaseType?.Resolve())
            if (type.FullName == owner.GetElementType().FullName)
                return true;
        return false;
    }

    bool Holds(TypeReference type) =>
        entities.Contains(type.FullName)
        || (type is GenericInstanceType generic && !IsQuestion(generic) && generic.GenericArguments.Any(Holds))
        || (type is ArrayType array && Holds(array.ElementType));

    /// <summary>A query, or a function over an entity, holds none.</summary>
    static bool IsQuestion(GenericInstanceType type) =>
        type.Name.StartsWith("Func`", StringComparison.Ordinal)
        || type.Name.StartsWith("Action`", StringComparison.Ordinal)
        || type.Name.StartsWith("Expression`", StringComparison.Ordinal);

    static string NameOf(MethodDefinition method)
    {
        var type = method.DeclaringType;
        while (type.IsNested)
            type = type.DeclaringType;
        return $"{type.FullName} ({method.FullName.Split("::")[^1]} in {method.DeclaringType.Name})";
    }
}
