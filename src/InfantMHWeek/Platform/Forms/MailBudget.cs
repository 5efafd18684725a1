using InfantMHWeek.Platform.Text;

namespace InfantMHWeek.Platform.Forms;

/// <summary>
/// How many mails go to one address because somebody typed it into a form that anybody can send: three at most at one time,
/// whatever forms are used together. One of them is kept for the staff's sign-in help, so that a stranger who has used up the
/// others keeps nobody from it. What somebody asks for behind their own mailed link is not counted.
/// </summary>
static class MailBudget
{
    const int AtOnce = 2,
        OfSignInAtOnce = 1;
    static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    public static Budget ByStrangers(EmailAddress to) => new("mail to " + MailboxOf(to), AtOnce, Every);

    public static Budget OfSignIn(EmailAddress to) => new("sign-in mail to " + MailboxOf(to), OfSignInAtOnce, Every);

    /// <summary>What follows a plus sign leads to the same mailbox.</summary>
    static string MailboxOf(EmailAddress to)
    {
        var (at, plus) = (to.Key.LastIndexOf('@'), to.Key.IndexOf('+', StringComparison.Ordinal));
        return plus > 0 && plus < at ? to.Key[..plus] + to.Key[at..] : to.Key;
    }
}
