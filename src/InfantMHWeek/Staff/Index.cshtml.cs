using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Staff;

/// <summary>Where staff arrive.</summary>
public sealed class IndexModel : PageModel;
