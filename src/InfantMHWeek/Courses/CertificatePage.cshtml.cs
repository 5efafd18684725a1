using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Pages;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Courses;

/// <summary>A certificate, to be printed by its owner and checked by whoever is shown it.</summary>
[FormPage(byToken: true)]
sealed class CertificatePageModel(SiteDb db, SiteAddress address) : PageModel
{
    public Certificate Certificate { get; private set; } = null!;
    public string CheckAt => address.Of("/courses/certificates/" + Certificate.Code);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        ViewData["Head"] = new PageHead { Title = "Certificate", Indexed = false };
        var code = RouteData.Values["code"] as string;
        Certificate = await db.Set<Certificate>().AsNoTracking().FirstOrDefaultAsync(c => c.Code == code, cancel) ?? null!;
        return Certificate is null ? NotFound() : Page();
    }
}
