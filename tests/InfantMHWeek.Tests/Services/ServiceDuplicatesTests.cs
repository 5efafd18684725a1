using System.Net;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Moderation;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Services;
using InfantMHWeek.Services.Moderation;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Tests.Services;

/// <summary>Two listings of one service: found, shown side by side, and joined by a person only.</summary>
[BothStores]
public sealed class ServiceDuplicatesTests : IAsyncDisposable
{
    readonly TestSite site = new();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static readonly string[] Kinds =
    [
        "Parent-infant team",
        "Bumps and babies group",
        "Perinatal mental health service",
        "Baby massage",
        "Dads’ breakfast club",
        "Sleep and crying clinic",
        "Young parents’ group",
        "Breastfeeding café",
        "Bereavement support after loss",
        "Premature babies’ families",
        "Stay and play",
        "Talking therapy for new mothers",
    ];
    static readonly string[] Whose =
    [
        "Willow",
        "Harbour",
        "Rainbow",
        "Acorn",
        "Lighthouse",
        "Bluebell",
        "Stepping Stones",
        "Nest",
        "Kite",
        "Otter",
    ];

    static ServiceDetails Listing(Random random, int n)
    {
        var districts = Gazetteer
            .Default.Districts.Values.Where(d => d.Town.Length > 4)
            .OrderBy(d => d.Code, StringComparer.Ordinal)
            .ToList();
        var district = districts[random.Next(districts.Count)];
        var whose = Whose[random.Next(Whose.Length)];
        return new()
        {
            Title = $"{Kinds[n % Kinds.Length]}{(n % 3 == 0 ? " " + district.Town : n % 3 == 1 ? " at " + whose : "")}",
            Summary = "Somebody listens.",
            Organisation = $"{whose} {(n % 2 == 0 ? "Family Trust" : "Children’s Centre")}",
            Phone = $"01{random.Next(10, 99)} {random.Next(100, 999)} {random.Next(1000, 9999)}",
            Ways = Ways.AtAPlace,
            Places = [PlaceIn(random, district)],
        };
    }

    static ServicePlace PlaceIn(Random random, Gazetteer.District district) =>
        new(
            Guid.NewGuid(),
            "Centre",
            $"{random.Next(1, 99)} High Street",
            district.Town,
            $"{district.Code} {random.Next(1, 9)}{"ABDEFGHJLN"[random.Next(10)]}{"ABDEFGHJLN"[random.Next(10)]}",
            new(district.Point.Latitude + (random.NextDouble() - .5) * .03, district.Point.Longitude + (random.NextDouble() - .5) * .03),
            district.Region
        );

    /// <summary>The same service, as somebody else types it.</summary>
    static ServiceDetails Again(Random random, ServiceDetails d, int n)
    {
        var same = d with { Title = Typo(random, d.Title), Phone = Typed(random, d.Phone), Organisation = Typo(random, d.Organisation) };
        var place = d.Places[0];
        return (n % 5) switch
        {
            // It has a new number.
            0 => same with { Title = d.Title, Phone = $"01{random.Next(10, 99)} {random.Next(100_000, 999_999)}" },
            // It has moved within its town.
            1 => same with { Places = [PlaceIn(random, Gazetteer.Default.Districts[place.Postcode.Split(' ')[0]])] },
            2 => same with { Title = d.Title.Replace(" and ", " & ", StringComparison.Ordinal).ToUpperInvariant(), Phone = "" },
            3 => same with { Title = "The " + d.Title.Replace("’", "", StringComparison.Ordinal) + " service" },
            _ => same with { Places = [place with { Name = "", Postcode = place.Postcode.Replace(" ", "", StringComparison.Ordinal) }] },
        };
    }

    static string Typed(Random random, string phone) =>
        random.Next(3) switch
        {
            0 => "+44 (0)" + phone[1..],
            1 => phone.Replace(" ", "", StringComparison.Ordinal),
            _ => phone,
        };

    static string Typo(Random random, string text)
    {
        var at = random.Next(1, text.Length - 2);
        return random.Next(4) switch
        {
            0 => text.Remove(at, 1),
            1 => text.Insert(at, text[at].ToString()),
            2 => text[..at] + text[at + 1] + text[at] + text[(at + 2)..],
            _ => text,
        };
    }

    /// <summary>Another service that looks much like it: of the same house, or of the same name elsewhere.</summary>
    static ServiceDetails Other(Random random, ServiceDetails d, int n)
    {
        var other = Listing(random, n + 1);
        return (n % 4) switch
        {
            // The same organisation, number and house: another group.
            0 => other with
            {
                Title = Kinds.Skip(n % 7).First(k => !d.Title.StartsWith(k, StringComparison.Ordinal)),
                Organisation = d.Organisation,
                Phone = d.Phone,
                Places = d.Places,
            },
            // The same name in another town.
            1 => other with { Title = d.Title },
            2 => d with { Title = d.Title + " North", Phone = other.Phone, Places = other.Places },
            _ => other with { Title = Kinds.Skip(n % 7).First(k => !d.Title.StartsWith(k, StringComparison.Ordinal)), Places = d.Places },
        };
    }

