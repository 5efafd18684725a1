using System.ComponentModel.DataAnnotations;
using InfantMHWeek.Platform.Configuration;

namespace InfantMHWeek.Platform.Forms;

/// <summary>How much strangers may send altogether. Each public form counts by itself.</summary>
[Settings("Forms")]
sealed class FormSettings
{
    /// <summary>How many of one form are taken at once from everywhere.</summary>
    [Range(1, 1_000_000)]
    public int InAllAtOnce { get; set; } = 1000;

    /// <summary>After that, so many more each second.</summary>
    [Range(1, 10_000)]
    public int InAllPerSecond { get; set; } = 5;
}

/// <summary>How many of one form are taken from one network, behind which a whole phone company may stand.</summary>
/// <param name="AtOnce">How many at once.</param>
/// <param name="SecondsPerForm">After that, one more each time so many seconds have passed.</param>
sealed record NetworkFormLimit(int AtOnce, int SecondsPerForm);
