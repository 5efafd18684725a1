using System.Globalization;
using InfantMHWeek.Campaign.Calendar;
using InfantMHWeek.Platform.Time;
using static InfantMHWeek.Tests.TestContentFolder;

namespace InfantMHWeek.Tests.Campaign.Calendar;

/// <summary>The site knows by itself which of its five times it is, everywhere that speaks of it, from midnight in the UK.</summary>
public sealed class CampaignCalendarTests : IDisposable
{
    readonly TestContentFolder content = new();
    TestSite? started;

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    TestSite Site => started ??= new TestSite(content.Root);

    public void Dispose()
    {
        started?.Dispose();
        content.Dispose();
    }

    void Week(int year, string? starts, string? ends, string facts = "") =>
        content.Write(
            $"themes/{year}.md",
            Page(
                $"The week in {year}",
                facts: $"label: \"{year}\"\ntheme: Theme of "
                    + $"{year}{(starts is null ? "" : $"\nstarts: {starts}\nends: {ends}")}{(facts.Length > 0 ? "\n" + facts : "")}"
            )
        );

    /// <summary>Moves the clock to a moment of the UK, as a site that has run the whole time would find it.</summary>
    CampaignCalendar At(string moment)
    {
        var wall = DateTime.Parse(moment, CultureInfo.InvariantCulture);
        Site.Clock.SetUtcNow(new DateTimeOffset(UkTime.ToUtc(wall).Utc, TimeSpan.Zero));
        Site.Library.Refresh(openAll: false);
        return CampaignCalendar.Of(Site.Library.Current);
    }

    async Task<string> Text(string path, string selector)
    {
        using var browser = Site.Browser();
        using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        return string.Join(
            ' ',
            string.Concat((await TestSite.Read(answer)).QuerySelectorAll(selector).Select(e => e.TextContent + " "))
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        );
    }

    const string InTheWeek = "During the awareness week";

    async Task<string> Feed()
    {
        using var browser = Site.Browser();
        return await browser.GetStringAsync(new Uri("/feed.atom", UriKind.Relative), Cancel);
    }

    [Theory]
    [InlineData("2027-03-27 23:59", CampaignTime.NothingAnnounced, "2026", null)]
    [InlineData("2027-06-07 23:59", CampaignTime.NothingAnnounced, "2026", null)]
    public void With_no_week_ahead_the_last_one_leads(string moment, CampaignTime time, string lead, string? until)
    {
        Week(2025, "2025-06-09", "2025-06-15");
        Week(2026, "2026-06-08", "2026-06-14");
        var calendar = At(moment);
        Assert.Equal((time, "/themes/" + lead, until), (calendar.Time, calendar.Lead?.Path, calendar.Until));
        Assert.Null(calendar.Line);
    }

    /// <summary>
    /// From Sunday to Thursday in a leap year, across the change of clocks in spring, each side of every midnight that counts.
    /// </summary>
    [Theory]
    [InlineData("2028-01-02 23:59", CampaignTime.Announced, "in 8 weeks", null)]
    [InlineData("2028-01-03 00:00", CampaignTime.Announced, "in 8 weeks", null)]
    [InlineData("2028-01-04 00:00", CampaignTime.Soon, "in 56 days", null)]
    [InlineData("2028-02-27 23:59", CampaignTime.Soon, "in 2 days", null)]
    [InlineData("2028-02-28 00:00", CampaignTime.Soon, "tomorrow", null)]
    [InlineData("2028-02-28 23:59", CampaignTime.Soon, "tomorrow", null)]
    [InlineData("2028-02-29 00:00", CampaignTime.Running, null, "day 1 of 5")]
    [InlineData("2028-03-02 12:00", CampaignTime.Running, null, "day 3 of 5")]
    [InlineData("2028-03-04 23:59", CampaignTime.Running, null, "day 5 of 5")]
    [InlineData("2028-03-05 00:00", CampaignTime.JustOver, null, null)]
    [InlineData("2028-04-01 23:59", CampaignTime.JustOver, null, null)]
    [InlineData("2028-04-02 00:00", CampaignTime.NothingAnnounced, null, null)]
    public void A_week_comes_runs_and_goes_at_midnight_in_the_uk(string moment, CampaignTime time, string? until, string? day)
    {
        Week(2028, "2028-02-29", "2028-03-04");
        var calendar = At(moment);
        Assert.Equal((time, until, day), (calendar.Time, calendar.Until, calendar.DayOfTheWeek));
    }

