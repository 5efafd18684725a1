using System.Net;
using System.Text;
using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Editing.Drafts;
using InfantMHWeek.Events;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Jobs;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Tests.Courses;
using InfantMHWeek.Tests.Courses.Apply;
using InfantMHWeek.Tests.Staff;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using static InfantMHWeek.Tests.FormPosting;

namespace InfantMHWeek.Tests.Platform.Store;

/// <summary>Every released version is brought to today's with its data, as whoever runs the site does it, on either engine.</summary>
[OneStore("It puts a kept site on each engine itself.")]
public sealed class UpgradeTests : IDisposable
{
    /// <summary>
    /// Where a table has another number of rows after the upgrade from a version, and why. What is not named keeps each of its rows; a
    /// table that is new is empty.
    /// </summary>
    static readonly Dictionary<string, Dictionary<string, long>> Changed = new(StringComparer.Ordinal)
    {
        ["1.0"] = new(StringComparer.Ordinal)
        {
            // When each job is due is entered anew by the first look at them.
            ["ChoreTurns"] = 0,
            // Links are tickets now.
            ["StaffLinks"] = 0,
            ["StaffTickets"] = 4,
            // A count by state, nation and kind together has become one of each: 3 + 3 + 3 of the group of 2024, 1 + 1 + 1 of the other.
            ["CourseTallies"] = 12,
        },
    };

    static readonly DateTime OfferedUntil = new(2026, 12, 2, 9, 0, 0, DateTimeKind.Utc);

    readonly string data = Directory.CreateTempSubdirectory("imhw-upgrade-").FullName;

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(data, recursive: true);

    [Theory]
    [MemberData(nameof(KeptReleases.All), MemberType = typeof(KeptReleases))]
    public async Task A_release_keeps_every_row(string version, string engine)
    {
        var store = KeptReleases.PutBack(version, engine, data);
        var before = StoreSchema.Counts(store);
        Assert.All(before, table => Assert.NotEqual(0, table.Value));
        await Run("db migrate", store);
        Assert.Empty(await ProblemsOf(store, version, before));

        // As a new site is made, but for the rows.
        var fresh =
            engine == "postgres"
                ? TestStore.EmptyOnServer()
                : KeptReleases.FileIn(Directory.CreateDirectory(Path.Combine(data, "f")).FullName);
        using (var db = StoreServices.Open(fresh))
            await db.Database.EnsureCreatedAsync(Cancel);
        Assert.Equal(StoreSchema.Shape(fresh), StoreSchema.Shape(store));

        // A second time there is nothing to do.
        Assert.DoesNotContain("Made the change", await Run("db migrate", store), StringComparison.Ordinal);
        await Run("db check", store);
    }

    /// <summary>What a process that was killed in the middle leaves in SQLite: the row that says somebody is at it.</summary>
    [Fact]
    public async Task An_upgrade_that_was_killed_is_begun_again()
    {
        var store = KeptReleases.PutBack("1.0", "sqlite", data);
        var before = StoreSchema.Counts(store);
        StoreSchema.Do(store, "INSERT INTO \"__EFMigrationsLock\" VALUES (1, '2026-11-29 10:00:00')");
        await Run("db migrate", store);
        Assert.Empty(await ProblemsOf(store, "1.0", before));
    }

    /// <summary>The control: each step that brings data over is needed.</summary>
    [Theory]
    [InlineData(nameof(Version1_1Data.TakeOverLinks))]
    [InlineData(nameof(Version1_1Data.BringTalliesBack))]
    [InlineData(nameof(Version1_1Data.AllowHandOvers))]
    [InlineData(nameof(Version1_1Data.NumberPositions))]
    [InlineData(nameof(Version1_1Data.SortMails))]
    [InlineData(nameof(Version1_1Data.CompareOrganisations))]
    public async Task Without_one_of_its_steps_an_upgrade_of_1_0_is_found_out(string step)
    {
        var without = step switch
        {
            nameof(Version1_1Data.TakeOverLinks) => Version1_1Data.TakeOverLinks,
            nameof(Version1_1Data.BringTalliesBack) => Version1_1Data.BringTalliesBack(Version1_1Data.NewIdInSqlite),
            nameof(Version1_1Data.AllowHandOvers) => Version1_1Data.AllowHandOvers,
            nameof(Version1_1Data.NumberPositions) => Version1_1Data.NumberPositions,
            nameof(Version1_1Data.SortMails) => Version1_1Data.SortMails,
            _ => Version1_1Data.CompareOrganisations,
        };
        var store = KeptReleases.PutBack("1.0", "sqlite", data);
        var before = StoreSchema.Counts(store);
        if (step == nameof(Version1_1Data.NumberPositions))
            Assert.Contains(
                "UNIQUE",
                Assert.Throws<Microsoft.Data.Sqlite.SqliteException>(() => Migrate(store, without)).Message,
                StringComparison.Ordinal
            );
        else
        {
            Migrate(store, without);
            Assert.NotEmpty(await ProblemsOf(store, "1.0", before));
        }
    }

