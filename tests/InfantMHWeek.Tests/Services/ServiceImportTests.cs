using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using InfantMHWeek.Platform.Moderation;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Services;
using InfantMHWeek.Services.Importing;
using InfantMHWeek.Services.Moderation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InfantMHWeek.Tests.Services;

/// <summary>Listings of other sources: what is brought in, what is named and left out, and what happens the next time.</summary>
[BothStores]
public sealed class ServiceImportTests : IAsyncDisposable
{
    const string Feed = "/api/open-referral/3.0";

    /// <summary>In full size with SERVICES_IMPORT=10000.</summary>
    static readonly int Many = int.Parse(Environment.GetEnvironmentVariable("SERVICES_IMPORT") ?? "300", CultureInfo.InvariantCulture);
    static readonly ImportSource Source = new("Family Directory", "Open Government Licence v3.0", "Contains data of Family Directory");
    static readonly ImportOrder Shown = new(null, Show: true, Part: false);
    readonly TestSite site = new();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    async Task<ImportOutcome> BringIn(byte[] file, ImportOrder? order = null, TestSite? into = null, ImportSource? source = null)
    {
        await using var scope = (into ?? site).Services.CreateAsyncScope();
        var (import, from) = (scope.ServiceProvider.GetRequiredService<ServiceImport>(), source ?? Source);
        var read = await scope
            .ServiceProvider.GetRequiredService<ListingPlaces>()
            .FindAsync(ServiceFile.Read(file, null, from, DateOnly.FromDateTime(TestSite.Start.UtcDateTime)), Cancel);
        return await import.BringInAsync(read, from.Source, order ?? Shown, _ => { }, Cancel);
    }

    async Task<List<FamilyService>> All(TestSite? of = null) =>
        await (of ?? site).InStore(db =>
            db.Set<FamilyService>().AsNoTracking().Include(s => s.Points).OrderBy(s => s.Id).ToListAsync(Cancel)
        );

    /// <summary>All that the interface says of all services, a page a line.</summary>
    static async Task<string> Export(TestSite from)
    {
        using var browser = from.Browser();
        var all = new StringBuilder();
        foreach (var path in new[] { "/services?full=true&", "/service_at_locations?", "/services?minimal=true&" })
            for (var page = 1; ; page++)
            {
                var text = await browser.GetStringAsync(new Uri($"{Feed}{path}per_page=100&page={page}", UriKind.Relative), Cancel);
                all.Append(text).Append('\n');
                using var json = JsonDocument.Parse(text);
                if (json.RootElement.GetProperty("last_page").GetBoolean())
                    break;
            }
        return all.ToString();
    }

    static string Services(string export) =>
        string.Join('\n', export.Split('\n').Where(l => l.Contains("\"attributes\"", StringComparison.Ordinal)));

    [Fact]
    public async Task What_the_site_gives_out_and_an_empty_site_takes_in_is_given_out_the_same()
    {
        var generated = new GeneratedServices(18);
        var towns = Gazetteer.Default.Districts.Values.Where(d => Gazetteer.Default.Towns.Find(d.Town).Count == 1).ToList();
        foreach (var some in Enumerable.Range(0, Many).Chunk(500))
            await site.Write(db =>
            {
                foreach (var n in some)
                    db.Add(OfOwn(generated, n, towns[n % towns.Count]));
                return Task.CompletedTask;
            });
        var before = await Export(site);

        await using var empty = new TestSite();
        var outcome = await BringIn(Encoding.UTF8.GetBytes(Services(before)), into: empty);

        Assert.Empty(outcome.Problems);
        Assert.Equal(Many, outcome.New);
        Assert.True(before == await Export(empty), Difference(before, await Export(empty)));
        // Again, nothing is new.
        outcome = await BringIn(Encoding.UTF8.GetBytes(Services(before)), into: empty);
        Assert.Equal((0, 0, Many), (outcome.New, outcome.Changed, outcome.Same));
        Assert.Equal(before, await Export(empty));
    }

