using System.Text;
using InfantMHWeek.Campaign.Sharing;

namespace InfantMHWeek.Tests.Campaign.Sharing;

/// <summary>
/// The display typeface is the share pictures' own letters. After a change of the strokes it is drawn again by this test, with LETTERS
/// set to where it lies: <c>src/InfantMHWeek/wwwroot/letters.woff2</c>.
/// </summary>
public sealed class LettersFontTests(RealSite site)
{
    const int MostBytes = 24 * 1024;

    [Fact]
    public async Task The_typeface_that_readers_get_is_drawn_from_the_strokes_of_today()
    {
        var drawn = LettersFont.Write();
        if (Environment.GetEnvironmentVariable("LETTERS") is { Length: > 0 } file)
            await File.WriteAllBytesAsync(file, drawn, TestContext.Current.CancellationToken);
        Assert.InRange(drawn.Length, 4 * 1024, MostBytes);

        using var browser = site.Browser();
        var used = await browser.GetByteArrayAsync(new Uri("/letters.woff2", UriKind.Relative), TestContext.Current.CancellationToken);
        var inUse = LettersFont.Unpacked(used);
        Assert.NotEmpty(inUse);
        Assert.True(inUse.AsSpan().SequenceEqual(LettersFont.Unpacked(drawn)), "Draw it again: see the summary of this class.");
    }

    [Fact]
    public void It_writes_the_names_of_people_and_places()
    {
        var letters = new LetterOutlines();
        const string names =
            "Llŷn Ŵythnos Òran Gàidhlig Seán Ó Sé Łódź Żółć Ștefan Țară Ionuț João Conceição Dvořák Příbram Şükrü Iğdır İstanbul "
            + "Nguyễn Phước Đặng Hường €5 “2” – …";

        Assert.All(names.EnumerateRunes(), rune => Assert.Contains(rune, letters.ByCharacter));
        // A letter keeps the room that the share pictures give it.
        Assert.True(Alphabet.TryGet(new Rune('B'), out var glyph));
        Assert.Equal((int)MathF.Round(glyph.Advance), letters.Glyphs[letters.ByCharacter[new Rune('B')]].Advance);
        // The control: what is not drawn is not there.
        Assert.DoesNotContain(new Rune('Ω'), letters.ByCharacter);
    }
}
