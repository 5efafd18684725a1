namespace InfantMHWeek.Staff.Pages;

/// <summary>Who writes; no id when it was the site itself or somebody at the disk.</summary>
public sealed record Author(Guid? StaffId, string Name)
{
    public static readonly Author Outside = new(null, "Somebody outside the editor");
}

/// <summary>What a person typed, and what they began from.</summary>
/// <param name="Opened">The hash of the file they opened; null for a page that is new. Never asked for anew when they save.</param>
/// <param name="DraftStamp">The working copy that they began from; 0 for none.</param>
public sealed record Typed(string File, string? Opened, string Text, int DraftStamp = 0);
