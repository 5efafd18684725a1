using System.Globalization;
using InfantMHWeek.Courses;
using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Platform.Forms.TagHelpers;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Time;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Courses;

/// <summary>A group in numbers, each chart a table: what is still stored and what was counted before it was deleted.</summary>
sealed class NumbersModel(SiteDb db) : PageModel
{
    const int MostDays = 31;

    public Cohort Cohort { get; private set; } = null!;
    public IReadOnlyList<Chart> Charts { get; private set; } = [];
    public IReadOnlyList<string> Words { get; private set; } = [];

    public sealed record Chart(string Title, string What, string Counted, IReadOnlyList<Bar> Rows);

    public sealed record Bar(string Label, int Count);

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel)
    {
        Cohort = await db.Set<Cohort>().AsNoTracking().Include(c => c.Sessions).FirstOrDefaultAsync(c => c.Id == id, cancel) ?? null!;
        if (Cohort is null)
            return NotFound();
        var bars = await CourseNumbers.AllAsync(db, id, cancel);
        var evaluations = await db.Set<Evaluation>()
            .Where(e => e.CohortId == id)
            .Select(e => new Evaluated(e.Useful, e.Confident, e.Best, e.Better))
            .ToListAsync(cancel);
        Charts = ChartsOf(bars, evaluations);
        Words = [.. evaluations.SelectMany(e => new[] { e.Best, e.Better }).OfType<string>()];
        return Page();
    }

    sealed record Evaluated(int Useful, int Confident, string? Best, string? Better);

    IReadOnlyList<Chart> ChartsOf(IReadOnlyDictionary<CourseBar, int> bars, IReadOnlyList<Evaluated> evaluations) =>
        [
            new(
                "Where applications stand",
                "State",
                "People",
                [
                    .. Enum.GetValues<ApplicationState>()
                        .Select(s => new Bar(CourseLabels.Of(s), bars.GetValueOrDefault(new(CourseChart.State, s.ToString()))))
                        .Where(b => b.Count > 0),
                ]
            ),
            new(
                "Applications per day",
                "Day",
                "People",
                [
                    .. Of(bars, CourseChart.Day)
                        .OrderByDescending(b => b.Label, StringComparer.Ordinal)
                        .Take(MostDays)
                        .Select(b => b with { Label = DateOnly.ParseExact(b.Label, "O", CultureInfo.InvariantCulture).InWords() }),
                ]
            ),
            new("Nations", "Nation", "People", Labelled(CourseLabels.Nations, Of(bars, CourseChart.Nation))),
            new("Kinds of organisation", "Kind", "People", Labelled(CourseLabels.Kinds, Of(bars, CourseChart.Kind))),
            new("Organisations by nation", "Nation", "Organisations", Labelled(CourseLabels.Nations, Of(bars, CourseChart.Organisation))),
            new(
                "Who was there",
                "Session",
                "People",
                [
                    .. Cohort
                        .InOrder.Select(s => s.Number.ToString(CultureInfo.InvariantCulture))
                        .Select(n => new Bar("Session " + n, bars.GetValueOrDefault(new(CourseChart.Session, n)))),
                ]
            ),
            new("How useful was the course?", "Answer", "People", Scale(evaluations.Select(e => e.Useful))),
            new("How confident are people now?", "Answer", "People", Scale(evaluations.Select(e => e.Confident))),
        ];

    static IEnumerable<Bar> Of(IReadOnlyDictionary<CourseBar, int> bars, CourseChart chart) =>
        bars.Where(b => b.Key.Chart == chart && b.Value > 0).Select(b => new Bar(b.Key.Value, b.Value));

    static IReadOnlyList<Bar> Labelled(IReadOnlyList<Choice> choices, IEnumerable<Bar> bars) =>
        [
            .. bars.OrderByDescending(b => b.Count)
                .ThenBy(b => b.Label, StringComparer.Ordinal)
                .Select(b => b with { Label = CourseLabels.LabelOf(choices, b.Label) }),
        ];

    static IReadOnlyList<Bar> Scale(IEnumerable<int> answers)
    {
        var given = answers.ToList();
        return given.Count == 0
            ? []
            :
            [
                .. InfantMHWeek.Courses.YourPlace.EvaluationModel.Scale.Select(c => new Bar(
                    c.Label,
                    given.Count(g => g == int.Parse(c.Value, CultureInfo.InvariantCulture))
                )),
            ];
    }
}