    static FamilyService OfOwn(GeneratedServices generated, int n, Gazetteer.District district)
    {
        var details = generated.Details() with
        {
            Description = n % 3 == 0 ? "" : $"What it does.\n\nIn two parts, nr {n}: “quoted”, café, Cymraeg: croeso, 5 < 6 & more.",
            OrganisationAbout = n % 4 == 0 ? "A charity." : "",
            OrganisationLink = n % 5 == 0 ? "https://families.example/" : "",
            AccessNote = n % 3 == 1 ? "Ring us.\nOr write." : "",
            CostNote = n % 4 == 1 ? "Tea is 50p" : "",
            OtherLanguages = n % 6 == 0 ? "Tigrinya, Pashto" : "",
            Hours = n % 2 == 0 ? "Monday 9 to 5\nTuesday 9 to 12" : "",
            Email = n % 3 == 2 ? $"team{n}@families.example" : "",
            Link = n % 2 == 1 ? $"https://families.example/{n}" : "",
        };
        // A secret place of another site is found by its town; nothing of ours is in the sea beyond the UK.
        details = details with
        {
            Places =
            [
                .. details.Places.Select(p =>
                    p.Confidential ? p with { Town = district.Town, Postcode = district.Code + " 1AA" }
                    : p.Point is { InUk: false } ? p with { Point = district.Point }
                    : p
                ),
            ],
        };
        var made = generated.Published(details);
        switch (n % 20)
        {
            case 1:
                made.Pause("Staff", GeneratedServices.Now.AddDays(-1));
                break;
            case 2:
                made.Close("Staff", "", GeneratedServices.Now.AddHours(-1));
                break;
        }
        return made;
    }

    static string Difference(string a, string b)
    {
        var at = a.Zip(b).TakeWhile(p => p.First == p.Second).Count();
        return $"…{a[Math.Max(0, at - 300)..Math.Min(a.Length, at + 200)]}\n---\n…{b[Math.Max(0, at - 300)..Math.Min(b.Length, at + 200)]}";
    }

    /// <summary>What spoils a record, and the field by which it must be named.</summary>
    static readonly (string Field, Action<JsonObject> Spoil)[] Faults =
    [
        ("id", r => r.Remove("id")),
        ("id", r => r["id"] = null),
        ("name", r => r.Remove("name")),
        ("name", r => r["name"] = null),
        ("name", r => r["name"] = "=HYPERLINK(\"https://evil.example\")"),
        ("name", r => r["name"] = "Calm \u202Eyrc seibab"),
        ("name", r => r["name"] = "CafÃ© for parents"),
        ("name", r => r["name"] = "Bonding\uFFFDgroup"),
        ("name", r => r["name"] = new string('n', 2000)),
        ("name", r => r["name"] = 5),
        ("description", r => r["description"] = new string('d', 20_000)),
        ("description", r => r["description"] = new JsonArray("a", "b")),
        ("organization", r => r.Remove("organization")),
        ("organization.name", r => r["organization"]!["name"] = null),
        ("organization.description", r => r["organization"]!["description"] = string.Concat(Enumerable.Repeat("long ", 400))),
        ("status", r => r["status"] = "open"),
        ("status", r => r.Remove("status")),
        ("minimum_age", r => r["minimum_age"] = "from birth"),
        ("maximum_age", r => r["maximum_age"] = "five"),
        ("minimum_age", r => (r["minimum_age"], r["maximum_age"]) = (9, 2)),
        ("assured_date", r => r["assured_date"] = "2026-02-31"),
        ("assured_date", r => r["assured_date"] = "2031-02-01"),
        ("last_modified", r => r["last_modified"] = "last week"),
        ("url", r => r["url"] = "javascript:alert(1)"),
        ("email", r => r["email"] = "somebody at example"),
        ("contacts[0].phones[0].number", r => r["contacts"]![0]!["phones"]![0]!["number"] = "ask us"),
        ("service_at_locations[0].location", r => r["service_at_locations"]![0]!.AsObject().Remove("location")),
        ("location_type", r => r["service_at_locations"]![0]!["location"]!["location_type"] = "castle"),
        ("postal_code", r => r["service_at_locations"]![0]!["location"]!["addresses"]![0]!["postal_code"] = "75001 Paris"),
        ("latitude", r => r["service_at_locations"]![0]!["location"]!["latitude"] = 48.85),
    ];

