using System.Security.Claims;

namespace InfantMHWeek.Platform.Accounts;

/// <summary>
/// What a member of staff may do. Each name is also the name of the policy that asks for it; an administrator may do everything.
/// </summary>
static class StaffRole
{
    /// <summary>Writes drafts and asks for them to be published.</summary>
    public const string Author = "author";

    /// <summary>Publishes pages; is an author too.</summary>
    public const string Publisher = "publisher";

    /// <summary>Approves events and services.</summary>
    public const string Events = "events";

    /// <summary>Runs the course.</summary>
    public const string Courses = "courses";

    /// <summary>Invites staff and may do everything.</summary>
    public const string Administrator = "administrator";

    public static readonly IReadOnlyList<string> All = [Author, Publisher, Events, Courses, Administrator];

    /// <summary>Names the session in which somebody is signed in.</summary>
    public const string SessionClaim = "session";

    /// <summary>Everybody who is signed in as staff, whatever their role.</summary>
    public const string AnyPolicy = "staff";

    /// <summary>Whether the signed-in person may act in a role: their own, author for publishers, any for administrators.</summary>
    public static bool May(this ClaimsPrincipal who, string role) =>
        who.IsInRole(role) || who.IsInRole(Administrator) || (role == Author && who.IsInRole(Publisher));

    /// <exception cref="InvalidOperationException">Nobody is signed in.</exception>
    public static Guid StaffId(this ClaimsPrincipal who) =>
        Guid.Parse(who.FindFirstValue(ClaimTypes.NameIdentifier) ?? throw new InvalidOperationException("Nobody is signed in."));

    public static Guid SessionId(this ClaimsPrincipal who) =>
        Guid.Parse(who.FindFirstValue(SessionClaim) ?? throw new InvalidOperationException("Nobody is signed in."));

    public static string StaffName(this ClaimsPrincipal who) => who.FindFirstValue(ClaimTypes.Name) ?? "Staff";
}