    [Fact]
    public void Of_two_weeks_that_are_announced_the_nearer_leads_and_just_over_names_the_next()
    {
        Week(2027, "2027-06-06", "2027-06-12");
        Week(2028, "2028-06-12", "2028-06-18");
        Assert.Equal(("/themes/2027", "/themes/2027"), (At("2027-01-01 12:00").Lead!.Path, At("2027-01-01 12:00").Next!.Path));
        var after = At("2027-06-13 00:00");
        Assert.Equal((CampaignTime.JustOver, "/themes/2027", "/themes/2028"), (after.Time, after.Lead!.Path, after.Next!.Path));
        Assert.Equal((CampaignTime.Announced, "/themes/2028"), (At("2027-07-11 00:00").Time, At("2027-07-11 00:00").Lead!.Path));
    }

    [Fact]
    public void A_year_may_be_pinned_and_a_year_without_dates_or_pages_leads_nowhere()
    {
        Assert.Null(At("2027-01-01 12:00").Lead);
        Week(2022, "2022-06-13", "2022-06-19");
        Week(2027, "2027-06-07", "2027-06-13");
        Week(2029, starts: null, ends: null);
        content.Write("site.yml", "name: A\nfeatured-theme: 2022\n");
        var pinned = At("2027-06-08 12:00");
        Assert.Equal((CampaignTime.NothingAnnounced, "/themes/2022"), (pinned.Time, pinned.Lead!.Path));
        content.Write("site.yml", "name: A\nfeatured-theme:\n");
        Assert.Equal((CampaignTime.Running, "/themes/2027"), (At("2027-06-08 12:00").Time, At("2027-06-08 12:00").Lead!.Path));
    }

    [Fact]
    public async Task Everything_that_speaks_of_the_week_follows()
    {
        Week(2026, "2026-06-08", "2026-06-14");
        Week(2027, "2027-06-06", "2027-06-12", "topics: Fathers and partners; Sleep");
        content.Write("themes.md", Page("Themes"));

        At("2027-01-10 12:00");
        Assert.Contains("In 21 weeks", await Text("/", ".theme-band"), StringComparison.Ordinal);
        Assert.Equal("The next week is in 21 weeks: 6 to 12 June 2027", await Text("/about", ".week-line"));
        Assert.DoesNotContain("#announced", await Feed(), StringComparison.Ordinal);
        Assert.Contains(InTheWeek, await Text("/events", "#when"), StringComparison.Ordinal);
        var (before, version) = (await Share(), Site.Library.Current.Version);

        At("2027-06-05 23:59");
        Assert.Equal("The next week is tomorrow: 6 to 12 June 2027", await Text("/about", ".week-line"));
        Assert.Contains("#soon", await Feed(), StringComparison.Ordinal);

        At("2027-06-06 00:00");
        Assert.NotEqual(version, Site.Library.Current.Version);
        var home = await Text("/", ".theme-band");
        Assert.Contains("On now, day 1 of 7", home, StringComparison.Ordinal);
        Assert.Contains("Today: Fathers and partners", home, StringComparison.Ordinal);
        Assert.Equal("The week is on now: day 1 of 7", await Text("/themes/2026", ".week-line"));
        Assert.Contains("#running", await Feed(), StringComparison.Ordinal);
        Assert.Contains(InTheWeek, await Text("/events", "#when"), StringComparison.Ordinal);
        Assert.Equal("On near you during the week", await Text("/", "#on-next-title"));
        Assert.NotEqual(before, await Share());

        At("2027-06-07 09:00");
        Assert.Contains("Today: Sleep", await Text("/", ".theme-band"), StringComparison.Ordinal);
        At("2027-06-08 09:00");
        Assert.DoesNotContain("Today:", await Text("/", ".theme-band"), StringComparison.Ordinal);

        At("2027-06-13 00:00");
        Assert.Contains("Thank you to everybody who took part", await Text("/", ".theme-band"), StringComparison.Ordinal);
        Assert.Contains("#justover", await Feed(), StringComparison.Ordinal);
        Assert.DoesNotContain(InTheWeek, await Text("/events", "#when"), StringComparison.Ordinal);
        Assert.Equal("What’s on near you?", await Text("/", "#on-next-title"));

        At("2027-07-11 00:00");
        Assert.Contains("We do not know when the next week will be", await Text("/", ".theme-band"), StringComparison.Ordinal);
        Assert.Contains("The last one we know of was from 6 to 12 June 2027", await Text("/themes", "main"), StringComparison.Ordinal);
        Assert.Equal("", await Text("/about", ".week-line"));
    }

