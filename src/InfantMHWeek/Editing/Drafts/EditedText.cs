using InfantMHWeek.Editing.History;

namespace InfantMHWeek.Editing.Drafts;

/// <summary>Who writes; no id when it was the site itself or somebody at the disk.</summary>
sealed record Author(Guid? StaffId, string Name)
{
    public static readonly Author Outside = new(null, "Somebody outside the editor");
}

/// <summary>What a person typed, and what they began from.</summary>
/// <param name="Opened">The hash of the file they opened; null for a page that is new. Never asked for anew when they save.</param>
/// <param name="DraftStamp">The working copy that they began from; 0 for none.</param>
/// <param name="Review">Whose question to the publishers this answers; null for none.</param>
/// <param name="Accepted">The stamp of the consequences that the person has seen; null for none.</param>
sealed record EditedText(
    string File,
    string? Opened,
    string Text,
    int DraftStamp = 0,
    ReviewedDraft? Review = null,
    string? Accepted = null
);

/// <summary>A colleague's working copy as a publisher opened it: what was typed there since is not answered by publishing this.</summary>
sealed record ReviewedDraft(Guid Draft, int Stamp);

/// <summary>How a text comes to be public.</summary>
/// <param name="Act">Several changes that are one act have one id, so that one press takes all of them back.</param>
/// <param name="Plan">The planned change that it carries out.</param>
sealed record Publication(RevisionOrigin Origin = RevisionOrigin.Editor, Guid? Act = null, Guid? Plan = null);