    [Fact]
    public void Of_200_pairs_those_that_are_one_are_found_and_few_others()
    {
        var (random, index, listings) = (new Random(18), new ServiceDuplicates(), new List<(Guid Id, ServiceDetails Details)>());
        var one = new HashSet<(Guid, Guid)>();
        for (var n = 0; n < 200; n++)
        {
            var first = Listing(random, n);
            var second = n % 2 == 0 ? Again(random, first, n / 2) : Other(random, first, n / 2);
            listings.AddRange((Guid.CreateVersion7(), first), (Guid.CreateVersion7(), second));
            if (n % 2 == 0)
                one.Add(Pair(listings[^1].Id, listings[^2].Id));
        }
        foreach (var (id, details) in listings)
            index.Add(new(id, details.Title, details.Organisation, ServiceState.Published, ""), details);

        var found = listings.SelectMany(l => index.Like(l.Id, l.Details).Select(like => Pair(l.Id, like.Id))).ToHashSet();

        var (right, precision, recall) = (
            found.Count(one.Contains),
            found.Count(one.Contains) / (double)found.Count,
            found.Count(one.Contains) / (double)one.Count
        );
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{right} of {one.Count} found; precision {precision:0.000}, recall {recall:0.000}"
        );
        Assert.True(precision >= .95, $"precision {precision}: {Names(listings, found.Except(one))}");
        Assert.True(recall >= .9, $"recall {recall}: {Names(listings, one.Except(found))}");
    }

    static (Guid, Guid) Pair(Guid a, Guid b) => a.CompareTo(b) < 0 ? (a, b) : (b, a);

    static string Names(List<(Guid Id, ServiceDetails Details)> all, IEnumerable<(Guid A, Guid B)> pairs)
    {
        return string.Join("; ", pairs.Take(20).Select(p => $"{Words(p.A)} / {Words(p.B)}"));

        string Words(Guid id) =>
            all.Single(a => a.Id == id).Details is var d
                ? $"{d.Title}, {d.Organisation}, {d.Phone}, {d.Places[0].Town} {d.Places[0].Postcode}"
                : "";
    }

    async Task<(FamilyService Stays, FamilyService Goes)> Two()
    {
        var generated = new GeneratedServices(3);
        var stays = generated.Published(generated.InLeeds("Parent-infant team Leeds"));
        var goes = generated.Published(generated.InLeeds("Parent infant team, Leeds"));
        await site.Write(db =>
        {
            db.AddRange(stays, goes);
            return Task.CompletedTask;
        });
        return (stays, goes);
    }

    async Task<HttpResponseMessage> Join(HttpClient staff, Guid a, Guid b, Guid keep)
    {
        var path = $"/staff/services/compare?a={a}&b={b}";
        using var opened = await staff.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        var page = await TestSite.Read(opened);
        var fields = page.QuerySelectorAll("main form input[type=hidden]")
            .ToDictionary(i => i.GetAttribute("name")!, i => i.GetAttribute("value")!, StringComparer.Ordinal);
        fields["Keep"] = keep.ToString();
        using var content = new FormUrlEncodedContent(fields);
        return await staff.PostAsync(new Uri("/staff/services/compare", UriKind.Relative), content, Cancel);
    }

    [Fact]
    public async Task A_person_joins_two_and_the_address_of_one_leads_to_the_other()
    {
        var (stays, goes) = await Two();
        using var staff = await site.SignedIn(StaffRole.Events);

        using var joined = await Join(staff, stays.Id, goes.Id, stays.Id);

        Assert.Equal("/staff/services", joined.Headers.Location?.ToString());
        using var browser = site.Browser();
        using var old = await browser.GetAsync(new Uri("/services/" + goes.Slug, UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.MovedPermanently, old.StatusCode);
        Assert.Equal("/services/" + stays.Slug, old.Headers.Location!.ToString());
        var both = await site.InStore(db => db.Set<FamilyService>().AsNoTracking().Include(s => s.Steps).ToListAsync(Cancel));
        Assert.Contains(both.Single(s => s.Id == stays.Id).Steps, s => s.What == StaffWords.JoinedByOther);
        Assert.Contains(both.Single(s => s.Id == goes.Id).Steps, s => s.What == "approved");
        var points = await site.InStore(db => db.Set<InfantMHWeek.Services.ServicePoint>().AsNoTracking().ToListAsync(Cancel));
        Assert.Equal(stays.Id, Assert.Single(points, p => p.InLists).ServiceId);
    }

    [Fact]
    public async Task Two_who_join_at_once_each_the_other_way_join_once()
    {
        var (stays, goes) = await Two();
        using var first = await site.SignedIn(StaffRole.Events);
        using var second = await site.SignedIn(StaffRole.Events);

        var answers = await Task.WhenAll(Join(first, stays.Id, goes.Id, stays.Id), Join(second, stays.Id, goes.Id, goes.Id));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Found);
        Assert.Single(
            await site.InStore(db => db.Set<FamilyService>().AsNoTracking().Where(s => s.WithdrawnAt == null).ToListAsync(Cancel))
        );
        foreach (var answer in answers)
            answer.Dispose();
    }

    [Fact]
    public async Task The_queue_shows_what_looks_like_another_and_no_secret_address()
    {
        var generated = new GeneratedServices(4);
        var secret = generated.InLeeds("Safe house for mothers") with { Phone = "0113 496 0999" };
        secret = secret with
        {
            Places = [secret.Places[0] with { Confidential = true, Point = null, Name = "Thornfield Hall", Address = "7 Hidden Lane" }],
        };
        await site.Write(db =>
        {
            db.AddRange(generated.Published(secret), generated.Waiting(secret with { Title = "Safe House for Mothers" }));
            return Task.CompletedTask;
        });
        using var staff = await site.SignedIn(StaffRole.Events);
        using var opened = await staff.GetAsync(new Uri("/staff/services", UriKind.Relative), Cancel);
        var link = (await TestSite.Read(opened)).QuerySelector("a[href*=compare]")!.GetAttribute("href")!;

        using var compared = await staff.GetAsync(new Uri(link, UriKind.Relative), Cancel);
        var text = (await TestSite.Read(compared)).Body!.TextContent;

        Assert.Contains("have in common: same name", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Thornfield", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Hidden Lane", text, StringComparison.Ordinal);
        Assert.DoesNotContain("LS1 4AP", text, StringComparison.Ordinal);
    }
}
