using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace InfantMHWeek.Platform.Configuration;

/// <summary>
/// The one way to read settings: strictly, into an options class marked with <see cref="SettingsAttribute"/>. The start, the
/// commands and <c>check</c> all come here, so what one of them refuses is refused by all.
/// </summary>
static class SettingsReader
{
    static readonly ConcurrentDictionary<Type, PropertyInfo[]> Known = new();

    /// <summary>Reads the section; what is not set, or set to nothing, has its default.</summary>
    /// <exception cref="SettingsException">
    /// A value is not of its type, not allowed, or does not go with another; one sentence says which, and what to write.
    /// </exception>
    public static T Read<T>(IConfiguration configuration)
        where T : class, new() => (T)Read(typeof(T), configuration);

    internal static object Read(Type type, IConfiguration configuration)
    {
        var section = configuration.GetSection(SectionOf(type));
        var settings = Activator.CreateInstance(type)!;
        foreach (var property in PropertiesOf(type))
        {
            var setting = section.GetSection(property.Name);
            if (setting.GetChildren().FirstOrDefault() is { } below)
                throw new SettingsException($"There is no setting {below.Path}: {setting.Path} holds one value.");
            if (string.IsNullOrWhiteSpace(setting.Value))
                continue;
            if (SettingValue.Parse(property.PropertyType, setting.Value) is not { } value || !Rules(property).All(r => r.IsValid(value)))
                throw new SettingsException($"{setting.Path} is {Shown(property, setting.Value)}; write {Allowed(property)}.");
            property.SetValue(settings, value);
        }
        if (
            settings is IValidatableObject whole
            && whole.Validate(new(settings)).FirstOrDefault(r => r != ValidationResult.Success) is { ErrorMessage: { } message }
        )
            throw new SettingsException(message);
        return settings;
    }

    /// <summary>What may be written, in words that follow "write".</summary>
    public static string Allowed(PropertyInfo property) =>
        Rules(property).Select(r => r is RangeAttribute ? null : r.ErrorMessage).OfType<string>().FirstOrDefault()
        ?? SettingValue.Words(property.PropertyType)
            + (Rules(property).OfType<RangeAttribute>().FirstOrDefault() is { } range ? $" from {range.Minimum} to {range.Maximum}" : "");

    internal static string SectionOf(Type type) =>
        type.GetCustomAttribute<SettingsAttribute>()?.Section ?? throw new InvalidOperationException($"{type.Name} is no options class.");

    /// <summary>The settings of an options class: what can be set from outside.</summary>
    internal static PropertyInfo[] PropertiesOf(Type type) =>
        Known.GetOrAdd(type, t => [.. t.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(p => p.SetMethod is not null)]);

    static IEnumerable<ValidationAttribute> Rules(PropertyInfo property) => property.GetCustomAttributes<ValidationAttribute>();

    /// <summary>A value as it may be printed: short, on one line, and no secret.</summary>
    static string Shown(PropertyInfo property, string value)
    {
        const int Longest = 80;
        if (property.GetCustomAttribute<DataTypeAttribute>()?.DataType == DataType.Password)
            return "not in a shape we understand";
        var line = string.Concat(value.Select(c => char.IsControl(c) ? ' ' : c));
        return $"\"{(line.Length > Longest ? line[..Longest] + "…" : line)}\"";
    }
}
