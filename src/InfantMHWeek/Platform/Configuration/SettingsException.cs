namespace InfantMHWeek.Platform.Configuration;

/// <summary>A setting that cannot work; the message is fit for standard error.</summary>
class SettingsException(string message) : Exception(message);

/// <summary>The database could not be asked at all: it may be there in a moment, and then be right.</summary>
sealed class StoreUnreachableException(string message) : SettingsException(message);
