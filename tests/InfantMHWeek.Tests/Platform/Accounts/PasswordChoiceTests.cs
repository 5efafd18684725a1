using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Platform.Accounts;

namespace InfantMHWeek.Tests.Platform.Accounts;

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
    public void What_is_tried_first_is_refused(string? password) =>
        Assert.NotNull(PasswordChoice.Problem(password, "Ada Jones", "ada.jones@week.example"));

    [Theory]
    [InlineData("teapot-violin-gravel-9")]
    [InlineData("kettle under seven oaks")]
    [InlineData("correct horse battery staple and a pony")]
    [InlineData("Xk7#pQ9v")]
    [InlineData("mae hen wlad fy nhadau")]
    [InlineData("пароль из пяти слов")]
    [InlineData("a b c d e f g h i j k l m n o p q r s t u v w x y z backwards")]
    public void Long_odd_and_foreign_ones_are_welcome(string password) =>
        Assert.Null(PasswordChoice.Problem(password, "Ada Jones", "ada.jones@week.example"));

    [Fact]
    public void The_longest_is_256_and_more_is_refused()
    {
        var words = string.Concat(Enumerable.Range(0, 40).Select(i => $"oboe{i}x"));
        Assert.Null(PasswordChoice.Problem(words[..PasswordChoice.Most]));
        Assert.NotNull(PasswordChoice.Problem(words[..PasswordChoice.Most] + "y"));
    }

    /// <summary>Every third in the short version; all of them with <c>PASSWORDS=all</c>.</summary>
    static readonly int Step = Environment.GetEnvironmentVariable("PASSWORDS") == "all" ? 1 : 3;

    /// <summary>The commonest of the list that comes with zxcvbn, in their order.</summary>
    static IEnumerable<string> Commonest()
    {
        using var list = typeof(Zxcvbn.Zxcvbn).Assembly.GetManifestResourceStream("zxcvbn-core.Dictionaries.passwords.lst")!;
        using var reader = new StreamReader(list);
        return
        [
            .. reader
                .ReadToEnd()
                .Split('\n')
                .Select(line => line.Trim())
                .Where(word => word.Length >= PasswordChoice.Least)
                .Take(3000)
                .Where((_, i) => i % Step == 0),
        ];
    }

    /// <summary>As they are, and dressed up as people do. The control: the rules of our own alone let many through.</summary>
    [Fact]
    public void Of_the_three_thousand_commonest_none_passes()
    {
        Assert.DoesNotContain(Commonest(), word => PasswordChoice.Problem(word) is null);
        Assert.DoesNotContain(
            Commonest()
                .Where((_, i) => i % 20 == 0)
                .SelectMany(word =>
                    (string[])[char.ToUpperInvariant(word[0]) + word[1..], word + "1", word + "!", word.Replace('a', '@').Replace('o', '0')]
                ),
            word => PasswordChoice.Problem(word) is null
        );
        Assert.True(Commonest().Count(word => !GuessedPasswords.Hold(word, [])) > 1000 / Step);
    }

    [Fact]
    public void Four_words_by_chance_always_pass()
    {
        using var list = typeof(Zxcvbn.Zxcvbn).Assembly.GetManifestResourceStream("zxcvbn-core.Dictionaries.english.lst")!;
        using var reader = new StreamReader(list);
        // As a list for throwing dice: as many words as four dice and a fifth have, none too short.
        var words = reader.ReadToEnd().Split('\n').Select(line => line.Trim()).Where(word => word.Length > 3).Take(7776).ToList();
        var chance = new Random(1);
        Assert.DoesNotContain(
            Enumerable
                .Range(0, 200)
                .Select(i => string.Join(" -"[i % 2], Enumerable.Range(0, 4).Select(_ => words[chance.Next(words.Count)]))),
            phrase => PasswordChoice.Problem(phrase) is not null
        );
    }

    [Theory]
    [InlineData("trustno1", "many people have chosen it")]
    [InlineData("zxcvbnm,./", "side by side")]
    [InlineData("okonkwo77", "your name")]
    public void Why_it_is_refused_is_told(string password, string why) =>
        Assert.Contains(why, PasswordChoice.Problem(password, "Ify Okonkwo", "ify@week.example"), StringComparison.Ordinal);
}
