using System.Text;
using InfantMHWeek.Courses.Places;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using Microsoft.AspNetCore.Mvc;

namespace InfantMHWeek.Courses.YourPlace;

[FormPage(byToken: true)]
sealed class DataModel(SiteDb db, PersonErasure erasure, TimeProvider clock) : PlacePage(db, clock)
{
    public void OnGet() { }

    public async Task<IActionResult> OnPostExportAsync(CancellationToken cancel) =>
        File(Encoding.UTF8.GetBytes(await PersonalDataExport.WriteAsync(Db, Place.Id, cancel)), "application/json", "my-course-data.json");

    public async Task<IActionResult> OnPostDeleteAsync(CancellationToken cancel)
    {
        await erasure.ForgetApplicationAsync(Place.Id, by: null, cancel);
        return RedirectToPage("/Courses/Gone");
    }
}
