using InfantMHWeek.Campaign.Searching;
using InfantMHWeek.Platform.Text;

namespace InfantMHWeek.Tests.Campaign.Searching;

public class SpellingTests
{
    [Theory]
    [InlineData("trauma", "trauma", 0)]
    [InlineData("truama", "trauma", 1)]
    [InlineData("trama", "trauma", 1)]
    [InlineData("traumma", "trauma", 1)]
    [InlineData("travma", "trauma", 1)]
    [InlineData("ca", "abc", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("", "baby", 4)]
    public void Counts_letters_left_out_added_mistaken_and_swapped(string from, string to, int slips)
    {
        Assert.Equal(slips, EditDistance.Between(from, to, most: 9));
        Assert.Equal(slips, EditDistance.Between(to, from, most: 9));
    }

    [Fact]
    public void Never_rules_out_a_word_by_its_letters_that_is_near_enough()
    {
        var random = new Random(2022);
        for (var i = 0; i < 20_000; i++)
        {
            var (one, other) = (Word(random), Word(random));
            var slips = EditDistance.Between(one, other, most: 9);
            Assert.True(ulong.PopCount(Spelling.Letters(one) ^ Spelling.Letters(other)) <= 2 * (ulong)slips);
            for (var most = 0; most < 4; most++)
                Assert.Equal(slips <= most, EditDistance.Between(one, other, most) <= most);
        }
    }

    [Theory]
    [InlineData("Ŵythnos", "wythnos")]
    [InlineData("W\u0302ythnos", "wythnos")]
    [InlineData("TRAUMA", "trauma")]
    public void Folds_case_and_diacritics(string word, string folded) => Assert.Equal(folded, Spelling.Fold(word));

    static string Word(Random random) => new(random.GetItems("abcde".AsSpan(), random.Next(1, 7)));
}
