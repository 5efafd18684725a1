using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Platform.Text;

namespace InfantMHWeek.Tests.Courses.Places;

/// <summary>Who counts as of the same organisation, and which addresses are of one.</summary>
public sealed class OrganisationsTests
{
    [Theory]
    [InlineData("Little Steps", "LITTLE  steps!", true)]
    [InlineData("The Little Steps Ltd", "Little Steps", true)]
    [InlineData("Canolfan Tŷ Gwyn", "canolfan ty gwyn", true)]
    [InlineData("Mothers & Babies", "Mothers and Babies", true)]
    [InlineData("St. Mary’s", "St Mary's", true)]
    [InlineData("Little Steps", "Big Steps", false)]
    [InlineData("!!!", "???", false)]
    public void Names_are_the_same_however_they_are_written(string one, string other, bool same) =>
        Assert.Equal(same, Organisations.NameKey(one) == Organisations.NameKey(other));

    [Theory]
    [InlineData("SC012345", "sc 012-345", true)]
    [InlineData("1234567", "SC012345", false)]
    [InlineData("n/a", "none", true)]
    public void Numbers_are_the_same_however_they_are_written(string one, string other, bool same) =>
        Assert.Equal(same, Organisations.NumberKey(one) == Organisations.NumberKey(other));

    [Fact]
    public void Either_the_name_or_the_number_is_enough()
    {
        var all = new Organisations([("A", null), ("A", "12345"), ("B", "12345"), ("C", "99999"), ("D", null)]);
        Assert.Equal(all.Of("A"), all.Of("B"));
        Assert.NotEqual(all.Of("A"), all.Of("C"));
        Assert.NotEqual(all.Of("A"), all.Of("D"));
    }

    [Theory]
    [InlineData("ann@charity.example", "bea@CHARITY.example", true)]
    [InlineData("ann@charity.example", "bea@other.example", false)]
    [InlineData("ann@gmail.com", "bea@gmail.com", false)]
    [InlineData("ann@nhs.net", "bea@nhs.net", false)]
    [InlineData("ann@charity.example", "bea@mail.charity.example", false)]
    [InlineData("ann@bücher.example", "bea@xn--bcher-kva.example", true)]
    public void An_address_shows_an_organisation_unless_anybody_can_have_it(string one, string other, bool same) =>
        Assert.Equal(same, MailDomains.SameOrganisation(EmailAddress.Parse(one, null), EmailAddress.Parse(other, null)));
}