    static JsonObject Record(int n) =>
        JsonNode
            .Parse(
                $$$"""
                {"id":"{{{Id(n)}}}","name":"Help {{{n}}}","status":"active","description":"Somebody listens.","minimum_age":0,
                "organization":{"id":"{{{Id(5000 + n % 40)}}}","name":"Families {{{n % 40}}}","description":"A charity."},
                "url":"https://families.example/{{{n}}}","email":"team{{{n}}}@families.example","assured_date":"2026-03-12",
                "last_modified":"2026-03-12T09:00:00Z",
                "contacts":[{"id":"{{{Id(1)}}}","phones":[{"id":"{{{Id(2)}}}","number":"0113 496 {{{n:0000}}}"}]}],
                "service_at_locations":[{"id":"{{{Id(3)}}}","location":{"id":"{{{Id(
                    10000 + n
                )}}}","location_type":"physical","name":"Centre {{{n}}}",
                "latitude":53.79,"longitude":-1.54,"addresses":[{"id":"{{{Id(4)}}}","address_1":"{{{n}}} High Street","city":"Leeds",
                "state_province":"West Yorkshire","postal_code":"LS1 4AP","country":"GB","address_type":"physical"}]}}]}
                """
            )!
            .AsObject();

    static string Id(int n) => $"00000000-0000-4000-8000-{n:000000000000}";

    static byte[] File(IEnumerable<JsonObject> records) =>
        Encoding.UTF8.GetBytes(new JsonObject { ["contents"] = new JsonArray([.. records.Select(r => r.DeepClone())]) }.ToJsonString());

    [Fact]
    public async Task Each_fault_is_named_with_its_record_and_field_and_the_rest_comes_in()
    {
        var count = Many / 300 * 300 < 3000 ? 300 : 3000;
        var records = Enumerable.Range(1, count).Select(Record).ToList();
        var planted = Enumerable.Range(0, count / 10).Select(f => (Number: f * 10 + 4, Fault: Faults[f % Faults.Length])).ToList();
        foreach (var (number, fault) in planted)
            fault.Spoil(records[number - 1]);

        var outcome = await BringIn(File(records));

        foreach (var (number, fault) in planted)
        {
            var named = Assert.Single(outcome.Problems, p => p.Record.Split(" (")[0] == $"Record {number}");
            Assert.True(named.LeftOut);
            Assert.EndsWith(fault.Field, named.Field, StringComparison.Ordinal);
            Assert.DoesNotMatch("Exception|System\\.|null reference", named.Words);
        }
        Assert.Equal(planted.Count, outcome.Problems.Count);
        Assert.Equal(count - planted.Count, outcome.New);
        Assert.Equal(outcome.New, (await All()).Count);
        outcome = await BringIn(File(records));
        Assert.Equal((0, 0, count - planted.Count, 0), (outcome.New, outcome.Changed, outcome.Same, outcome.Gone));
    }

    [Fact]
    public async Task A_listing_says_whose_it_is_and_never_claims_a_check_that_it_did_not_have()
    {
        var unchecked_ = Record(2);
        unchecked_.Remove("assured_date");
        await BringIn(File([Record(1), unchecked_]));
        var all = await All();
        using var browser = site.Browser();

        var first = await Page(browser, all[0].Slug!);
        var second = await Page(browser, all[1].Slug!);

        Assert.Contains("Family Directory, which says that it was checked on", first, StringComparison.Ordinal);
        Assert.Contains("Listed from Family Directory; not checked by the service itself", second, StringComparison.Ordinal);
        foreach (var page in new[] { first, second })
        {
            Assert.Contains("not checked by the service itself", page, StringComparison.Ordinal);
            Assert.Contains("(Open Government Licence v3.0). Contains data of Family Directory.", page, StringComparison.Ordinal);
            Assert.DoesNotContain(
                "by the service itself.",
                page.Replace("not checked by the service itself.", "", StringComparison.Ordinal)
            );
        }
    }

