namespace InfantMHWeek.Platform;

/// <summary>A setting that cannot work; the message is fit for standard error.</summary>
public sealed class SettingsException(string message) : Exception(message);
