using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Moderation;
using InfantMHWeek.Platform.Time;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Staff;

/// <summary>
/// One thing that waits, before a person who decides. Nothing they typed is lost when it cannot be done; where somebody else was faster,
/// the page shows what has become of it meanwhile.
/// </summary>
abstract class DecisionPage<TVerdict> : PageModel
    where TVerdict : struct, Enum
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public int Revision { get; set; }

    [BindProperty]
    public string? Do { get; set; }

    [BindProperty]
    public string? Words { get; set; }

    [TempData]
    public string? StatusMessage { get; set; }

    /// <summary>What the buttons do, and what is said when it is done.</summary>
    protected abstract IReadOnlyDictionary<string, (TVerdict Verdict, string Done)> Acts { get; }

    /// <summary>The address of the list that it is opened from.</summary>
    protected abstract string Queue { get; }

    protected abstract int MostWords { get; }

    /// <summary>What is said when nothing was written; null where nothing need be.</summary>
    protected abstract string? WithoutWords(TVerdict verdict);

    /// <summary>Reads it from the store.</summary>
    /// <returns>False when there is none.</returns>
    protected abstract Task<bool> OpenAsync(CancellationToken cancel);

    /// <summary>What was opened: what it is called, its version, and what happened to it last, for whoever came too late.</summary>
    protected abstract (string Title, int Revision, string Last) Opened { get; }

    /// <returns>Null when it has gone meanwhile.</returns>
    protected abstract Task<Decision?> DecideAsync(TVerdict verdict, string words, CancellationToken cancel);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await OpenAsync(cancel))
            return NotFound();
        Revision = Opened.Revision;
        return Page();
    }

    public virtual async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await OpenAsync(cancel) || !Acts.TryGetValue(Do ?? "", out var act))
            return NotFound();
        var words = ModelState.Lines(nameof(Words), Words, MostWords, WithoutWords(act.Verdict)) ?? "";
        CheckWords(act.Verdict, words);
        if (!ModelState.IsValid)
            return Page();
        var answer = await DecideAsync(act.Verdict, words, cancel);
        if (answer == Decision.Done)
        {
            StatusMessage = $"{Opened.Title}: {act.Done}";
            return Redirect(Queue);
        }
        if (answer is null || !await OpenAsync(cancel))
            return NotFound();
        ModelState.AddModelError("", $"{answer.Value.InWords()} {Opened.Last}".TrimEnd());
        ModelState.Remove(nameof(Revision));
        Revision = Opened.Revision;
        return Page();
    }

    /// <summary>The newest of the steps that something has gone through, as a sentence; empty where nothing happened yet.</summary>
    protected static string Last(IEnumerable<(DateTime At, Guid Id, string Who, string What)> steps) =>
        steps.OrderByDescending(s => s.At).ThenByDescending(s => s.Id).FirstOrDefault() is { Who: not null } last
            ? $"The last thing that happened to it, at {last.At.InUk()}: {last.Who} {last.What}."
            : "";

    /// <summary>What else the words must be; what they lack is added to the form's errors.</summary>
    protected virtual void CheckWords(TVerdict verdict, string words) { }
}
