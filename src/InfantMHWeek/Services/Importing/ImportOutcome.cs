using System.Security.Claims;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Services.Moderation;

namespace InfantMHWeek.Services.Importing;

/// <param name="Same">Nothing new since the last time.</param>
/// <param name="Waiting">Changes at the source that a person decides on: of what has been put right here, or that ask for money.</param>
/// <param name="Kept">Left as they are here: taken over by the service itself, refused or taken away.</param>
/// <param name="Gone">No longer at the source; flagged for staff.</param>
sealed record ImportOutcome(int New, int Changed, int Same, int Waiting, int Kept, int Gone, IReadOnlyList<ImportProblem> Problems)
{
    public int LeftOut => Problems.Where(p => p.LeftOut).Select(p => p.Record).Distinct(StringComparer.Ordinal).Count();

    /// <summary>New ones that look like one here: each waits for a person, who sees both.</summary>
    public IReadOnlyList<ImportLike> Like { get; init; } = [];

    /// <summary>New ones that ask for money or sell something: each waits for a person.</summary>
    public IReadOnlyList<string> AskForMoney { get; init; } = [];

    /// <summary>The same with one more listing.</summary>
    public ImportOutcome With(ImportDecision decision, SourceListing listing) =>
        decision switch
        {
            ImportDecision.New when ServiceRisks.AsksForMoney(listing.Details) => this with
            {
                New = New + 1,
                AskForMoney = [.. AskForMoney, listing.Named],
            },
            ImportDecision.New => this with { New = New + 1 },
            ImportDecision.Changed => this with { Changed = Changed + 1 },
            ImportDecision.Same => this with { Same = Same + 1 },
            ImportDecision.Waiting => this with { Waiting = Waiting + 1 },
            _ => this with { Kept = Kept + 1 },
        };

    public bool Refused => New + Changed + Same + Waiting + Kept == 0 && Problems.Count > 0;
}

/// <summary>A new listing that may be of a service which is here already.</summary>
sealed record ImportLike(string Record, LikeService Here);

/// <summary>Who brings something in, and how.</summary>
/// <param name="Staff">Null for a command.</param>
/// <param name="Show">At once; else each waits for an approval.</param>
/// <param name="Part">There is more at the source than this: nothing is taken to be gone.</param>
sealed record ImportOrder(ClaimsPrincipal? Staff, bool Show, bool Part)
{
    public string By => Staff?.StaffName() ?? "The import command";
}
