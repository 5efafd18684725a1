using System.Globalization;
using InfantMHWeek.Courses;
using InfantMHWeek.Platform;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Courses;

/// <summary>A group in numbers, each chart a table: what is still stored and what was counted before it was deleted.</summary>
public sealed class NumbersModel(SiteDb db) : PageModel
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
        if (Cohort is null) return NotFound();
        var stored = await db.Set<Application>().Where(a => a.CohortId == id).Select(a => new { a.State, a.Nation, a.Kind, a.OrganisationKey, a.AppliedAt }).ToListAsync(cancel);
        var counted = await db.Set<CourseTally>().Where(t => t.CohortId == id).Select(t => new { t.State, t.Nation, t.Kind, t.Count }).ToListAsync(cancel);
        var attended = await db.Set<Attendance>().Where(t => db.Set<CourseSession>().Any(s => s.Id == t.SessionId && s.CohortId == id)).GroupBy(t => t.SessionId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        var evaluations = await db.Set<Evaluation>().Where(e => e.CohortId == id).Select(e => new { e.Useful, e.Confident, e.Best, e.Better }).ToListAsync(cancel);

        var all = stored.Select(a => (a.State, a.Nation, a.Kind, Count: 1)).Concat(counted.Select(t => (t.State, t.Nation, t.Kind, t.Count))).ToList();
        Charts =
        [
            new("Where applications stand", "State", "People", [.. all.GroupBy(a => a.State).OrderBy(g => g.Key).Select(g => new Bar(CourseWords.Of(g.Key), g.Sum(a => a.Count)))]),
            new("Applications per day", "Day", "People", [.. stored.GroupBy(a => DateOnly.FromDateTime(UkTime.FromUtc(a.AppliedAt))).OrderByDescending(g => g.Key).Take(MostDays).Select(g => new Bar(g.Key.InWords(), g.Count()))]),
            new("Nations", "Nation", "People", Labelled(CourseWords.Nations, all.Select(a => (a.Nation, a.Count)))),
            new("Kinds of organisation", "Kind", "People", Labelled(CourseWords.Kinds, all.Select(a => (a.Kind, a.Count)))),
            new("Organisations by nation", "Nation", "Organisations", Labelled(CourseWords.Nations, stored.DistinctBy(a => a.OrganisationKey, StringComparer.Ordinal).Select(a => (a.Nation, 1)))),
            new("Who was there", "Session", "People", [.. Cohort.InOrder.Select(s => new Bar(string.Create(CultureInfo.InvariantCulture, $"Session {s.Number}"), attended.GetValueOrDefault(s.Id)))]),
            new("How useful was the course?", "Answer", "People", Scale(evaluations.Select(e => e.Useful))),
            new("How confident are people now?", "Answer", "People", Scale(evaluations.Select(e => e.Confident))),
        ];
        Words = [.. evaluations.SelectMany(e => new[] { e.Best, e.Better }).OfType<string>()];
        return Page();
    }

    static IReadOnlyList<Bar> Labelled(IReadOnlyList<Choice> choices, IEnumerable<(string Value, int Count)> counts) =>
        [.. counts.GroupBy(c => c.Value, StringComparer.Ordinal).Select(g => new Bar(CourseWords.LabelOf(choices, g.Key), g.Sum(c => c.Count))).OrderByDescending(b => b.Count)];

    static IReadOnlyList<Bar> Scale(IEnumerable<int> answers)
    {
        var given = answers.ToList();
        return given.Count == 0 ? [] : [.. InfantMHWeek.Courses.YourPlace.EvaluationModel.Scale.Select(c => new Bar(c.Label, given.Count(g => g == int.Parse(c.Value, CultureInfo.InvariantCulture))))];
    }
}
