using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Platform.Forms;

public static class Waits
{
    /// <summary>Too many have been sent from here: the form again, with all that was typed, and when to press once more.</summary>
    public static IActionResult AskToWait(this PageModel page, TimeSpan wait)
    {
        page.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        page.Response.Headers.RetryAfter = ((int)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        page.ModelState.AddModelError("", $"Many forms have just been sent from here, so we have not taken this one yet. What you typed is still there. Please press the button again in {InWords(wait)}.");
        return page.Page();
    }

    static string InWords(TimeSpan wait) => wait < TimeSpan.FromMinutes(1) ? "a few seconds" : wait == TimeSpan.FromMinutes(1) ? "a minute" : string.Create(CultureInfo.InvariantCulture, $"{wait.TotalMinutes:0} minutes");
}
