using System.Globalization;
using System.Net;
using System.Text.Json;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Services;

namespace InfantMHWeek.Tests.Services;

/// <summary>The nine endpoints against what Open Referral UK 3.0 asks for: envelope, required fields, formats, no null anywhere.</summary>
[BothStores]
public sealed class OpenReferralTests : IAsyncDisposable
{
    const string Root = "/api/open-referral/3.0";

    /// <summary>What each kind of object must have.</summary>
    static readonly Dictionary<string, string[]> Required = new(StringComparer.Ordinal)
    {
        ["service"] = ["id", "name", "status"],
        ["organization"] = ["id", "name", "description"],
        ["location"] = ["id", "location_type"],
        ["addresses"] = ["id", "address_1", "city", "state_province", "postal_code", "country", "address_type"],
        ["service_at_locations"] = ["id"],
        ["phones"] = ["id", "number"],
        ["contacts"] = ["id"],
        ["schedules"] = ["id"],
        ["cost_options"] = ["id"],
        ["languages"] = ["id"],
        ["service_areas"] = ["id"],
        ["accessibility"] = ["id"],
        ["attributes"] = ["id", "link_id", "link_type", "taxonomy_term_id", "taxonomy_term"],
        ["taxonomy_term"] = ["id", "name", "description"],
    };
    static readonly string[] Statuses = ["active", "inactive", "defunct", "temporarily closed"];
    readonly TestSite site = new();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    async Task<List<FamilyService>> Fill(int count)
    {
        var generated = new GeneratedServices(8);
        var services = Enumerable
            .Range(0, count)
            .Select(n => generated.Published(n % 3 == 0 ? generated.InLeeds($"Leeds {n}") : generated.Details()))
            .ToList();
        services[1].Pause("Staff", GeneratedServices.Now);
        services[2].Close("Staff", "", GeneratedServices.Now.AddDays(1));
        services[3].Withdraw("Staff", "", GeneratedServices.Now);
        await site.Write(db =>
        {
            db.AddRange(services);
            return Task.CompletedTask;
        });
        return services;
    }

