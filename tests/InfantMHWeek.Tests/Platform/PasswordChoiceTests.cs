using InfantMHWeek.Platform.Accounts;

namespace InfantMHWeek.Tests.Platform;

public sealed class PasswordChoiceTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("short77")]
    [InlineData("password")]
    [InlineData("P@ssw0rd!")]
    [InlineData("Password2026!")]
    [InlineData("passwordpassword")]
    [InlineData("qwertyuiop")]
    [InlineData("poiuytrewq123")]
    [InlineData("1qaz2wsx3edc")]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("abababababab")]
    [InlineData("08/06/2026")]
    [InlineData("12345678910")]
    [InlineData("Sunshine1990")]
    [InlineData("Liverpool FC 1")]
    [InlineData("1nf4ntM3nt4lH34lth")]
    [InlineData("AwarenessWeek26")]
    [InlineData("ada.jones1")]
    [InlineData("AdaJones2026")]
    [InlineData("letmein!!!!")]
    public void What_is_tried_first_is_refused(string? password) => Assert.NotNull(PasswordChoice.Problem(password, "Ada Jones", "ada.jones@week.example"));

    [Theory]
    [InlineData("teapot-violin-gravel-9")]
    [InlineData("kettle under seven oaks")]
    [InlineData("correct horse battery staple and a pony")]
    [InlineData("Xk7#pQ9v")]
    [InlineData("mae hen wlad fy nhadau")]
    [InlineData("пароль из пяти слов")]
    [InlineData("a b c d e f g h i j k l m n o p q r s t u v w x y z backwards")]
    public void Long_odd_and_foreign_ones_are_welcome(string password) => Assert.Null(PasswordChoice.Problem(password, "Ada Jones", "ada.jones@week.example"));

    [Fact]
    public void The_longest_is_256_and_more_is_refused()
    {
        var words = string.Concat(Enumerable.Range(0, 40).Select(i => $"oboe{i}x"));
        Assert.Null(PasswordChoice.Problem(words[..PasswordChoice.Most]));
        Assert.NotNull(PasswordChoice.Problem(words[..PasswordChoice.Most] + "y"));
    }
}
