namespace InfantMHWeek.BrowserTests;

/// <summary>The picture in README.md. With EVIDENCE set to a folder it is left there, to be laid into .github/.</summary>
public sealed class HomePictureTests(SiteUnderTest site, Chromium chromium) : BrowserTest(site, chromium)
{
    const int MostBytes = 60 * 1024;

    /// <summary>Chromium draws PNG only; it can write WebP from a canvas, on a page whose policy is not the site's.</summary>
    const string ToWebP = """
        async png => {
            const picture = new Image();
            picture.src = 'data:image/png;base64,' + png;
            await picture.decode();
            const canvas = Object.assign(document.createElement('canvas'), { width: picture.width, height: picture.height });
            canvas.getContext('2d').drawImage(picture, 0, 0);
            return canvas.toDataURL('image/webp', 0.8).split(',')[1];
        }
        """;

    [Fact]
    public async Task The_home_page_makes_a_small_picture()
    {
        var page = await Visit(1200, 750);
        await page.GotoAsync("/");
        var drawn = await page.ScreenshotAsync();
        await page.GotoAsync("about:blank");
        var picture = Convert.FromBase64String(await page.EvaluateAsync<string>(ToWebP, Convert.ToBase64String(drawn)));

        Assert.InRange(picture.Length, 5 * 1024, MostBytes);
        if (Environment.GetEnvironmentVariable("EVIDENCE") is { Length: > 0 } folder)
            await File.WriteAllBytesAsync(Path.Combine(folder, "home.webp"), picture, TestContext.Current.CancellationToken);
    }
}
