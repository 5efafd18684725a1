using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Staff;

/// <summary>The door of the staff area.</summary>
public sealed class SignInModel : PageModel;
