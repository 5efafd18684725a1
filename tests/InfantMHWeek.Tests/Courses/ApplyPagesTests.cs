using System.Globalization;
using System.Net;
using AngleSharp.Dom;
using InfantMHWeek.Courses;
using Microsoft.EntityFrameworkCore;
using static System.Net.HttpStatusCode;

namespace InfantMHWeek.Tests.Courses;

/// <summary>From the course page to a confirmed place, through the pages that people see.</summary>
public sealed class ApplyPagesTests : IAsyncDisposable
{
    const string Course = "/courses/" + CourseDesk.Slug;
    readonly TestSite site = new();
    readonly CourseDesk desk;

    public ApplyPagesTests() => desk = new(site);

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static Dictionary<string, string?> Typed(params (string Name, string? Value)[] fields) => fields.ToDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal);

    /// <summary>Starts an application; the address of its pages.</summary>
    static async Task<string> Start(HttpClient browser)
    {
        using var started = await browser.Send(Course + "/apply");
        Assert.Equal(Found, started.StatusCode);
        var first = started.Headers.Location!.OriginalString;
        Assert.EndsWith("/about", first, StringComparison.Ordinal);
        return first[..^"/about".Length];
    }

    static async Task<string> Answer(HttpClient browser, string page, params (string Name, string? Value)[] fields)
    {
        using var answer = await browser.Send(page, Typed(fields));
        Assert.True(answer.StatusCode == Found, $"{page}: {answer.StatusCode} {string.Join(" ", (await TestSite.Read(answer)).QuerySelectorAll(".error-summary li").Select(e => e.TextContent))}");
        return answer.Headers.Location!.OriginalString;
    }

    static async Task<string> FillIn(HttpClient browser, string email = "morag+course@charity.example")
    {
        var draft = await Start(browser);
        Assert.Equal(draft + "/you", await Answer(browser, draft + "/about", ("Kind", "charity"), ("WorksWith", "mothers"), ("Nation", "scotland")));
        Assert.Equal(draft + "/organisation", await Answer(browser, draft + "/you", ("Name", "Morag O'Neill"), ("Email", email), ("Role", "Worker")));
        Assert.Equal(draft + "/colleagues", await Answer(browser, draft + "/organisation", ("Name", "Little Steps"), ("CharityNumber", "SC012345")));
        Assert.Equal(draft + "/needs", await Answer(browser, draft + "/colleagues"));
        Assert.Equal(draft + "/check", await Answer(browser, draft + "/needs", ("Text", "Captions,\nplease")));
        return draft;
    }

    [Fact]
    public async Task The_course_page_says_plainly_what_is_free_and_offers_one_action()
    {
        var before = await site.Open(Course);
        Assert.Equal(Course + "/interest", Assert.Single(before.QuerySelectorAll(".notice .action a")).GetAttribute("href"));

        var cohort = await desk.Open(places: 1);
        var open = await site.Open(Course);
        Assert.Contains("There is 1 place left.", open.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(Course + "/apply", Assert.Single(open.QuerySelectorAll(".notice .action a")).GetAttribute("href"));
        Assert.Equal(6, open.QuerySelectorAll(".notice ol li").Length);
        var data = System.Text.Json.Nodes.JsonNode.Parse(open.QuerySelector("script[type='application/ld+json']")!.TextContent)!;
        Assert.Equal(1, (int)data["hasCourseInstance"]![0]!["remainingAttendeeCapacity"]!);
        Assert.Equal("2026-07-27T10:00+01:00", (string)data["hasCourseInstance"]![0]!["subEvent"]![0]!["startDate"]!);

        await desk.Apply(cohort, "a@charity.example");
        var full = await site.Open(Course);
        Assert.Contains("All places are taken.", full.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Join the waiting list", full.QuerySelector(".notice .action a")!.TextContent);

        using var browser = site.Browser();
        using var answer = await browser.GetAsync(new Uri(Course, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.NotNull(answer.Headers.ETag);
    }

    [Fact]
    public async Task An_application_goes_from_the_first_page_to_a_held_place_with_one_mail()
    {
        var cohort = await desk.Open(places: 3);
        using var browser = site.Browser();
        var draft = await FillIn(browser);
        var check = await site.Open(draft + "/check");
        Assert.Contains("Morag O'Neill", check.Body!.TextContent, StringComparison.Ordinal);

        using (var refused = await browser.Send(draft + "/check"))
            Assert.Equal("#Agreed", (await TestSite.Read(refused)).QuerySelector(".error-summary a")!.GetAttribute("href"));
        Assert.Equal(draft + "/sent", await Answer(browser, draft + "/check", ("Agreed", "true")));

        var sent = await site.Open(draft + "/sent");
        var application = Assert.Single(await desk.In(cohort));
        Assert.Equal(application.Reference, sent.QuerySelector(".reference")!.TextContent);
        Assert.Equal((ApplicationState.Held, "morag+course@charity.example", "Morag O'Neill"), (application.State, application.Email.Text, application.Name));
        Assert.Equal("Captions,\nplease", await site.InStore(db => db.Set<AccessNeeds>().Select(n => n.Text).SingleAsync(TestContext.Current.CancellationToken)));
        Assert.Equal("{}", await site.InStore(db => db.Set<ApplicationDraft>().Select(d => d.Answers).SingleAsync(TestContext.Current.CancellationToken)));

        // Back and once more: it stays one application, with the same reference.
        using (var again = await browser.GetAsync(new Uri(draft + "/check", UriKind.Relative), TestContext.Current.CancellationToken)) Assert.Equal(draft + "/sent", again.Headers.Location!.OriginalString);
        Assert.Single(await desk.Mails());

        var place = await desk.LinkIn("morag+course@charity.example", "course-place-held");
        Assert.Contains("We are holding a place for you", (await site.Open(place)).QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(place, await Answer(browser, place, ("wish", "accept")));
        Assert.Equal(ApplicationState.Accepted, await desk.StateOf(application.Id));
        Assert.NotNull((await desk.Find(application.Id)).AddressUsedAt);
    }

    [Fact]
    public async Task Whom_the_course_is_not_for_is_told_so_first_and_kindly()
    {
        await desk.Open(places: 3);
        using var browser = site.Browser();
        var draft = await Start(browser);
        Assert.Equal(draft + "/not-this-time", await Answer(browser, draft + "/about", ("Kind", "business"), ("WorksWith", "fathers"), ("Nation", "wales")));
        Assert.Contains("third-sector organisations", (await site.Open(draft + "/not-this-time")).Body!.TextContent, StringComparison.Ordinal);
        using var skipped = await browser.GetAsync(new Uri(draft + "/check", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(draft + "/not-this-time", skipped.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("you", "Name", "", "Enter your name.")]
    [InlineData("you", "Name", "300", "Use 100 characters or fewer.")]
    [InlineData("you", "Email", "morag at charity", "in the usual form")]
    [InlineData("you", "Email", "morag@gmial.com", "Did you mean morag@gmail.com?")]
    [InlineData("you", "Website", "https://spam.example", "a program had filled it in")]
    [InlineData("organisation", "Name", " ", "Enter the name of your organisation.")]
    [InlineData("about", "Kind", "<script>", "Choose the kind of organisation.")]
    [InlineData("colleagues", "People[1].Name", "Bea", "Enter an email address.")]
    [InlineData("needs", "Text", "1200", "Use 1,000 characters or fewer.")]
    public async Task What_cannot_be_used_is_said_at_its_field_and_nothing_is_lost(string page, string field, string value, string words)
    {
        await desk.Open(places: 3);
        using var browser = site.Browser();
        var draft = await Start(browser);
        await Answer(browser, draft + "/about", ("Kind", "charity"), ("WorksWith", "mothers"), ("Nation", "scotland"));
        var typed = Typed(("Name", "Jo"), ("Email", "jo@charity.example"), ("Role", "<b>Worker</b>"), ("Kind", "charity"), ("WorksWith", "mothers"), ("Nation", "scotland"));
        typed[field] = int.TryParse(value, CultureInfo.InvariantCulture, out var length) ? new string('x', length) : value;

        using var answer = await browser.Send($"{draft}/{page}", typed);
        Assert.Equal(OK, answer.StatusCode);
        var shown = await TestSite.Read(answer);
        Assert.StartsWith("Error: ", shown.Title, StringComparison.Ordinal);
        Assert.Contains(words, shown.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        if (field is "Website") return;
        var link = shown.QuerySelector(".error-summary a")!.GetAttribute("href")!;
        var control = shown.QuerySelector(link.Replace("[", "\\[", StringComparison.Ordinal))!;
        if (page != "about") Assert.Equal("true", control.GetAttribute("aria-invalid"));
        if (page == "you") Assert.Equal("<b>Worker</b>", shown.QuerySelector("#Role")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_strange_address_that_is_sent_again_is_taken_as_it_is()
    {
        await desk.Open(places: 3);
        using var browser = site.Browser();
        var draft = await Start(browser);
        await Answer(browser, draft + "/about", ("Kind", "charity"), ("WorksWith", "mothers"), ("Nation", "scotland"));
        using var asked = await browser.Send(draft + "/you", Typed(("Name", "Ng"), ("Email", "o@gmial.com")));
        var form = (AngleSharp.Html.Dom.IHtmlFormElement)(await TestSite.Read(asked)).QuerySelector("main form")!;
        using var taken = await browser.Send(form, draft + "/you");
        Assert.Equal(draft + "/organisation", taken.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task A_group_that_closes_while_somebody_writes_says_so_and_keeps_the_answers()
    {
        var cohort = await desk.Open(places: 3);
        using var browser = site.Browser();
        var draft = await FillIn(browser);
        await site.InStore(db => db.Set<Cohort>().ExecuteUpdateAsync(set => set.SetProperty(c => c.ClosesAt, desk.Now)));

        using var answer = await browser.Send(draft + "/check", Typed(("Agreed", "true")));
        Assert.Contains("closed while you were writing", (await TestSite.Read(answer)).Body!.TextContent, StringComparison.Ordinal);
        Assert.Empty(await desk.In(cohort));
        Assert.Contains("Little Steps", (await site.Open(draft + "/check")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Applying_again_gives_the_same_page_and_nothing_of_the_first_application()
    {
        var cohort = await desk.Open(places: 3);
        using var browser = site.Browser();
        var first = await FillIn(browser, "ann@charity.example");
        await Answer(browser, first + "/check", ("Agreed", "true"));
        var second = await FillIn(browser, "ANN@charity.example");
        await Answer(browser, second + "/check", ("Agreed", "true"));

        static string Plain(IDocument page) => page.QuerySelector("main")!.TextContent.Replace(page.QuerySelector(".reference")!.TextContent, "", StringComparison.Ordinal);
        Assert.Equal(Plain(await site.Open(first + "/sent")), Plain(await site.Open(second + "/sent")));
        Assert.Single(await desk.In(cohort));
    }

    [Fact]
    public async Task A_link_that_is_swapped_truncated_or_in_another_case_is_the_same_not_found()
    {
        var cohort = await desk.Open(places: 3);
        using var browser = site.Browser();
        var draft = await FillIn(browser, "ann@charity.example");
        await Answer(browser, draft + "/check", ("Agreed", "true"));
        var place = await desk.LinkIn("ann@charity.example", "course-place-held");
        var token = place["/courses/places/".Length..];
        var draftToken = draft[(draft.LastIndexOf('/') + 1)..];
        var swapped = new string([.. token.Select(c => char.IsLower(c) ? char.ToUpperInvariant(c) : char.ToLowerInvariant(c))]);

        string? same = null;
        foreach (var path in new[] { token[..^1], token + "A", swapped, draftToken, new string('a', 32), "%25", "..%2f" }.Select(t => "/courses/places/" + t)
            .Concat([$"{Course}/apply/{token}/you", $"{Course}/interest/{token}", $"/courses/other/apply/{draftToken}/sent", "/courses/places/take-over/" + token, $"/courses/places/{swapped}/data", $"/courses/places/{swapped}.ics", "/courses/certificates/BCDF-BCDF-BCDF-BCDF"]))
        {
            using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.True(answer.StatusCode == NotFound, $"{path}: {answer.StatusCode}");
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            if (path.Contains('%', StringComparison.Ordinal)) continue;
            Assert.Equal(same ??= text, text);
        }
        Assert.Equal(ApplicationState.Held, Assert.Single(await desk.In(cohort)).State);
    }

    [Fact]
    public async Task Pages_behind_a_link_are_not_stored_tell_no_referrer_and_change_nothing_when_opened()
    {
        var cohort = await desk.Open(places: 1);
        using var browser = site.Browser();
        var first = await desk.Apply(cohort, "ann@charity.example");
        await desk.Apply(cohort, "bea@charity.example");
        await desk.GiveUp(first);
        var place = await desk.LinkIn("bea@charity.example", "course-place-offered");
        var before = (await desk.In(cohort)).Select(a => (a.State, a.Name, a.AddressUsedAt)).ToList();
        foreach (var path in new[] { place, place + "/cancel", place + "/details", place + "/data" })
        {
            using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(OK, answer.StatusCode);
            Assert.Contains("no-store", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
            Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        }
        Assert.Equal(before, (await desk.In(cohort)).Select(a => (a.State, a.Name, a.AddressUsedAt)));
    }

    [Fact]
    public async Task What_a_form_does_not_ask_for_cannot_be_set()
    {
        var cohort = await desk.Open(places: 1);
        using var browser = site.Browser();
        await desk.Apply(cohort, "ann@charity.example");
        var place = await desk.LinkIn("ann@charity.example", "course-place-held");
        var fields = typeof(Application).GetProperties().Select(p => (Name: p.Name, Value: (string?)"1")).Concat(typeof(Application).GetProperties().Select(p => (Name: "Place." + p.Name, Value: (string?)"1")))
            .Where(f => f.Name is not ("Name" or "Role")).Append((Name: "Name", Value: "Ann")).Append((Name: "Role", Value: null)).DistinctBy(f => f.Name, StringComparer.Ordinal).ToArray();
        var before = Assert.Single(await desk.In(cohort));

        await Answer(browser, place + "/details", fields);
        var after = Assert.Single(await desk.In(cohort));
        Assert.Equal("Ann", after.Name);
        foreach (var property in typeof(Application).GetProperties().Where(p => p.CanWrite && p.Name is not ("Name" or "Role" or "Cohort" or "Steps"))) Assert.Equal(property.GetValue(before), property.GetValue(after));
    }

    [Fact]
    public async Task A_place_passes_to_a_colleague_only_with_their_yes()
    {
        var cohort = await desk.Open(places: 1);
        using var browser = site.Browser();
        var id = await desk.Apply(cohort, "ann@charity.example");
        var waiting = await desk.Apply(cohort, "bea@charity.example");
        var place = await desk.LinkIn("ann@charity.example", "course-place-held");
        await Answer(browser, place + "/hand-over", ("Name", "Bea"), ("Email", "bea@charity.example"));
        Assert.Equal("ann@charity.example", (await desk.Find(id)).Email.Text);

        var link = await desk.LinkIn("bea@charity.example", "course-hand-over");
        using (var taken = await browser.Send(link)) Assert.Contains("The place is yours", (await TestSite.Read(taken)).Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(("bea@charity.example", "Bea", ApplicationState.Accepted), ((await desk.Find(id)).Email.Text, (await desk.Find(id)).Name, await desk.StateOf(id)));
        Assert.Equal(ApplicationState.Withdrawn, await desk.StateOf(waiting));
        Assert.Equal(1, (await desk.Run(cohort)).PlacesTaken);
        Assert.Equal("course-handed-over course-place-held", await desk.KindsTo("ann@charity.example"));
        foreach (var path in new[] { place, link })
        {
            using var old = await browser.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(NotFound, old.StatusCode);
        }
    }

    [Fact]
    public async Task A_person_can_take_their_data_along_and_have_all_of_it_deleted()
    {
        var cohort = await desk.Open(places: 1);
        using var browser = site.Browser();
        await desk.Apply(cohort, "ann@charity.example");
        var waiting = await desk.Apply(cohort, "bea@charity.example");
        var place = await desk.LinkIn("ann@charity.example", "course-place-held");

        using (var file = await browser.Send(place + "/data", form: "form[action*=xport]")) Assert.Contains("ann@charity.example", await file.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using (var gone = await browser.Send(place + "/data", form: "form[action*=elete]")) Assert.Equal("/courses/deleted", gone.Headers.Location!.OriginalString);
        Assert.Equal(ApplicationState.Offered, await desk.StateOf(waiting));
        Assert.Empty(await desk.MailsTo("ann@charity.example"));
        Assert.Equal(1, await site.InStore(db => db.Set<CourseTally>().SumAsync(t => t.Count, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task The_diary_file_keeps_each_session_under_its_own_name()
    {
        var cohort = await desk.Open(places: 1);
        await desk.Apply(cohort, "ann@charity.example");
        var place = await desk.LinkIn("ann@charity.example", "course-place-held");
        using var browser = site.Browser();
        async Task<Ical.Net.Calendar> Open() => Ical.Net.Calendar.Load(await browser.GetStringAsync(new Uri(place + ".ics", UriKind.Relative), TestContext.Current.CancellationToken))!;
        var before = await Open();
        Assert.Equal(6, before.Events.Count);
        Assert.Equal(new DateTime(2026, 7, 27, 9, 0, 0, DateTimeKind.Utc), before.Events[0]!.Start!.AsUtc);

        await site.InStore(async db =>
        {
            var run = await db.Set<Cohort>().Include(c => c.Sessions).SingleAsync();
            var session = run.InOrder.First();
            session.Place = "Hall; 1, High Street\r\nATTENDEE:x";
            Assert.True(session.TryMove(session.Date.AddDays(1), new(18, 0), new(19, 30)));
            run.SessionsChanged();
            return await db.SaveChangesAsync();
        });
        var after = await Open();
        Assert.Equal(before.Events[0]!.Uid, after.Events[0]!.Uid);
        Assert.Equal((0, 1), (before.Events[0]!.Sequence, after.Events[0]!.Sequence));
        Assert.Equal(new DateTime(2026, 7, 28, 17, 0, 0, DateTimeKind.Utc), after.Events[0]!.Start!.AsUtc);
        Assert.Empty(after.Events[0]!.Attendees);
        var mail = (await desk.MailsTo("ann@charity.example"))[0];
        Assert.Equal(6, Ical.Net.Calendar.Load(mail.Calendar!)!.Events.Count);
    }
}