    /// <summary>And with all of them this way is as good as the command.</summary>
    [Fact]
    public async Task With_all_its_steps_it_is_not()
    {
        var store = KeptReleases.PutBack("1.0", "sqlite", data);
        var before = StoreSchema.Counts(store);
        Migrate(store, without: null);
        Assert.Empty(await ProblemsOf(store, "1.0", before));
    }

    static void Migrate(string store, string? without)
    {
        using var db = StoreServices.Open(store);
        var (known, generator) = (db.GetService<IMigrationsAssembly>(), db.GetService<IMigrationsSqlGenerator>());
        foreach (var due in db.Database.GetPendingMigrations().ToList())
        {
            var all = known.CreateMigration(known.Migrations[due], db.Database.ProviderName!).UpOperations;
            var commands = generator.Generate([.. all.Where(o => o is not SqlOperation sql || sql.Sql != without)]);
            db.GetService<IMigrationCommandExecutor>().ExecuteNonQuery(commands, db.GetService<IRelationalConnection>());
            StoreSchema.Do(store, $"INSERT INTO \"__EFMigrationsHistory\" VALUES ('{due}', '10')");
        }
    }

    /// <summary>What is not as it should be after an upgrade, a sentence each.</summary>
    static async Task<IReadOnlyList<string>> ProblemsOf(string store, string version, IReadOnlyDictionary<string, long> before)
    {
        var problems = new List<string>(StoreSchema.Broken(store));
        var after = StoreSchema.Counts(store);
        foreach (var table in before.Keys.Union(after.Keys, StringComparer.Ordinal))
        {
            var wanted =
                Changed.GetValueOrDefault(version)?.TryGetValue(table, out var said) == true ? said : before.GetValueOrDefault(table);
            var found = after.GetValueOrDefault(table);
            if (found != wanted)
                problems.Add($"{table}: {found} rows instead of {wanted}");
        }
        await using var db = StoreServices.Open(store);
        foreach (var type in db.Model.GetEntityTypes().Where(t => !t.IsOwned()))
        {
            var (table, read) = (type.GetTableName()!, await ReadAll(db, type.ClrType));
            if (read != after[table])
                problems.Add($"{table}: {read} of {after[table]} can be read");
        }
        if (version == "1.0")
            problems.AddRange(await ProblemsOf1_0(db));
        return problems;
    }

    static async Task<int> ReadAll(SiteDb db, Type type)
    {
        var set = (IQueryable<object>)typeof(DbContext).GetMethod(nameof(DbContext.Set), [])!.MakeGenericMethod(type).Invoke(db, [])!;
        return (await set.ToListAsync(Cancel)).Count;
    }

