using System.Reflection;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Deletion;
using Microsoft.Extensions.DependencyInjection;

namespace InfantMHWeek.Tests.Platform.Deletion;

/// <summary>What is kept how long stands in one table: what deletes, what promises and what staff see go by it.</summary>
public sealed class RetentionPeriodsTests(RealSite real)
{
    static readonly KeptFor AMonthOfDays = KeptFor.OfDays(30),
        HalfAYear = KeptFor.OfDays(180),
        AYear = KeptFor.OfYears(1);

    /// <summary>What the charity's privacy page says in words of its own, with the period that is meant.</summary>
    static readonly (RetentionPeriod Period, KeptFor Says, string Sentence)[] Promises =
    [
        (RetentionPeriods.Organisers, AYear, "We delete your name and contact details a year after the event’s last date."),
        (RetentionPeriods.Organisers, AYear, "when the event is taken down, and otherwise a year after its last date."),
        (RetentionPeriods.UnshownEvents, AYear, "An event that never appeared here is deleted after a year."),
        (RetentionPeriods.BookedDates, AMonthOfDays, "We delete them 30 days after the date,"),
        (RetentionPeriods.PlacesGivenUp, AMonthOfDays, "or 30 days after you gave the place back."),
        (RetentionPeriods.ServiceContacts, AYear, "we delete your name and contact details after a year."),
        (RetentionPeriods.UnshownServices, AYear, "A service that never appeared here is deleted after a year."),
        (RetentionPeriods.StaffSessions, AMonthOfDays, "We note when you signed in, and delete that after 30 days."),
        (RetentionPeriods.StaffBrowsers, HalfAYear, "and forget each one half a year after you last used it."),
        (RetentionPeriods.AuditLines(new AuditSettings().KeepMonths), KeptFor.OfMonths(24), "after a set time, normally two years."),
    ];

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_privacy_page_says_what_is_done()
    {
        var page = await real.Open("/privacy");
        var text = string.Join(' ', page.QuerySelector("main")!.TextContent.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
        Assert.All(Promises, promise =>
        {
            Assert.Equal(promise.Says, promise.Period.For);
            Assert.Contains(promise.Sentence, text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Each_line_of_the_table_is_what_one_rule_goes_by_and_staff_see_it()
    {
        await using var site = new TestSite();
        await using var shorter = site.WithWebHostBuilder(host => host.UseSetting("Contact:KeepMonths", "3"));
        var rules = RulesOf(shorter.Services).Select(r => r.Period).OfType<RetentionPeriod>().ToList();
        Assert.Equal(Table().Order(StringComparer.Ordinal), rules.Select(p => p.What).Order(StringComparer.Ordinal));
        Assert.Contains(rules, p => p is { Setting: "Contact:KeepMonths", HowLong: "3 months after they came" });
        Assert.All(rules, p => Assert.NotEmpty(p.Why));

        using var administrator = await site.SignedIn(StaffRole.Administrator);
        using var answer = await administrator.GetAsync(new Uri("/staff/health/deletion", UriKind.Relative), Cancel);
        var seen = await TestSite.Read(answer);
        var rows = seen.QuerySelectorAll("[aria-labelledby=periods] tbody tr").ToList();
        Assert.Equal(rules.Count, rows.Count);
        var messages = rows.Single(r => r.LastElementChild!.TextContent == "Contact:KeepMonths");
        Assert.Equal("12 months after they came", messages.Children[1].TextContent);
    }

    /// <summary>Only what is nobody's any more has no line: it lasts minutes.</summary>
    [Fact]
    public async Task What_is_asked_of_a_person_before_it_goes_has_a_period()
    {
        await using var site = new TestSite();
        Assert.All(RulesOf(site.Services), rule => Assert.Equal(rule.Kind is null, rule.Period is null));
    }

    static List<RetentionRule> RulesOf(IServiceProvider services)
    {
        using var scope = services.CreateScope();
        return [.. scope.ServiceProvider.GetServices<Retention>().SelectMany(r => r.Rules)];
    }

    /// <summary>What each line is about; one whose length is a setting is a function of it.</summary>
    static IEnumerable<string> Table() =>
        typeof(RetentionPeriods)
            .GetMembers(BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly)
            .Select(member =>
                member switch
                {
                    FieldInfo field => field.GetValue(null),
                    MethodInfo line => line.Invoke(null, [1]),
                    _ => null,
                }
            )
            .OfType<RetentionPeriod>()
            .Select(p => p.What);

    [Fact]
    public void A_year_is_a_year_and_is_said_so()
    {
        Assert.Equal(new DateTime(2027, 3, 1), KeptFor.OfYears(1).Before(new(2028, 3, 1)));
        Assert.Equal(("a year", "6 years"), (KeptFor.OfYears(1).InWords(), KeptFor.OfYears(6).InWords()));
        Assert.Equal(("a month", "12 months"), (KeptFor.OfMonths(1).InWords(), KeptFor.OfMonths(12).InWords()));
        Assert.Equal(("a day", "0 days"), (KeptFor.OfDays(1).InWords(), KeptFor.OfDays(0).InWords()));
    }
}
