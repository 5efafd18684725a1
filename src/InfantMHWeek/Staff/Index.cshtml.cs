using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Staff;

/// <summary>Where staff arrive.</summary>
sealed class IndexModel : PageModel;