    async Task<JsonElement> Ask(string path, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var browser = site.Browser();
        using var answer = await browser.GetAsync(new Uri(Root + path, UriKind.Relative), Cancel);
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("*", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel));
        var root = json.RootElement.Clone();
        if (status == HttpStatusCode.OK)
            Look(root, path.Split('?')[0].Split('/') is ["", "services", _] ? "service" : "");
        return root;
    }

    /// <summary>Goes through all of an answer.</summary>
    static void Look(JsonElement element, string kind)
    {
        Assert.NotEqual(JsonValueKind.Null, element.ValueKind);
        if (element.ValueKind == JsonValueKind.Array)
        {
            Assert.True(element.GetArrayLength() > 0 || kind == "contents", $"{kind} is empty and should be left out");
            foreach (var item in element.EnumerateArray())
                Look(item, kind);
        }
        if (element.ValueKind != JsonValueKind.Object)
            return;
        foreach (var needed in Required.GetValueOrDefault(kind) ?? [])
            Assert.True(element.TryGetProperty(needed, out _), $"{kind} lacks {needed}: {element}");
        foreach (var property in element.EnumerateObject())
        {
            if (property.Name == "id")
                Assert.True(Guid.TryParse(property.Value.GetString(), out _), $"{kind}: {property.Value}");
            if (property.Name == "status" && kind == "service")
                Assert.Contains(property.Value.GetString()!, Statuses);
            if (property.Value.ValueKind == JsonValueKind.String)
                Assert.NotEqual("", property.Value.GetString());
            Look(property.Value, property.Name);
        }
    }

    async Task<List<JsonElement>> Pages(string path, string query = "")
    {
        var all = new List<JsonElement>();
        for (var page = 1; ; page++)
        {
            var answer = await Ask($"{path}?page={page}&per_page=20{query}");
            var contents = answer.GetProperty("contents").EnumerateArray().ToList();
            all.AddRange(contents);
            Assert.Equal(page, answer.GetProperty("page_number").GetInt32());
            Assert.Equal(contents.Count, answer.GetProperty("size").GetInt32());
            Assert.Equal(contents.Count == 0, answer.GetProperty("empty").GetBoolean());
            Assert.Equal(page == 1, answer.GetProperty("first_page").GetBoolean());
            if (!answer.GetProperty("last_page").GetBoolean())
                continue;
            Assert.Equal(page, answer.GetProperty("total_pages").GetInt32());
            Assert.Equal(all.Count, answer.GetProperty("total_items").GetInt32());
            return all;
        }
    }

    static string IdOf(JsonElement element) => element.GetProperty("id").GetString()!;

    [Fact]
    public async Task All_nine_endpoints_answer_as_the_standard_asks()
    {
        var services = await Fill(70);

        Assert.Equal("3.0", (await Ask("")).GetProperty("version").GetString());
        var listed = await Pages("/services");
        Assert.Equal(
            services.Where(s => s.WithdrawnAt is null).Select(s => s.Id.ToString()).Order(StringComparer.Ordinal),
            listed.Select(IdOf).Order(StringComparer.Ordinal)
        );
        // Lists hold no arrays; one service has all of it.
        Assert.All(listed, s => Assert.DoesNotContain(s.EnumerateObject(), p => p.Value.ValueKind == JsonValueKind.Array));
        foreach (var id in listed.Take(20).Select(IdOf))
        {
            var whole = await Ask("/services/" + id);
            Assert.Equal(0, whole.GetProperty("minimum_age").GetInt32());
            Assert.True(whole.GetProperty("attributes").GetArrayLength() > 0);
        }
        Assert.Equal("temporarily closed", (await Ask("/services/" + services[1].Id)).GetProperty("status").GetString());
        Assert.Equal("inactive", (await Ask("/services/" + services[2].Id)).GetProperty("status").GetString());
        await Ask("/services/" + services[3].Id, HttpStatusCode.NotFound);
        await Ask("/services/nothing", HttpStatusCode.NotFound);

        var at = await Pages("/service_at_locations");
        Assert.Equal(services.Sum(s => s.Points.Count(p => p.Cell < ServiceArea.First)), at.Count);
        Assert.Equal(at.Count, at.Select(IdOf).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(IdOf(at[7]), IdOf(await Ask("/service_at_locations/" + IdOf(at[7]))));
        await Ask("/service_at_locations/" + Guid.NewGuid(), HttpStatusCode.NotFound);

        foreach (var list in new[] { "/taxonomies", "/taxonomy_terms" })
        foreach (var item in await Pages(list))
            Assert.Equal(IdOf(item), IdOf(await Ask($"{list}/{IdOf(item)}")));
    }

    [Fact]
    public async Task Filters_let_through_what_they_say()
    {
        var services = await Fill(70);
        var term = (await Pages("/taxonomy_terms")).Single(t => t.GetProperty("name").GetString() == "Losing a baby");

        var loss = await Pages("/services", "&taxonomy_term_id=" + IdOf(term));
        Assert.Equal(services.Count(s => s.IsPublic && s.Live!.Needs.HasFlag(Need.Loss)), loss.Count);
        Assert.Equal(
            services.Count(s => s.IsPublic && s.Live!.Title.StartsWith("Leeds", StringComparison.Ordinal)),
            (await Pages("/services", "&search=leeds")).Count
        );
        var after = GeneratedServices.Now.AddHours(1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        Assert.Equal([services[2].Id.ToString()], (await Pages("/services", "&modified_after=" + after)).Select(IdOf));
        Assert.Empty(await Pages("/services", "&day=MO"));
        await Ask("/services?modified_after=yesterday", HttpStatusCode.BadRequest);
        await Ask("/services?minimum_age=baby", HttpStatusCode.BadRequest);
    }

    /// <summary>The other words that the standard knows, each against what it says of itself.</summary>
    [Fact]
    public async Task Services_come_in_full_or_as_little_as_tells_what_is_new_and_one_a_line()
    {
        var services = await Fill(45);
        var full = await Pages("/services", "&full=true");
        foreach (var service in full.Take(10))
            Assert.Equal((await Ask("/services/" + IdOf(service))).ToString(), service.ToString());
        Assert.All(full, s => Look(s, "service"));
        Assert.Contains(full, s => s.TryGetProperty("service_at_locations", out _));

        var minimal = await Ask("/services?minimal=true");
        Assert.True(minimal.GetProperty("last_page").GetBoolean());
        Assert.Equal(full.Select(IdOf), minimal.GetProperty("contents").EnumerateArray().Select(IdOf));
        Assert.All(minimal.GetProperty("contents").EnumerateArray(), s =>
            Assert.Equal(["id", "name", "status", "last_modified"], s.EnumerateObject().Select(p => p.Name))
        );

        using var browser = site.Browser();
        using var answer = await browser.GetAsync(new Uri(Root + "/services?format=ndjson&full=true", UriKind.Relative), Cancel);
        Assert.Equal("application/x-ndjson", answer.Content.Headers.ContentType!.MediaType);
        var lines = (await answer.Content.ReadAsStringAsync(Cancel)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(full.Select(s => s.ToString()), lines.Select(l => JsonDocument.Parse(l).RootElement.ToString()));
        foreach (var odd in new[] { "full=some", "minimal=1", "format=xml", "maximum_age=old", "minimum_age=-1" })
            await Ask("/services?" + odd, HttpStatusCode.BadRequest);
        Assert.Equal(44, services.Count(s => s.IsPublic));
    }

    /// <summary>What is let through by age, against the ages that each says.</summary>
    [Theory]
    [InlineData("minimum_age=0", 0, 200)]
    [InlineData("minimum_age=1.5", 1.5, 200)]
    [InlineData("minimum_age=3", 3, 200)]
    [InlineData("minimum_age=7", 7, 200)]
    [InlineData("maximum_age=0.5", 0, .5)]
    [InlineData("minimum_age=2&maximum_age=4", 2, 4)]
    [InlineData("minimum_age=4&maximum_age=2", 4, 2)]
    public async Task Ages_are_those_that_a_service_says(string query, double least, double most)
    {
        var services = await Fill(60);
        var listed = services.Where(s => s.IsPublic).Select(s => s.Id.ToString()).ToHashSet(StringComparer.Ordinal);

        var found = (await Pages("/services", "&" + query)).Select(IdOf).ToHashSet(StringComparer.Ordinal);

        var should = (await Pages("/services"))
            .Where(s => listed.Contains(IdOf(s)) && least <= most)
            .Where(s => !s.TryGetProperty("maximum_age", out var oldest) || oldest.GetDouble() >= least)
            .Select(IdOf)
            .ToHashSet(StringComparer.Ordinal);
        Assert.Equal(should.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    /// <summary>In metres, against a plain loop; a service with an area only where that holds the postcode.</summary>
    [Theory]
    [InlineData("LS1", 1500)]
    [InlineData("LS1", 20000)]
    [InlineData("LS7", 8000)]
    public async Task Proximity_is_in_metres(string district, int metres)
    {
        var services = await Fill(70);
        var near = Gazetteer.Default.Districts[district];

        var found = await Pages("/service_at_locations", $"&postcode={district}&proximity={metres}");

        var should = services
            .Where(s => s.Listed && s.Live!.AtAPlace)
            .Where(s =>
                s.Live!.Nationwide
                || s.Live.Areas.Count + s.Live.Districts.Count == 0
                || s.Live.Areas.Contains(near.Region)
                || s.Live.Districts.Any(d => d == district || d == "LS")
            )
            .Sum(s => s.Live!.Places.Count(p => p.FindableAt() is { } at && at.KmTo(near.Point) * 1000 <= metres));
        Assert.Equal(should, found.Count);
        await Ask("/service_at_locations?postcode=ZZ9+9ZZ", HttpStatusCode.BadRequest);
        await Ask("/service_at_locations?postcode=LS1&proximity=-1", HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Who_has_it_already_is_answered_with_nothing()
    {
        await Fill(10);
        using var browser = site.Browser();
        var path = new Uri(Root + "/services", UriKind.Relative);
        using var first = await browser.GetAsync(path, Cancel);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var again = await browser.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }
}
