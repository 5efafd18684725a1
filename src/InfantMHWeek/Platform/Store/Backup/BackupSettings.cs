using System.ComponentModel.DataAnnotations;
using InfantMHWeek.Platform.Configuration;

namespace InfantMHWeek.Platform.Store.Backup;

/// <summary>The backup of every night (<c>Backup:…</c>).</summary>
[Settings("Backup")]
sealed class BackupSettings
{
    /// <summary>Where backups are kept; <c>backups</c> in the data folder unless set. Another disk is better.</summary>
    [Path]
    public string? Folder { get; set; }

    /// <summary>UK time.</summary>
    public TimeOnly At { get; set; } = new(2, 15);

    /// <summary>How many are kept; 0 takes none.</summary>
    [Range(0, 10_000)]
    public int Keep { get; set; } = 14;
}
