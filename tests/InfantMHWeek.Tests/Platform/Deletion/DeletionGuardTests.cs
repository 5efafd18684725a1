using System.Net;
using System.Reflection;
using AngleSharp.Html.Dom;
using InfantMHWeek.Contact;
using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Interests;
using InfantMHWeek.Editing.Drafts;
using InfantMHWeek.Events;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Accounts.SigningIn;
using InfantMHWeek.Platform.Deletion;
using InfantMHWeek.Platform.Jobs;
using InfantMHWeek.Platform.Text;
using InfantMHWeek.Tests.Courses;
using InfantMHWeek.Tests.Events;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InfantMHWeek.Tests.Platform.Deletion;

/// <summary>What deletes because of time is slow to believe the time.</summary>
[BothStores]
public sealed class DeletionGuardTests : IAsyncDisposable
{
    const string Page = "/staff/health/deletion";

    /// <summary>What the guard and the runner note for themselves.</summary>
    static readonly string[] Notes = ["ClockSightings", "HeldDeletions", "Jobs"];

    readonly TestSite site = new();

    /// <summary>All that any feature forgets in time.</summary>
    List<RetentionRule> Rules()
    {
        using var scope = site.Services.CreateScope();
        var retentions = typeof(Program).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Retention)));
        return [.. retentions.SelectMany(t => ((Retention)scope.ServiceProvider.GetRequiredService(t)).Rules)];
    }

    /// <summary>Every kind of deletion that the program knows: those of rules, and those that stand for themselves.</summary>
    List<DeletionKind> Kinds()
    {
        const BindingFlags Static = BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly;
        var alone = typeof(Program)
            .Assembly.GetTypes()
            .SelectMany(t => t.GetFields(Static))
            .Where(f => f.FieldType == typeof(DeletionKind));
        return [.. Rules().Select(r => r.Kind).OfType<DeletionKind>(), .. alone.Select(f => (DeletionKind)f.GetValue(null)!)];
    }

    static CancellationToken Cancel => TestContext.Current.CancellationToken;
    DateTime Now => site.Clock.GetUtcNow().UtcDateTime;

    public ValueTask DisposeAsync() => site.DisposeAsync();

    async Task DeleteWhatIsDue()
    {
        var runner = site.Services.GetRequiredService<JobRunner>();
        foreach (var job in Kinds().Select(k => k.Job).Distinct(StringComparer.Ordinal))
            Assert.True(await runner.RunNowAsync(job, Cancel), job);
    }

    Task<List<HeldDeletion>> Held() => site.InStore(db => db.Set<HeldDeletion>().AsNoTracking().OrderBy(h => h.What).ToListAsync(Cancel));

    /// <summary>Something of every kind, as of now.</summary>
    async Task Fill()
    {
        var (desk, generated) = (new CourseDesk(site), new GeneratedEvents(3));
        var cohort = await desk.Open(places: 2);
        var person = await desk.Apply(cohort, "ann@charity.example");
        await desk.Draft(cohort, "bea@charity.example");
        (await site.SignedIn(StaffRole.Administrator)).Dispose();
        var (before, now) = (generated.Published(), Now);
        before.ContactName = "Morag";
        await site.Write(async db =>
        {
            var staff = await db.Set<StaffMember>().Select(m => m.Id).FirstAsync(Cancel);
            db.Add(new AccessNeeds { ApplicationId = person, Text = "Captions" });
            db.Add(
                new Interest
                {
                    Id = Guid.CreateVersion7(),
                    Course = CourseDesk.Slug,
                    Name = "Cara",
                    Email = EmailAddress.Parse("cara@charity.example", null),
                    AddressKey = "cara@charity.example",
                    RenewedAt = now,
                }
            );
            db.Add(Message(1));
            db.Add(before);
            db.Add(Event.Start(before.Contact, new DateTimeOffset(now), generated.Details()));
            db.Add(SampleMails.GivenUp(now));
            db.Add(
                new PageDraft
                {
                    Id = Guid.CreateVersion7(),
                    File = "about.md",
                    StaffId = staff,
                    Who = "Ana",
                    Text = "typed",
                    Stamp = 1,
                    SavedAt = now,
                    SetAsideAt = now,
                }
            );
            db.Add(
                new StaffTicket
                {
                    Id = Guid.CreateVersion7(),
                    StaffId = staff,
                    Stage = StaffStage.Reset,
                    Hash = "x",
                    ExpiresAt = now,
                }
            );
        });
        Directory.CreateDirectory(Path.Combine(site.DataPath, "mail"));
        await File.WriteAllTextAsync(
            Path.Combine(
                site.DataPath,
                "mail",
                now.ToString("yyyyMMdd-HHmmss", System.Globalization.CultureInfo.InvariantCulture) + "-x.eml"
            ),
            "a letter",
            Cancel
        );
    }

    ContactMessage Message(int number) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            Form = Guid.CreateVersion7(),
            Reference = $"A{number:0000}",
            Kind = ContactKind.Message,
            Email = EmailAddress.Parse("ann@home.example", null),
            Text = "Hello",
            At = Now,
        };

    int Letters => Directory.GetFiles(Path.Combine(site.DataPath, "mail")).Length;

    [Theory]
    [InlineData(800)]
    [InlineData(-800)]
    public async Task After_a_jump_of_the_clock_nothing_at_all_is_deleted(int days)
    {
        await site.RunsUntil(TestSite.Start);
        await Fill();
        var rows = await site.Rows(Notes);
        site.Clock.AdjustTime(TestSite.Start.AddDays(days));
        await DeleteWhatIsDue();
        await DeleteWhatIsDue();

        Assert.Equal(rows, await site.Rows(Notes));
        Assert.Equal(1, Letters);
        if (days > 0)
            Assert.All(await Held(), held => Assert.Equal(HoldReason.Clock, held.Why));
        // The control: had the site really run so long, all that was due would be gone.
        await site.RunsUntil(TestSite.Start.AddDays(days));
        await DeleteWhatIsDue();
        if (days < 0)
            Assert.Equal(rows, await site.Rows(Notes));
        else
            Assert.NotEqual(rows, await site.Rows(Notes));
        Assert.Equal(days < 0 ? 1 : 0, Letters);
        Assert.Empty(await Held());
    }

    [Fact]
    public async Task A_jump_that_is_put_right_needs_nobody()
    {
        await site.RunsUntil(TestSite.Start);
        await Fill();
        site.Clock.AdjustTime(TestSite.Start.AddDays(800));
        await DeleteWhatIsDue();
        Assert.NotEmpty(await Held());
        site.Clock.AdjustTime(TestSite.Start.AddHours(1));
        await DeleteWhatIsDue();
        Assert.Empty(await Held());
    }

    [Fact]
    public async Task A_site_that_was_off_for_months_goes_on_when_somebody_says_that_the_date_is_right()
    {
        await site.RunsUntil(TestSite.Start);
        await site.Write(db =>
        {
            db.Add(Message(1));
            return Task.CompletedTask;
        });
        site.Clock.SetUtcNow(TestSite.Start.AddDays(400));
        await DeleteWhatIsDue();

        using var browser = await site.SignedIn(StaffRole.Administrator);
        var health = await Open(browser, "/staff/health");
        Assert.Equal(Page, health.QuerySelector("section.warning a[href='" + Page + "']")?.GetAttribute("href"));
        var page = await Open(browser, Page);
        Assert.Contains("1 of 1 messages to the charity", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("400 days earlier", page.Body.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("form[action*=Delete]"));

        using (var said = await browser.Send(Page, form: "form[action*=Clock]"))
            Assert.Equal(Page + "?done=clock", said.Headers.Location!.OriginalString);
        Assert.Equal(0, await site.InStore(db => db.Set<ContactMessage>().CountAsync(Cancel)));
        Assert.Contains("Nothing waits for you", (await Open(browser, Page)).Body!.TextContent, StringComparison.Ordinal);
        Assert.True(await site.InStore(db => db.Set<AuditEntry>().AnyAsync(e => e.What == "said that the site's clock is right", Cancel)));
    }

    /// <summary>The page was opened, then the clock jumped (again): that date nobody has seen.</summary>
    [Fact]
    public async Task An_answer_about_another_date_does_not_count()
    {
        await site.RunsUntil(TestSite.Start);
        await site.Write(db =>
        {
            db.Add(Message(1));
            return Task.CompletedTask;
        });
        site.Clock.SetUtcNow(TestSite.Start.AddDays(20));
        using var browser = await site.SignedIn(StaffRole.Administrator);
        var form = (IHtmlFormElement)(await Open(browser, Page)).QuerySelector("form[action*=Clock]")!;
        using var again = await site.SignedIn(StaffRole.Administrator);
        site.Clock.SetUtcNow(TestSite.Start.AddDays(820));
        using var later = await site.SignedIn(StaffRole.Administrator);
        using (
            var said = await later.Send(
                Page,
                new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["now"] = form.QuerySelector("[name=now]")!.GetAttribute("value"),
                },
                "form[action*=Clock]"
            )
        )
            Assert.Equal(Page + "?done=moved", said.Headers.Location!.OriginalString);
        await DeleteWhatIsDue();
        Assert.Equal(1, await site.InStore(db => db.Set<ContactMessage>().CountAsync(Cancel)));
    }

    [Fact]
    public async Task A_batch_out_of_proportion_waits_until_somebody_wants_it_so()
    {
        await site.RunsUntil(TestSite.Start);
        await site.Write(db =>
        {
            db.AddRange(Enumerable.Range(0, 300).Select(Message));
            return Task.CompletedTask;
        });
        await site.RunsUntil(TestSite.Start.AddDays(200));
        await site.Write(db =>
        {
            db.AddRange(Enumerable.Range(300, 50).Select(Message));
            return Task.CompletedTask;
        });
        await site.RunsUntil(TestSite.Start.AddDays(370));
        await DeleteWhatIsDue();
        Assert.Equal((300, 350, HoldReason.Proportion), (await Held()) is [var one] ? (one.Due, one.Of, one.Why) : default);
        Assert.Equal(350, await site.InStore(db => db.Set<ContactMessage>().CountAsync(Cancel)));

        using var browser = await site.SignedIn(StaffRole.Administrator);
        using var colleague = await site.SignedIn(StaffRole.Administrator);
        var answers = await Task.WhenAll(
            browser.Send(Page, form: "form[action*=Delete]"),
            colleague.Send(Page, form: "form[action*=Delete]")
        );
        foreach (var answer in answers)
        {
            Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
            answer.Dispose();
        }
        await DeleteWhatIsDue();
        Assert.Equal(50, await site.InStore(db => db.Set<ContactMessage>().CountAsync(Cancel)));
        Assert.Empty(await Held());
        Assert.Equal(
            "300 messages to the charity",
            await site.InStore(db =>
                db.Set<AuditEntry>().Where(e => e.What == "let the site delete what waited").Select(e => e.About).FirstAsync(Cancel)
            )
        );
    }

    [Fact]
    public async Task What_was_allowed_is_not_allowed_for_many_more()
    {
        await site.RunsUntil(TestSite.Start);
        var guard = site.Services.GetRequiredService<DeletionGuard>();
        var kind = new DeletionKind("things", "a job");
        Task<bool> Ask(int due, int all) => site.Write(db => guard.AllowsAsync(db, kind, due, all, Cancel));

        Assert.True(await Ask(100, 100));
        Assert.True(await Ask(3000, 10_000));
        Assert.False(await Ask(3001, 10_000));
        await site.Write(db => guard.AllowAsync(db, "things", 3001, Cancel));
        Assert.False(await Ask(4000, 10_000));
        Assert.True(await Ask(3010, 10_000));
        Assert.False(await Ask(3010, 10_000));
        await site.Write(db => guard.AllowAsync(db, "things", 3010, Cancel));
        await site.RunsUntil(TestSite.Start.AddDays(2));
        Assert.False(await Ask(3010, 10_000));
    }

    [Fact]
    public async Task Only_an_administrator_answers()
    {
        await site.RunsUntil(TestSite.Start);
        using var author = await site.SignedIn(StaffRole.Author, StaffRole.Events, StaffRole.Courses);
        using var answer = await author.GetAsync(new Uri(Page, UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public void Every_kind_has_a_job_and_a_name_of_its_own()
    {
        var kinds = Kinds();
        Assert.True(kinds.Count >= 14, $"{kinds.Count}");
        Assert.Equal(kinds.Count, kinds.Select(k => k.What).Distinct(StringComparer.Ordinal).Count());
        // Only the codes that were used a moment ago go without asking.
        Assert.IsType<RetentionRule<UsedCode>>(Assert.Single(Rules(), r => r.Kind is null));
        var jobs = site.Services.GetServices<Job>().Select(j => j.Name).ToHashSet(StringComparer.Ordinal);
        Assert.All(kinds, kind => Assert.Contains(kind.Job, jobs));
        Assert.All(kinds, kind => Assert.InRange(kind.What.Length, 5, DeletionKind.MaxLength));
    }

    static async Task<IHtmlDocument> Open(HttpClient browser, string path)
    {
        using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        return await TestSite.Read(answer);
    }
}
