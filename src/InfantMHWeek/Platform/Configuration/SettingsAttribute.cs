namespace InfantMHWeek.Platform.Configuration;

/// <summary>
/// Marks an options class: a section of settings with, for each, its type (the property's), its default (the property's first
/// value) and what is allowed (validation attributes). Read by <see cref="SettingsReader"/> and in no other way.
/// </summary>
/// <param name="section">The name before the colon: <c>Courses</c> in <c>Courses:FormsAtOnce</c>.</param>
[AttributeUsage(AttributeTargets.Class)]
sealed class SettingsAttribute(string section) : Attribute
{
    public string Section { get; } = section;
}

/// <summary>A section that some feature reads, known to the container, so that settings which nobody reads can be told.</summary>
sealed record SettingsSection(Type Type)
{
    public string Name => SettingsReader.SectionOf(Type);
    public IEnumerable<string> Keys => SettingsReader.PropertiesOf(Type).Select(p => p.Name);
}