    static async Task<string> Page(HttpClient browser, string slug)
    {
        using var answer = await browser.GetAsync(new Uri("/services/" + slug, UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await TestSite.Read(answer)).Body!.TextContent;
    }

    [Fact]
    public async Task The_source_is_followed_until_somebody_here_says_otherwise()
    {
        await BringIn(File(Enumerable.Range(1, 6).Select(Record)));
        var ids = (await All()).Select(s => s.Id).ToList();
        await Change(ids[1], s => s.Claim(site.Clock.GetUtcNow()));
        await Change(ids[2], s => s.Withdraw("Cara", "Asked us to", site.Clock.GetUtcNow()));
        await Change(ids[3], s =>
        {
            s.Propose(s.Latest with { Hours = "Put right by Cara" }, site.Clock.GetUtcNow(), "Cara");
            Assert.Equal(Decision.Done, s.Approve("Cara", s.Revision, site.Clock.GetUtcNow()));
        });
        var next = Enumerable.Range(1, 5).Select(Record).ToList();
        foreach (var record in next)
            record["description"] = "New words.";
        next[4]["status"] = "temporarily closed";

        var outcome = await BringIn(File(next));

        Assert.Equal((0, 2, 1, 2, 1), (outcome.New, outcome.Changed, outcome.Waiting, outcome.Kept, outcome.Gone));
        var all = await All();
        Assert.Equal(
            ["New words.", "Somebody listens.", "Somebody listens.", "Somebody listens."],
            all.Take(4).Select(s => s.Live!.Summary)
        );
        Assert.Equal(ServiceState.Withdrawn, all[2].State);
        Assert.Equal(("Put right by Cara", "New words."), (all[3].Live!.Hours, all[3].Proposed!.Summary));
        Assert.Equal(ServiceState.Paused, all[4].State);
        // It is flagged, and its page stays.
        Assert.NotNull(all[5].GoneAtSourceAt);
        Assert.Equal(ServiceState.Published, all[5].State);
        Assert.Equal(0, (await BringIn(File(next.Take(3)), Shown with { Part = true })).Gone);
        outcome = await BringIn(File(Enumerable.Range(1, 6).Select(Record)));
        Assert.Null((await All())[5].GoneAtSourceAt);
    }

    async Task Change(Guid id, Action<FamilyService> change) =>
        await site.Write(async db =>
        {
            change(await db.Set<FamilyService>().Include(s => s.Points).SingleAsync(s => s.Id == id, Cancel));
        });

    [Fact]
    public async Task One_mail_tells_a_listed_service_and_then_there_is_silence()
    {
        await BringIn(File([Record(1)]));
        for (var month = 0; month < 36; month++)
        {
            await site.RunsUntil(TestSite.Start.AddDays(30 * month + 1));
            await using var scope = site.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<ServiceChecks>().RunAsync(Cancel);
        }
        var mails = await site.InStore(db => db.Set<InfantMHWeek.Platform.Mail.OutboxMail>().AsNoTracking().ToListAsync(Cancel));
        Assert.Equal("service-listed", Assert.Single(mails).Kind);
        var held = Assert.Single(await All());
        Assert.Equal((CheckedBy.Source, new DateOnly(2026, 3, 12)), (held.CheckedBy, held.CheckedOn));
    }

    [Fact]
    public async Task An_organisation_with_many_listings_gets_one_mail()
    {
        var records = Enumerable.Range(1, 12).Select(Record).ToList();
        foreach (var record in records)
            (record["organization"]!["id"], record["email"]) = (Id(7000), "office@families.example");
        await BringIn(File(records));
        for (var day = 0; day < 3; day++)
        {
            site.Clock.Advance(TimeSpan.FromDays(1));
            await using var scope = site.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<ServiceChecks>().RunAsync(Cancel);
        }
        Assert.Single(await site.InStore(db => db.Set<InfantMHWeek.Platform.Mail.OutboxMail>().AsNoTracking().ToListAsync(Cancel)));
        Assert.All(await All(), s => Assert.NotNull(s.QuestionedAt));
    }

    [Fact]
    public async Task What_looks_like_one_that_is_here_waits_for_a_person()
    {
        var generated = new GeneratedServices(1);
        await site.Write(db =>
        {
            db.Add(generated.Published(generated.InLeeds("Bumps and babies group") with { Phone = "0113 496 0002" }));
            return Task.CompletedTask;
        });
        var twin = Record(2);
        twin["name"] = "Bumps & Babies Group";

        var outcome = await BringIn(File([Record(1), twin]));

        Assert.Equal("Bumps and babies group", Assert.Single(outcome.Like).Here.Title);
        Assert.Equal([ServiceState.Waiting, ServiceState.Published, ServiceState.Published], (await All()).Select(s => s.State).Order());
    }

    [Fact]
    public async Task Two_imports_at_once_bring_each_listing_in_once()
    {
        var file = File(Enumerable.Range(1, 120).Select(Record));
        var outcomes = await Task.WhenAll(BringIn(file), BringIn(file), BringIn(file)).WaitAsync(TimeSpan.FromMinutes(2), Cancel);

        Assert.Equal(120, outcomes.Sum(o => o.New));
        Assert.Equal(120, (await All()).Count);
    }

    /// <summary>What was in before it broke off is in, and the same again brings the rest.</summary>
    [Fact]
    public async Task One_that_breaks_off_is_begun_again_and_ends_as_if_it_had_not()
    {
        var records = Enumerable.Range(1, 1200).Select(Record).ToList();
        var read = OpenReferralFile.Read(OpenReferralFile.Open(File(records)), Source, DateOnly.FromDateTime(TestSite.Start.UtcDateTime));
        using var power = new CancellationTokenSource();
        await using (var scope = site.Services.CreateAsyncScope())
        {
            var import = scope.ServiceProvider.GetRequiredService<ServiceImport>();
            var placed = await scope.ServiceProvider.GetRequiredService<ListingPlaces>().FindAsync(read, Cancel);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
                import.BringInAsync(placed, Source.Source, Shown, _ => power.Cancel(), power.Token)
            );
        }
        Assert.Equal(1000, await site.InStore(db => db.Set<FamilyService>().CountAsync(Cancel)));

        var outcome = await BringIn(File(records));

        Assert.Equal((200, 1000, 0), (outcome.New, outcome.Same, outcome.Gone));
        Assert.Equal(1200, await site.InStore(db => db.Set<FamilyService>().CountAsync(Cancel)));
    }

