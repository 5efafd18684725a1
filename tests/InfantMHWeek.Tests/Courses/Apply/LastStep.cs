namespace InfantMHWeek.Tests.Courses.Apply;

/// <summary>The last step of an application, sent for many drafts from a form that was opened once.</summary>
sealed class LastStep
{
    readonly HttpClient browser;
    readonly string formToken;

    LastStep(HttpClient browser, string formToken) => (this.browser, this.formToken) = (browser, formToken);

    public static async Task<LastStep> Open(HttpClient browser, string draft)
    {
        using var opened = await browser.GetAsync(Address(draft), TestContext.Current.CancellationToken);
        return new(browser, (await TestSite.Read(opened)).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!);
    }

    public async Task<HttpResponseMessage> Send(string draft)
    {
        using var typed = new FormUrlEncodedContent([new("Agreed", "true"), new("__RequestVerificationToken", formToken)]);
        return await browser.PostAsync(Address(draft), typed, TestContext.Current.CancellationToken);
    }

    /// <summary>Whether the person was told that the application has arrived.</summary>
    public static bool Acknowledges(HttpResponseMessage answer) =>
        answer.StatusCode == System.Net.HttpStatusCode.Found
        && answer.Headers.Location!.OriginalString.EndsWith("/sent", StringComparison.Ordinal);

    static Uri Address(string draft) => new($"/courses/{CourseDesk.Slug}/apply/{draft}/check", UriKind.Relative);
}
