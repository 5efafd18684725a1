using InfantMHWeek.Campaign.Sharing;
using SkiaSharp;

namespace InfantMHWeek.Tests.Campaign.Sharing;

public class SharePictureTests
{
    const string Site = "Infant Mental Health Awareness Week";
    const string NinetyCharacters = "What early trauma can look like in a classroom, and what helps every child feel safe there";
    const string Longest = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch " + NinetyCharacters + " " + NinetyCharacters;

    const string Promised =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,:;!?'\"‘’“”-–—&()/%#+@£…"
        + "ÀÁÂÄÈÉÊËÌÍÎÏÒÓÔÖÙÚÛÜẀẂŴẄỲÝŶŸàáâäèéêëìíîïòóôöùúûüẁẃŵẅỳýŷÿÅÆÇÑØåæçñøßãõčšžłŁ";

    public static TheoryData<string, string?> Titles =>
        new()
        {
            { "Understanding Early Trauma", "13 to 19 June 2022" },
            { "Who is holding the baby?", "9 to 15 June 2025" },
            { "20:20 Vision: Seeing the world through babies' eyes", "7 to 12 June 2020" },
            { "Infant Mental Health Awareness Week 2018", null },
            { "An introduction to infant mental health", "A free course over six weeks" },
            { "Ŵythnos Ymwybyddiaeth Iechyd Meddwl Babanod â gŵyl", "Croeso i bawb" },
            { NinetyCharacters, "Research, June 2022" },
            { NinetyCharacters.ToUpperInvariant(), null },
            { Longest, Longest },
            { new string('W', 500), new string('W', 500) },
            { "", "" },
        };

    public static TheoryData<string> Pictures => ["parent-and-baby", "holding", "seedling", "nest", "path", "circle", "window", "hands"];

    [Theory, MemberData(nameof(Titles))]
    public void Words_stay_inside_their_column(string title, string? detail)
    {
        using var picture = SKBitmap.Decode(SharePicture.Draw(title, Site, detail, picture: null));
        Assert.Equal((1200, 630), (picture.Width, picture.Height));

        var pixels = picture.Pixels;
        SKRectI[] margins = [new(0, 0, 70, 630), new(728, 0, 764, 630), new(0, 0, 764, 56), new(0, 494, 764, 512), new(0, 584, 764, 630)];
        Assert.All(margins, margin => Assert.False(HasInk(pixels, margin), $"There is ink in {margin}."));
        Assert.True(HasInk(pixels, new SKRectI(70, 512, 728, 584)), "The site's name is missing.");
        Assert.Equal(title.Length > 0, HasInk(pixels, new SKRectI(70, 56, 728, 494)));
    }

    [Fact]
    public void Ninety_characters_keep_every_word()
    {
        var block = TextBlock.Fit(NinetyCharacters, largest: 88, smallest: 44, new SKSize(650, 318), maxLines: 4);

        Assert.Equal(90, NinetyCharacters.Length);
        Assert.Equal(NinetyCharacters, string.Join(' ', block.Lines));
        Assert.InRange(block.Lines.Count, 1, 4);
    }

    [Fact]
    public void What_cannot_fit_is_cut_with_an_ellipsis()
    {
        var block = TextBlock.Fit(Longest, largest: 88, smallest: 44, new SKSize(650, 318), maxLines: 4);

        Assert.Equal(4, block.Lines.Count);
        Assert.EndsWith("…", block.Lines[^1], StringComparison.Ordinal);
        Assert.All(block.Lines, line => Assert.InRange(Lettering.WidthOf(line, block.Size), 0, 650));
    }

    [Theory, MemberData(nameof(Pictures))]
    public void Every_picture_is_drawn_and_light_enough_to_send(string picture)
    {
        var bytes = SharePicture.Draw(NinetyCharacters, Site, "Research, June 2022", picture);

        Assert.InRange(bytes.Length, 1, 60 * 1024);
        if (picture is not "circle")
            Assert.NotEqual(SharePicture.Draw(NinetyCharacters, Site, "Research, June 2022", "circle"), bytes);
    }

    [Fact]
    public void An_unknown_picture_is_the_circle() =>
        Assert.Equal(SharePicture.Draw("About", Site, null, "circle"), SharePicture.Draw("About", Site, null, "no such picture"));

    [Fact]
    public void The_same_words_give_the_same_bytes_from_any_thread()
    {
        var expected = SharePicture.Draw("Speak up for babies", Site, "10 to 16 June 2024", "hands");

        Parallel.For(0, 8, _ => Assert.Equal(expected, SharePicture.Draw("Speak up for babies", Site, "10 to 16 June 2024", "hands")));
    }

    [Fact]
    public void Every_character_has_ink()
    {
        var characters = Alphabet
            .Characters.Select(character => character.ToString())
            .Concat(Promised.EnumerateRunes().Select(rune => rune.ToString()));

        Assert.All(characters, character => Assert.True(Ink(character) > 0 || Ink("o" + character) > Ink("o"), character));
    }

    [Theory]
    [
        InlineData("ŵ", "w"),
        InlineData("Ŵ", "W"),
        InlineData("ŷ", "y"),
        InlineData("â", "a"),
        InlineData("ò", "o"),
        InlineData("é", "e"),
        InlineData("ü", "u"),
        InlineData("ç", "c")
    ]
    public void An_accent_adds_ink_and_takes_no_room(string accented, string plain)
    {
        Assert.True(Ink(accented) > Ink(plain));
        Assert.Equal(Lettering.WidthOf(plain, 100), Lettering.WidthOf(accented, 100));
    }

    [Fact]
    public void An_accent_takes_the_place_of_the_dot() => Assert.Equal(Ink("\u0131\u0302"), Ink("\u00ee"));

    [Fact]
    public void Unknown_characters_leave_a_blank()
    {
        Assert.Equal(0, Ink("日本 🍼 \ud83c \u0007"));
        Assert.Equal(Ink("a"), Ink("a\u200d\ufe0f"));
        foreach (var line in Enumerable.Range(0, 0x10000).Select(code => (char)code).Chunk(0x400))
            Assert.True(Lettering.WidthOf(new string(line), 40) >= 0);
        Assert.NotEmpty(SharePicture.Draw("\udc00 日本 🍼 \u0000", "\ufffe", "\uffff", "\ud800"));
    }

    [Theory]
    [InlineData(32), InlineData(180), InlineData(512)]
    public void The_icon_fills_its_square_and_keeps_the_mark_in_the_middle(int size)
    {
        using var icon = SKBitmap.Decode(AppIcon.Draw(size));

        Assert.Equal((size, size), (icon.Width, icon.Height));
        Assert.Equal(BrandColours.Plum, icon.GetPixel(0, 0));
        Assert.Equal(BrandColours.Plum, icon.GetPixel(size - 1, size - 1));
        Assert.Equal(BrandColours.Paper, icon.GetPixel(size / 2, size / 2));
    }

    static int Ink(string text)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(600, 200, SKColorType.Alpha8));
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.Transparent);
        Lettering.Draw(canvas, text, new SKPoint(40, 140), size: 100, weight: 100, SKColors.Black);
        var pixels = bitmap.GetPixelSpan();
        return pixels.Length - pixels.Count((byte)0);
    }

    static bool HasInk(SKColor[] pixels, SKRectI area) =>
        Enumerable
            .Range(area.Top, area.Height)
            .Any(y => pixels.AsSpan(y * SharePicture.Width + area.Left, area.Width).ContainsAnyExcept(BrandColours.Paper));
}