    [Theory]
    [InlineData("""{"totalElements":2,"number":1,"content":[{"id":"1","name":"a"}]}""", "version 1 of the standard")]
    [InlineData("""{"profile":"tabular-data-package","resources":[]}""", "a package of tables")]
    [InlineData("""{"version":"3.0","profile":"https://x","openapi_url":"https://y"}""", "ends with /services")]
    [InlineData("""{"contents":[{"id":"1","name":"a",""", "breaks off or is broken in line 1")]
    [InlineData("""{"contents":[]}""", "no service in it")]
    [InlineData("""[1,2]""", "This is no service")]
    [InlineData("", "empty")]
    [InlineData("name;phone\n\"Open;1", "never closed")]
    [InlineData("name,phone", "There are no services")]
    [InlineData("colour,phone\nred,1", "which column is the name")]
    public async Task A_file_that_is_none_is_refused_in_words(string text, string words)
    {
        var outcome = await BringIn(Encoding.UTF8.GetBytes(text));

        Assert.True(outcome.Refused);
        Assert.Contains(outcome.Problems, p => p.ToString().Contains(words, StringComparison.Ordinal));
        Assert.Empty(await All());
    }

    [Fact]
    public async Task Broken_letters_spoil_their_own_field_only()
    {
        var bytes = File([Record(1), Record(2), Record(3)]);
        // A letter of Windows-1252 in the middle of UTF-8.
        bytes[Encoding.UTF8.GetString(bytes).IndexOf("Help 2", StringComparison.Ordinal)] = 0xE9;

        var outcome = await BringIn(bytes);

        Assert.Equal(2, outcome.New);
        Assert.Equal("name", Assert.Single(outcome.Problems).Field);
    }

    static byte[] Table(params string[] rows) => Encoding.UTF8.GetBytes(string.Join('\n', rows.Prepend(Columns)));

    const string Columns = "Id,Name,Organisation,Phone,Postcode,Description,Cost,Last checked";

