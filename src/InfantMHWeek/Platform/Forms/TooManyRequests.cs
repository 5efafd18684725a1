using System.Globalization;
using InfantMHWeek.Platform.Time;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Platform.Forms;

static class TooManyRequests
{
    /// <summary>Too much has been sent: the form again, with all that was typed, and when to press once more.</summary>
    /// <param name="ofAddress">Whether it is the address that has had its mails.</param>
    public static IActionResult AskToWait(this PageModel page, TimeSpan wait, bool ofAddress = false)
    {
        page.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        page.Response.Headers.RetryAfter = Math.Ceiling(Math.Max(1, wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        var why = ofAddress
            ? "Several emails have just gone to this address, so we have not sent another yet. Please look in your inbox first."
            : "Many forms have just been sent from here, so we have not taken this one yet.";
        page.ModelState.AddModelError("", $"{why} What you typed is still there. Please press the button again in {wait.AsWait()}.");
        return page.Page();
    }
}
