using InfantMHWeek.Platform.Accounts;

namespace InfantMHWeek.Staff.SigningIn;

/// <summary>The words beside every box for a new password.</summary>
static class NewPassword
{
    public static readonly string Hint =
        $"At least {PasswordChoice.Least} characters; {PasswordChoice.Advised} or more are better. A few words that do not belong "
        + "together are easy to remember. You can paste one from a password manager.";
}
