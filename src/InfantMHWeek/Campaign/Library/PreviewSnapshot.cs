namespace InfantMHWeek.Campaign.Library;

/// <summary>Lets one request see another site than the public does: a page that is not saved yet, or another moment.</summary>
sealed class PreviewSnapshot
{
    public Snapshot? Site { get; set; }
}
