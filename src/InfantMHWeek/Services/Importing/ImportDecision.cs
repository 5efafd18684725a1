using InfantMHWeek.Services.Moderation;

namespace InfantMHWeek.Services.Importing;

/// <summary>What is done with a listing of a source.</summary>
enum ImportDecision
{
    New,
    Changed,
    Same,
    Waiting,
    Kept,
}

/// <summary>Decides what is done with each listing.</summary>
static class ImportDecisions
{
    public static ImportDecision Follow(FamilyService known, SourceListing listing, ImportOrder order, DateTimeOffset now)
    {
        known.FindAtSource(now);
        var what = Of(known, listing, order);
        if (what is ImportDecision.Changed or ImportDecision.Waiting)
            known.FollowSource(listing.Details, order.By, now);
        if (what == ImportDecision.Changed && order.Show)
            known.ShowBroughtIn(order.By, now);
        return what;
    }

    public static ImportDecision Of(FamilyService? known, SourceListing listing, ImportOrder order) =>
        known is null ? ImportDecision.New
        : known.Latest.AtSource?.Said == listing.Details.AtSource!.Said ? ImportDecision.Same
        : !known.ByOthers || known.WithdrawnAt is not null || known.DeclinedAt is not null ? ImportDecision.Kept
        : order.Show && (!known.AsItsSourceSaid || ServiceRisks.AsksForMoney(listing.Details)) ? ImportDecision.Waiting
        : ImportDecision.Changed;
}
