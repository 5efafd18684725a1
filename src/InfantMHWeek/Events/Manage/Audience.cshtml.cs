using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;

namespace InfantMHWeek.Events.Manage;

[FormPage(byToken: true)]
sealed class AudienceModel(SiteDb db, OrganiserActions desk) : EventStep(db, desk, "Who it is for, and facilities")
{
    [BindProperty]
    public IReadOnlyList<string> For { get; set; } = [];

    [BindProperty]
    public IReadOnlyList<string> Stages { get; set; } = [];

    /// <summary>By the fact's short name: yes, no, or nothing.</summary>
    [BindProperty]
    public IDictionary<string, string> Fact { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    protected override void Show(EventDetails held)
    {
        For = [.. EventLabels.Audiences.Where(a => held.Audience.HasFlag(a.Value)).Select(a => a.Slug)];
        Stages = [.. EventLabels.Stages.Where(s => held.Stage.HasFlag(s.Value)).Select(s => s.Slug)];
        Fact = EventLabels.Facts.ToDictionary(
            f => f.Slug,
            f =>
                held.Yes.HasFlag(f.Value) ? "yes"
                : held.No.HasFlag(f.Value) ? "no"
                : "",
            StringComparer.Ordinal
        );
    }

    protected override Task<Func<EventDetails, EventDetails>> ReadAsync(EventDetails shown, CancellationToken cancel)
    {
        var audience = EventLabels
            .Audiences.Where(a => For.Contains(a.Slug, StringComparer.Ordinal))
            .Aggregate(Audience.None, (sum, a) => sum | a.Value);
        if (audience == Audience.None)
            ModelState.AddModelError(nameof(For), "Choose at least one.");
        EventFacts Said(string answer) =>
            EventLabels
                .Facts.Where(f => Fact.TryGetValue(f.Slug, out var said) && said == answer)
                .Aggregate(EventFacts.None, (sum, f) => sum | f.Value);
        var stages = EventLabels
            .Stages.Where(s => Stages.Contains(s.Slug, StringComparer.Ordinal))
            .Aggregate(Stage.None, (sum, s) => sum | s.Value);
        var (yes, no) = (Said("yes"), Said("no"));
        return Task.FromResult<Func<EventDetails, EventDetails>>(held =>
            held with
            {
                Audience = audience,
                Stage = stages,
                Yes = yes,
                No = no,
            }
        );
    }
}
