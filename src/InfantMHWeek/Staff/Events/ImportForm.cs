using System.Globalization;
using InfantMHWeek.Events;
using InfantMHWeek.Events.Importing;
using InfantMHWeek.Platform.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Staff.Events;

/// <summary>What staff say of a partner's list: whose it is, and what the file leaves open.</summary>
abstract class ImportForm : PageModel
{
    const int MostMinutes = 12 * 60;

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? ContactName { get; set; }

    [BindProperty]
    public string? Organisation { get; set; }

    [BindProperty]
    public IReadOnlyList<string> For { get; set; } = [];

    [BindProperty]
    public string? Book { get; set; }

    [BindProperty]
    public IReadOnlyList<string> Also { get; set; } = [];

    /// <summary>Whether the day or the month comes first, where the file does not show it.</summary>
    [BindProperty]
    public string? Order { get; set; }

    [BindProperty]
    public string? DayStarts { get; set; }

    [BindProperty]
    public string? DayEnds { get; set; }

    [BindProperty]
    public string? Minutes { get; set; }

    /// <summary>What each column of a table is.</summary>
    [BindProperty]
    public IReadOnlyList<string?> Column { get; set; } = [];

    protected ImportOrder? ReadOrder()
    {
        var address = ModelState.Address(nameof(Email), Email, Email);
        var name = ModelState.Line(nameof(ContactName), ContactName, Event.MaxName, "Enter whom we can ask about these events.") ?? "";
        var organiser = ModelState.Line(nameof(Organisation), Organisation, EventDetails.MaxLine, missing: null) ?? "";
        var audience = EventLabels
            .Audiences.Where(a => For.Contains(a.Slug, StringComparer.Ordinal))
            .Aggregate(Audience.None, (sum, a) => sum | a.Value);
        var booking = Book switch
        {
            "yes" => Booking.Needed,
            "no" => Booking.NotNeeded,
            _ => Booking.NotSaid,
        };
        return address is null ? null : new(address, name, organiser, audience, booking, Also.Contains("whole", StringComparer.Ordinal));
    }

    protected FileAnswers ReadAnswers()
    {
        TimeOnly? Hour(string field, string? typed)
        {
            if (string.IsNullOrWhiteSpace(typed))
                return null;
            if (TimeInput.TryRead(typed, out var time))
                return time;
            ModelState.AddModelError(field, "Enter a time of day, like 10:30, or leave it empty.");
            return null;
        }
        int? minutes = null;
        if (!string.IsNullOrWhiteSpace(Minutes))
        {
            if (
                int.TryParse(Minutes.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                && count is > 0 and <= MostMinutes
            )
                minutes = count;
            else
                ModelState.AddModelError(nameof(Minutes), $"Enter a number of minutes, at most {MostMinutes}, or leave it empty.");
        }
        var order = Order switch
        {
            "day" => DayOrder.DayFirst,
            "month" => DayOrder.MonthFirst,
            _ => DayOrder.NotSaid,
        };
        return new(order, Hour(nameof(DayStarts), DayStarts), Hour(nameof(DayEnds), DayEnds), minutes, Column.Count > 0 ? Column : null);
    }
}
