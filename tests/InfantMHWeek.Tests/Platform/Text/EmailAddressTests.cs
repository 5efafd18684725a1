using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Platform.Text;

namespace InfantMHWeek.Tests.Platform.Text;

/// <summary>What is taken as an address: nothing that cannot be seen, and one form for one mailbox.</summary>
public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("ann@charity.example")]
    [InlineData("  morag+course@charity.example ")]
    [InlineData("o'neill@charity.example")]
    [InlineData("ann@xn--bcher-kva.example")]
    [InlineData("ann@bücher.example")]
    [InlineData("jürgen@charity.example")]
    [InlineData("用户@例子.example")]
    public void An_address_that_mail_can_be_sent_to_is_taken(string typed)
    {
        Assert.True(EmailAddress.TryParse(typed, null, out var address));
        Assert.Equal(typed.Trim(), address.Text);
    }

    public static TheoryData<string> Hidden =>
        [
            .. new[]
            {
                '\u200B',
                '\u200C',
                '\u200D',
                '\u200E',
                '\u200F',
                '\u202A',
                '\u202E',
                '\u2060',
                '\u2066',
                '\u2069',
                '\uFEFF',
                '\u00AD',
                '\u061C',
                '\u180E',
                '\u034F',
                '\u115F',
                '\u3164',
                '\uFFA0',
                '\u2800',
                '\uFE0F',
                '\u00A0',
                '\u3000',
                '\u2028',
                '\0',
                '\uFFFD',
                '\uE000',
            }.SelectMany(c => new[] { $"an{c}n@charity.example", $"ann@char{c}ity.example" }),
        ];

    [Theory]
    [MemberData(nameof(Hidden))]
    public void What_nobody_sees_is_refused(string typed) => Assert.False(EmailAddress.TryParse(typed, null, out _));

    [Theory]
    [InlineData("ann@charity")]
    [InlineData("ann@charity.example.")]
    [InlineData("ann@[127.0.0.1]")]
    [InlineData("ann@xn--.example")]
    [InlineData("ann@xn--a.example")]
    [InlineData("ann@char_ity.example")]
    [InlineData("a@b@charity.example")]
    [InlineData("@charity.example")]
    [InlineData("ann@-charity.example")]
    [InlineData("ann\uD800@charity.example")]
    [InlineData("\U000E0041nn@charity.example")]
    [InlineData(null)]
    public void What_is_no_address_is_refused(string? typed) => Assert.False(EmailAddress.TryParse(typed, null, out _));

    [Fact]
    public void One_mailbox_has_one_key_however_it_is_typed()
    {
        Assert.Equal(EmailAddress.Parse("JÜRGEN@Bücher.example", null), EmailAddress.Parse("ju\u0308rgen@xn--bcher-kva.example", null));
        Assert.Equal("jürgen@bücher.example", EmailAddress.Parse("ju\u0308rgen@bu\u0308cher.example", null).Text);
        Assert.NotEqual(EmailAddress.Parse("ann@charity.example", null), EmailAddress.Parse("аnn@charity.example", null));
    }
}
