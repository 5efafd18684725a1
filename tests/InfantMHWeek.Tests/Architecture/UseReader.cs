using System.Text.RegularExpressions;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace InfantMHWeek.Tests.Architecture;

/// <summary>One place in the program that uses something of another room.</summary>
/// <param name="From">The room of the one who uses, as a namespace: <c>Campaign.Content</c>.</param>
/// <param name="To">The room of what is used.</param>
/// <param name="By">The type and its member.</param>
/// <param name="Used">The full name of the type, or a view's path.</param>
sealed record RoomUse(string From, string To, string By, string Used)
{
    public string FromFeature => From.Split('.')[0];
    public string ToFeature => To.Split('.')[0];

    public override string ToString() => $"{By} -> {Used}";
}

/// <summary>
/// Reads from the compiled program who uses whom: bases, members, attributes and all that a body names (calls, generic
/// arguments, <c>typeof</c>, caught exceptions), with lambdas and async methods counted to the member that they are written
/// in and views to the folder of their file. Constants and <c>nameof</c> leave no trace in a compiled program.
/// </summary>
sealed partial class UseReader
{
    readonly string root;
    readonly ModuleDefinition module;
    readonly Dictionary<string, string> views;

    /// <param name="path">A compiled program; what it stands on is found beside the tests.</param>
    /// <param name="root">The start of all namespaces that are rooms.</param>
    public UseReader(string path, string root = "InfantMHWeek.")
    {
        this.root = root;
        var resolver = new DefaultAssemblyResolver();
        foreach (
            var folder in ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
                .Split(Path.PathSeparator)
                .Select(Path.GetDirectoryName)
                .Distinct()
        )
            resolver.AddSearchDirectory(folder);
        module = ModuleDefinition.ReadModule(path, new ReaderParameters { AssemblyResolver = resolver, InMemory = true });
        views = module
            .Assembly.CustomAttributes.Where(a => a.AttributeType.Name == "RazorCompiledItemAttribute")
            .ToDictionary(
                a => ((TypeReference)a.ConstructorArguments[0].Value).FullName,
                a => (string)a.ConstructorArguments[2].Value,
                StringComparer.Ordinal
            );
    }

    /// <summary>The paths of all compiled views.</summary>
    public IReadOnlyCollection<string> Views => views.Values;

    public IEnumerable<RoomUse> Uses() =>
        from type in module.GetTypes()
        let room = RoomOf(type)
        where room is not null
        from use in UsesOf(type)
        where use.To != room
        select new RoomUse(room, use.To, use.By, use.Used);

    IEnumerable<(string To, string By, string Used)> UsesOf(TypeDefinition type) =>
        (
            from mentioned in Mentions(type)
            from one in Parts(mentioned.Type)
            let room = RoomOf(one)
            where room is not null
            select (room, $"{NameOf(type)}.{mentioned.Member}", NameOf(one))
        )
            .Concat(
                from method in type.Methods.Where(m => m.HasBody)
                from text in method.Body.Instructions.Where(i => i.OpCode == OpCodes.Ldstr).Select(i => (string)i.Operand)
                where ViewPath().IsMatch(text)
                select (RoomOfView(text.TrimStart('~')), $"{NameOf(type)}.{MemberName(method.Name, type)}", text)
            )
            .Distinct();

    static IEnumerable<(string Member, TypeReference Type)> Mentions(TypeDefinition type)
    {
        var own = type
            .CustomAttributes.SelectMany(InAttribute)
            .Concat(type.GenericParameters.SelectMany(p => p.Constraints).Select(c => c.ConstraintType))
            .Concat(type.Interfaces.Select(i => i.InterfaceType))
            .Append(type.BaseType)
            .OfType<TypeReference>();
        return own.Select(t => ("its declaration", t))
            .Concat(
                type.Fields.SelectMany(f =>
                    f.CustomAttributes.SelectMany(InAttribute).Append(f.FieldType).Select(t => (MemberName(f.Name, type), t))
                )
            )
            .Concat(
                type.Properties.SelectMany(p => p.CustomAttributes.SelectMany(InAttribute).Append(p.PropertyType).Select(t => (p.Name, t)))
            )
            .Concat(type.Methods.SelectMany(m => InSignature(m).Concat(InBody(m)).Select(t => (MemberName(m.Name, type), t))));
    }