    /// <summary>As spreadsheets save it in this country: each of these is the same list.</summary>
    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("windows-1252")]
    public async Task A_table_is_read_in_the_letters_that_it_was_saved_in(string letters)
    {
        var encoding = letters == "windows-1252" ? CodePagesEncodingProvider.Instance.GetEncoding(1252)! : Encoding.GetEncoding(letters);
        var text = Columns + "\n1,Café “Bébé”,Noël – Families,0113 496 0000,LS1 4AP,,£3,";

        var outcome = await BringIn([.. encoding.GetPreamble(), .. encoding.GetBytes(text)]);

        Assert.Empty(outcome.Problems);
        var live = Assert.Single(await All()).Live!;
        Assert.Equal(("Café “Bébé”", "Noël – Families", "£3"), (live.Title, live.Organisation, live.CostNote));
    }

    /// <summary>What another program wrote as HTML is read as its words, and nothing of it runs or is seen.</summary>
    [Theory]
    [InlineData("<p>We meet <b>weekly</b>.</p><p>Bring a&nbsp;friend.</p>", "We meet weekly.\n\nBring a friend.")]
    [InlineData("&lt;p&gt;Caf&#233; &amp;amp; play&lt;/p&gt;", "Café & play")]
    [InlineData("One<br>Two<ul><li>Tea</li><li>Cake</li></ul>", "One\nTwo\n\n- Tea\n- Cake")]
    [InlineData("Hello<script>alert(1)</script><style>p{}</style> <img src=x onerror=alert(1)>there", "Hello there")]
    [InlineData("For 5 < 6 months & more, a<b", "For 5 < 6 months & more, a<b")]
    public async Task Html_is_read_as_its_words(string html, string words)
    {
        var record = Record(1);
        record["description"] = html;

        var outcome = await BringIn(File([record]));

        Assert.Empty(outcome.Problems);
        var live = Assert.Single(await All()).Live!;
        Assert.Contains(words, (string[])[live.Summary, live.Description, $"{live.Summary}\n\n{live.Description}"]);
    }

    /// <summary>What is wrong in plain text is wrong in HTML too.</summary>
    [Theory]
    [InlineData("<b>=HYPERLINK(1)</b>")]
    [InlineData("Calm &#8238;yrc seibab")]
    public async Task Html_hides_nothing(string html)
    {
        var record = Record(1);
        record["name"] = html;

        var outcome = await BringIn(File([record]));

        Assert.Equal("name", Assert.Single(outcome.Problems).Field);
        Assert.Empty(await All());
    }

    /// <summary>Noughts that a spreadsheet lost, days as it counts them, amounts without their sign.</summary>
    [Fact]
    public async Task Numbers_are_read_as_they_were_meant()
    {
        var outcome = await BringIn(
            Table(
                "1,First,Families,1134960000,LS1 4AP,,3,46093",
                "2,Second,Families,441134960000,LS1 4AP,,3.5,31/03/2026",
                "3,Third,Families,0113 496 0000,LS1 4AP,,0,4/2/2026",
                "4,Fourth,Families,1.13E+09,LS1 4AP,,,",
                "1.2E+15,Fifth,Families,0113 496 0000,LS1 4AP,,,",
                "6,Sixth,Families,999,LS1 4AP,,ask us,2026-03-31"
            )
        );

        var all = (await All()).OrderBy(s => s.SourceId, StringComparer.Ordinal).Select(s => s.Live!).ToList();
        Assert.Equal(["01134960000", "+44 1134960000", "0113 496 0000", "999"], all.Select(d => d.Phone));
        Assert.Equal(["£3", "£3.50", "", "ask us"], all.Select(d => d.CostNote));
        Assert.Equal([ServiceCost.Paid, ServiceCost.Paid, ServiceCost.Free, ServiceCost.NotSaid], all.Select(d => d.Cost));
        Assert.Equal(
            [new(2026, 3, 12), new(2026, 3, 31), new(2026, 2, 4), new DateOnly(2026, 3, 31)],
            all.Select(d => d.AtSource!.CheckedOn!.Value)
        );
        Assert.Equal(["phone", "id"], outcome.Problems.Select(p => p.Field));
        Assert.All(outcome.Problems, p => Assert.Contains("has shortened this number", p.Words, StringComparison.Ordinal));
    }

    /// <summary>Nobody knows which day 4/2 is where no other day in the column tells; so nobody is said to have checked it then.</summary>
    [Fact]
    public async Task A_day_that_could_be_two_is_none()
    {
        var outcome = await BringIn(Table("1,First,Families,0113 496 0000,LS1 4AP,,,4/2/2026"));

        Assert.Equal("checked", Assert.Single(outcome.Problems).Field);
        Assert.Empty(await All());
    }

    /// <summary>A listing that asks readers for money is read by a person first, also where all others are shown at once.</summary>
    [Fact]
    public async Task What_asks_for_money_waits_for_a_person()
    {
        var (plain, money) = (Record(1), Record(2));
        money["description"] = "Donate by bank transfer today.";

        var outcome = await BringIn(File([plain, money]));

        Assert.Equal(2, outcome.New);
        Assert.Contains("Help 2", Assert.Single(outcome.AskForMoney), StringComparison.Ordinal);
        Assert.Equal([ServiceState.Published, ServiceState.Waiting], (await All()).Select(s => s.State));
        plain["description"] = "Now with a discount for you.";
        outcome = await BringIn(File([plain, money]));
        Assert.Equal((1, 1), (outcome.Waiting, outcome.Same));
        Assert.Equal("Somebody listens.", (await All())[0].Live!.Summary);
    }
}
