namespace InfantMHWeek.Platform.Accounts.SigningIn;

/// <summary>Where staff come in, and go out.</summary>
static class SignInPaths
{
    public const string SignIn = "/staff/sign-in",
        SignOut = "/staff/sign-out";
}