    /// <summary>Nothing of it is switched in one place: each instance looks at the dates and its own clock.</summary>
    [Fact]
    public async Task Another_instance_says_the_same_on_the_same_day()
    {
        Week(2027, "2027-06-06", "2027-06-12");
        await using var other = new TestSite(content.Root);
        foreach (var moment in (string[])["2027-06-05 23:59", "2027-06-06 00:00", "2027-06-13 00:00"])
        {
            At(moment);
            other.Clock.SetUtcNow(Site.Clock.GetUtcNow());
            other.Library.Refresh(openAll: false);
            Assert.Equal(Site.Library.Current.Version, other.Library.Current.Version);
            Assert.Equal(
                await Text("/about", ".week-line"),
                (await other.Open("/about")).QuerySelector(".week-line")!.TextContent.Trim(),
                StringComparer.Ordinal
            );
        }
    }

    [Fact]
    public async Task The_weeks_go_into_a_diary_as_whole_days_and_stay_the_same_entry()
    {
        Week(2026, "2026-06-08", "2026-06-14");
        Week(2027, "2027-06-06", "2027-06-12");
        Week(2018, starts: null, ends: null);
        async Task<Ical.Net.Calendar> Read()
        {
            using var browser = Site.Browser();
            using var answer = await browser.GetAsync(new Uri("/week.ics", UriKind.Relative), Cancel);
            Assert.Equal("text/calendar", answer.Content.Headers.ContentType!.MediaType);
            return Ical.Net.Calendar.Load(await answer.Content.ReadAsStringAsync(Cancel))!;
        }
        At("2027-01-10 12:00");
        var before = await Read();
        Assert.Equal(2, before.Events.Count);
        var week = before.Events.Single(e => e.Uid!.StartsWith("week-2027@", StringComparison.Ordinal));
        Assert.Equal((new DateOnly(2027, 6, 6), new DateOnly(2027, 6, 13), true), (week.DtStart!.Date, week.DtEnd!.Date, week.IsAllDay));
        Week(2027, "2027-06-07", "2027-06-13");
        At("2027-01-11 12:00");
        Assert.Equal(new DateOnly(2027, 6, 7), (await Read()).Events.Single(e => e.Uid == week.Uid).DtStart!.Date);
    }

    async Task<byte[]> Share()
    {
        using var browser = Site.Browser();
        return await browser.GetByteArrayAsync(new Uri("/share/home.png", UriKind.Relative), Cancel);
    }

    /// <summary>Where nothing depends on the day, nothing changes at midnight, and what was kept stays.</summary>
    [Fact]
    public void A_quiet_year_changes_nothing_at_midnight()
    {
        Week(2026, "2026-06-08", "2026-06-14");
        At("2026-11-01 12:00");
        var version = Site.Library.Current.Version;
        Assert.Null(Site.Library.Current.NextChange);
        At("2026-11-02 12:00");
        Assert.Equal(version, Site.Library.Current.Version);
    }

    [Fact]
    public void More_topics_than_days_are_told()
    {
        Week(2027, "2027-06-06", "2027-06-07", "topics: One; Two; Three");
        At("2027-01-01 12:00");
        Assert.Contains(Site.Library.Faults, f => f.Message.Contains("more topics than days", StringComparison.Ordinal));
    }
}