    static IEnumerable<TypeReference> InSignature(MethodDefinition method) =>
        method
            .Parameters.Select(p => p.ParameterType)
            .Append(method.ReturnType)
            .Concat(method.GenericParameters.SelectMany(p => p.Constraints).Select(c => c.ConstraintType))
            .Concat(method.CustomAttributes.Concat(method.Parameters.SelectMany(p => p.CustomAttributes)).SelectMany(InAttribute));

    static IEnumerable<TypeReference> InBody(MethodDefinition method) =>
        !method.HasBody
            ? []
            : method
                .Body.Variables.Select(v => v.VariableType)
                .Concat(method.Body.ExceptionHandlers.Select(h => h.CatchType).OfType<TypeReference>())
                .Concat(method.Body.Instructions.SelectMany(i => InOperand(i.Operand)));

    static IEnumerable<TypeReference> InOperand(object? operand) =>
        operand switch
        {
            TypeReference type => [type],
            FieldReference field => [field.DeclaringType, field.FieldType],
            MethodReference method => [method.DeclaringType, .. (method as GenericInstanceMethod)?.GenericArguments ?? []],
            _ => [],
        };

    static IEnumerable<TypeReference> InAttribute(CustomAttribute attribute) =>
        attribute
            .ConstructorArguments.Concat(attribute.Properties.Select(p => p.Argument))
            .SelectMany(InArgument)
            .Append(attribute.AttributeType);

    static IEnumerable<TypeReference> InArgument(CustomAttributeArgument argument) =>
        argument.Value switch
        {
            TypeReference type => [type],
            CustomAttributeArgument[] many => many.SelectMany(InArgument),
            CustomAttributeArgument boxed => InArgument(boxed),
            _ => [argument.Type],
        };

    /// <summary>The type itself and what it is made of.</summary>
    static IEnumerable<TypeReference> Parts(TypeReference type) =>
        type switch
        {
            GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Append(generic.ElementType),
            TypeSpecification made => Parts(made.ElementType),
            _ => [type],
        };

    string? RoomOf(TypeReference type)
    {
        while (type.DeclaringType is { } outer)
            type = outer;
        if (views.TryGetValue(type.FullName, out var path))
            return RoomOfView(path);
        if (type.Scope is not ModuleDefinition)
            return null;
        return type.Namespace.StartsWith(root, StringComparison.Ordinal) ? type.Namespace[root.Length..] : null;
    }

    static string RoomOfView(string path) =>
        path.Trim('/').Contains('/', StringComparison.Ordinal) ? path[1..path.LastIndexOf('/')].Replace('/', '.') : "Shared";

    string NameOf(TypeReference type)
    {
        while (type.DeclaringType is { } outer && type.Name.Contains('<', StringComparison.Ordinal))
            type = outer;
        return views.GetValueOrDefault(type.FullName)
            ?? type.FullName[(type.FullName.StartsWith(root, StringComparison.Ordinal) ? root.Length : 0)..].Replace('/', '.');
    }

    /// <summary>The member that a lambda, a local function or an async method's machine was written in.</summary>
    static string MemberName(string name, TypeReference type)
    {
        if (name == "MoveNext" && WrittenIn().Match(type.Name) is { Success: true } machine)
            return machine.Groups[1].Value;
        return WrittenIn().Match(name) is { Success: true } written ? written.Groups[1].Value : name;
    }

    [GeneratedRegex(@"^<<?(\w+)>")]
    private static partial Regex WrittenIn();

    [GeneratedRegex(@"^~?/[A-Z][\w/]*\.cshtml$")]
    private static partial Regex ViewPath();
}