    /// <summary>What the rows of 1.0 have to say now.</summary>
    static async Task<IReadOnlyList<string>> ProblemsOf1_0(SiteDb db)
    {
        var problems = new List<string>();
        var people = await db.Set<Application>().Include(a => a.Cohort).ToListAsync(Cancel);
        foreach (var one in people)
        {
            if (one.OrganisationKey != Organisations.NameKey(one.Organisation))
                problems.Add($"{one.Organisation} is {one.OrganisationKey}");
            if (one.CharityKey != Organisations.NumberKey(one.CharityNumber))
                problems.Add($"{one.CharityNumber} is {one.CharityKey}");
            if (one.Cohort.LastPosition < one.Position)
                problems.Add($"{one.Cohort.Name} will give the position {one.Position} again");
            if (one.State == ApplicationState.Offered && one.KeptUntil != OfferedUntil)
                problems.Add("An offer has lost its day");
        }
        // Those of the open group in their order: two had the second position.
        var waiting = people.Where(a => a.Cohort.Name == "Spring 2027").OrderBy(a => a.Position);
        var order = string.Join(' ', waiting.Select(a => $"{a.Position}{a.Name[0]}"));
        if (order != "1H 2O 3W 4R")
            problems.Add("The waiting list is " + order);
        // As they were, where each had its own.
        var kept = string.Join(' ', people.Where(a => a.Cohort.Name == "Autumn 2024").Select(a => a.Position).Order());
        if (kept != "3 7 12")
            problems.Add("The old group is " + kept);
        foreach (var mail in await db.Set<OutboxMail>().ToListAsync(Cancel))
        {
            if (mail.Reader != mail.To.Key)
                problems.Add($"{mail.To} is compared as {mail.Reader}");
            if (mail.Lane != MailLanes.Of(mail.Kind))
                problems.Add($"{mail.Kind} leaves as {mail.Lane}");
        }
        if (await db.Set<HandOver>().AnyAsync(h => h.AllowedAt == null, Cancel))
            problems.Add("A hand-over that was mailed waits for the staff");
        var key = (await db.Set<IdentityUserPasskey<Guid>>().SingleAsync(Cancel)).Data.PublicKey;
        if (Encoding.UTF8.GetString(key) != "kept public key of Ada")
            problems.Add("The passkey has another key: " + Convert.ToHexString(key));
        return problems;
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_site_of_1_0_is_itself_after_the_upgrade(string engine)
    {
        await using var site = await Upgraded(engine);
        using var browser = site.Browser();
        await Shows(browser, "/health/ready", "ready");

        // Whoever has a link still opens with it what was theirs.
        await Shows(browser, "/courses/places/" + KeptReleases.OfferedPlace, "There is a place for you");
        await Shows(browser, "/courses/places/" + KeptReleases.OfferedPlace + "/data", "What we keep about you");
        await Shows(browser, "/courses/places/take-over/" + KeptReleases.HandOver, "Take a colleague");
        await Shows(browser, ApplyForms.Course + "/interest/" + KeptReleases.Interest, "You are on our list");
        await Shows(browser, "/courses/certificates/BCDF-GHJK-LMNP-2345", "Tess Trail");
        await Shows(browser, "/events/manage/" + KeptReleases.Organiser, "Your change is waiting to be read");
        await Shows(browser, "/events/walk-talk-prams-welcome-00000002", "We walk in all weathers.");
        await Shows(browser, "/events?from=2027-06-01", "Walk & talk");
        Assert.Equal(HttpStatusCode.Found, await AccountSite.StatusOf(browser, ApplyForms.Course + "/apply/" + KeptReleases.Draft));
        Assert.Equal(HttpStatusCode.NotFound, await AccountSite.StatusOf(browser, "/staff/reset/" + KeptReleases.UsedReset));

        // And goes on with it: the offer is accepted, and whoever applies comes after all others.
        using (var accepted = await browser.Send("/courses/places/" + KeptReleases.OfferedPlace, Fields(("wish", "accept"))))
            Assert.Equal(HttpStatusCode.Found, accepted.StatusCode);
        var desk = new CourseDesk(site);
        var open = await site.InStore(db => db.Set<Cohort>().Where(c => c.Name == "Spring 2027").Select(c => c.Id).SingleAsync(Cancel));
        await desk.Apply(open, "morag@charity.example");
        Assert.Equal("Held Accepted Waiting Waiting Waiting", string.Join(' ', (await desk.In(open)).Select(a => a.State)));
        Assert.Equal(5, (await desk.In(open))[^1].Position);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Its_staff_find_their_work_and_the_way_in(string engine)
    {
        await using var site = await Upgraded(engine);
        using (var invited = site.Browser())
            await AccountSite.Join(invited, "/staff/join/" + KeptReleases.Invitation, "Eve Evans");
        using var browser = site.Browser();
        using (var known = await AccountSite.TryPassword(browser, "ada@week.example", KeptReleases.Password))
            Assert.Equal("/staff/code", known.Headers.Location?.OriginalString);
        using (var proven = await AccountSite.TryCode(browser, KeptReleases.CodeOnPaper))
            Assert.StartsWith("/staff", proven.Headers.Location?.OriginalString, StringComparison.Ordinal);

        var cohorts = await site.InStore(db => db.Set<Cohort>().ToDictionaryAsync(c => c.Name, c => c.Id, Cancel));
        await Shows(browser, "/staff", "");
        await Shows(browser, "/staff/people", "Cal Ŵynne");
        foreach (var person in await site.InStore(db => db.Set<StaffMember>().ToListAsync(Cancel)))
            await Shows(browser, $"/staff/people/{person.Id}", person.Name);
        await Shows(browser, "/staff/account", "Ada Ashworth");
        await Shows(browser, "/staff/account/passkeys", "Ada's laptop");
        await Shows(browser, "/staff/courses", "Winter 2023");
        foreach (var (name, id) in cohorts)
        {
            await Shows(browser, $"/staff/courses/{id}", name);
            await Shows(browser, $"/staff/courses/{id}/numbers", "Numbers");
            await Shows(browser, $"/staff/courses/{id}/applications", "");
        }
        foreach (var one in await site.InStore(db => db.Set<Application>().ToListAsync(Cancel)))
            await Shows(browser, $"/staff/courses/applications/{one.Id}", one.Name);
        // 3 and 1 of England who were forgotten, and one who is stored.
        var england = await RowOf(browser, $"/staff/courses/{cohorts["Autumn 2024"]}/numbers", "England");
        Assert.Contains("5", england, StringComparison.Ordinal);
        await Shows(browser, "/staff/events", "Evening for carers");
        foreach (var e in await site.InStore(db => db.Set<Event>().ToListAsync(Cancel)))
            await Shows(browser, $"/staff/events/review?id={e.Id}", e.Latest.Title);
        await Shows(browser, "/staff/contact", "Please delete what you have of me.");
        await Shows(browser, "/staff/mail", "550 5.1.1 No such user");
        await Shows(browser, "/staff/audit", "took the nightly backup");
        await Shows(browser, "/staff/pages", "About the week");
        var asked = await site.InStore(db => db.Set<PageDraft>().Where(d => d.AskedAt != null).Select(d => d.Id).SingleAsync(Cancel));
        await Shows(browser, $"/staff/pages/edit?file=about.md&draft={asked}", "Please look at the last line.");
        await Shows(browser, "/staff/pages/history?file=about.md", "First words");
        await Shows(browser, "/staff/pages/plans", "For the week");
        await Shows(browser, "/staff/pages/edit?file=about.md", "About the week");
        await Shows(browser, "/staff/health", "");
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Its_mail_leaves_and_its_jobs_run(string engine)
    {
        await using var site = await Upgraded(engine);
        // Of the nine one is for later, one was given up and one has left before.
        Assert.Equal(6, await site.Services.GetRequiredService<OutboxSender>().RunOnceAsync(Cancel));
        var mails = await new CourseDesk(site).Mails();
        var left = mails.Where(m => m.SentAt is null).Select(m => m.Kind).Order(StringComparer.Ordinal);
        Assert.Equal("course-message course-reminder", string.Join(' ', left));
        Assert.Equal(6, Directory.GetFiles(site.DataPath, "*.eml", SearchOption.AllDirectories).Length);

        await site.RunsUntil(site.Clock.GetUtcNow());
        await site.RunJobs(site.Services.GetServices<Job>());
        Assert.DoesNotContain(site.Log, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    /// <summary>As the guide says: a backup of the old site, put back elsewhere, upgraded there. The site itself is not touched.</summary>
    [Fact]
    public async Task An_upgrade_can_be_tried_on_a_copy_first()
    {
        var store = KeptReleases.PutBack("1.0", "sqlite", data);
        var (before, copy, backup) = (StoreSchema.Counts(store), Path.Combine(data, "copy"), Path.Combine(data, "before.tar.gz"));
        Assert.Equal((0, ""), Said(await SiteProgram.Run("db", "backup", backup, $"--Data:Path={data}")));
        string[] elsewhere = [$"--Data:Path={copy}", $"--Content:Path={copy}-content"];
        var restored = await SiteProgram.Run(["db", "restore", backup, .. elsewhere]);
        Assert.Equal((0, ""), Said(restored));
        Assert.Contains("db migrate", restored.Output, StringComparison.Ordinal);
        Assert.Equal((0, ""), Said(await SiteProgram.Run(["db", "migrate", .. elsewhere])));
        Assert.Empty(await ProblemsOf(KeptReleases.FileIn(copy), "1.0", before));
        Assert.Equal(before, StoreSchema.Counts(store));
        Assert.Equal(StoreState.Older, StoreVersion.Of(store).State);
    }

    /// <summary>On the way into PostgreSQL a backup of an older version is brought to this one.</summary>
    [Fact]
    public async Task A_backup_of_1_0_can_be_put_into_postgresql()
    {
        var (server, backup, other) = (TestStore.EmptyOnServer(), Path.Combine(data, "before.tar.gz"), Path.Combine(data, "other"));
        var store = KeptReleases.PutBack("1.0", "sqlite", data);
        Assert.Equal((0, ""), Said(await SiteProgram.Run("db", "backup", backup, $"--Data:Path={data}")));
        string[] elsewhere = [$"--Content:Path={other}-content", .. KeptReleases.Settings(other, server)];
        Assert.Equal((0, ""), Said(await SiteProgram.Run(["db", "restore", backup, .. elsewhere])));
        Assert.Empty(await ProblemsOf(server, "1.0", StoreSchema.Counts(store)));
    }

    /// <summary>PostgreSQL is read table by table: what another version made, only that version reads whole.</summary>
    [Fact]
    public async Task A_backup_of_postgresql_is_made_by_the_version_it_belongs_to()
    {
        var store = KeptReleases.PutBack("1.0", "postgres", data);
        foreach (var backup in new[] { Path.Combine(data, "before.tar.gz"), Path.Combine(data, "before.db") })
        {
            var (code, _, errors) = await SiteProgram.Run(["db", "backup", backup, .. KeptReleases.Settings(data, store)]);
            Assert.Equal(1, code);
            Assert.Contains("another version of the site", errors, StringComparison.Ordinal);
            Assert.False(File.Exists(backup));
        }
        // The control: once it is upgraded, it can.
        await Run("db migrate", store);
        var after = Path.Combine(data, "after.tar.gz");
        Assert.Equal((0, ""), Said(await SiteProgram.Run(["db", "backup", after, .. KeptReleases.Settings(data, store)])));
    }

    static (int Code, string Errors) Said((int Code, string Output, string Errors) run) => (run.Code, run.Errors);

    async Task<string> Run(string command, string store)
    {
        var (code, output, errors) = await SiteProgram.Run([.. command.Split(' '), .. KeptReleases.Settings(data, store)]);
        Assert.Equal((0, ""), (code, errors));
        return output;
    }

    /// <summary>A site of 1.0 on today's program, after <c>db migrate</c>.</summary>
    async Task<TestSite> Upgraded(string engine)
    {
        var work = Path.Combine(data, "work");
        var store = KeptReleases.PutBack("1.0", engine, work);
        var (code, _, errors) = await SiteProgram.Run(["db", "migrate", .. KeptReleases.Settings(work, store)]);
        Assert.Equal((0, ""), (code, errors));
        var site = new TestSite { Store = engine == "postgres" ? store : null };
        foreach (var file in Directory.GetFiles(work, "*", SearchOption.AllDirectories))
        {
            var there = Path.Combine(site.DataPath, Path.GetRelativePath(work, file));
            Directory.CreateDirectory(Path.GetDirectoryName(there)!);
            File.Copy(file, there);
        }
        site.Clock.SetUtcNow(KeptReleases.Today);
        return site;
    }

    static async Task Shows(HttpClient browser, string path, string words)
    {
        using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        var text = (await TestSite.Read(answer)).DocumentElement.TextContent.Replace('’', '\'');
        var shown = answer.StatusCode == HttpStatusCode.OK && text.Contains(words.Replace('’', '\''), StringComparison.Ordinal);
        Assert.True(shown, $"{path} ({(int)answer.StatusCode}) does not show \"{words}\": {text}");
    }

    static async Task<string> RowOf(HttpClient browser, string path, string label)
    {
        using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        var rows = (await TestSite.Read(answer)).QuerySelectorAll("tr").Select(row => row.TextContent);
        return rows.First(row => row.Contains(label, StringComparison.Ordinal));
    }
}
