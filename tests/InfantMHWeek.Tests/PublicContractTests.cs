using System.Collections;
using System.Globalization;
using System.Text.Json;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Tests.Platform;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace InfantMHWeek.Tests;

/// <summary>
/// What others rely on without asking us (addresses with their verbs and formats, the shape of the JSON, mails, commands, settings) as one
/// text, so that a change of it is seen in review.
/// </summary>
public sealed class PublicContractTests(RealSite site)
{
    const string Approved = "tests/InfantMHWeek.Tests/public-contract.txt";

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_public_contract_is_the_one_that_was_agreed()
    {
        var approved = Path.GetFullPath(Path.Combine(SiteFolders.Home, "../..", Approved));
        string[] now =
        [
            "# Addresses: path, verbs (with named handlers), and how it answers where it needs no value",
            .. await AddressesAsync(),
            "",
            "# JSON: operations and properties that /openapi/v1.json describes",
            .. await JsonAsync(),
            "",
            "# Mails: kind and lane, what it must say; what it may say",
            .. Mails(),
            "",
            "# Commands",
            .. await CommandsAsync(),
            "",
            "# Settings: key, what may be written, default",
            .. Settings(),
        ];
        var agreed = File.Exists(approved) ? await File.ReadAllLinesAsync(approved, Cancel) : [];
        if (now.SequenceEqual(agreed, StringComparer.Ordinal))
            return;
        var received = Path.Combine(AppContext.BaseDirectory, "public-contract.txt");
        await File.WriteAllLinesAsync(received, now, Cancel);
        Assert.Fail(
            $"""
            The public contract has changed:
            {string.Join('\n', Differences(agreed, now))}
            If that is meant, say so in the change log and: cp {received} {Approved}
            """
        );
    }

    /// <summary>The control: what is gone, what is new and what has changed are all told.</summary>
    [Fact]
    public void A_change_of_the_contract_is_told() =>
        Assert.Equal(
            ["- /a: GET", "- Mail:Port: 1 to 10; 5", "+ Mail:Port: 1 to 20; 5"],
            Differences(["/a: GET", "/b: GET", "Mail:Port: 1 to 10; 5"], ["/b: GET", "Mail:Port: 1 to 20; 5"])
        );

    static IEnumerable<string> Differences(IReadOnlyList<string> agreed, IReadOnlyList<string> now) =>
        [
            .. agreed.Except(now, StringComparer.Ordinal).Select(l => "- " + l),
            .. now.Except(agreed, StringComparer.Ordinal).Select(l => "+ " + l),
        ];

    async Task<IEnumerable<string>> AddressesAsync()
    {
        using var browser = site.Browser();
        var lines = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var routes in (await RoutesAsync()).GroupBy(r => r.Path, StringComparer.Ordinal))
        {
            var verbs = string.Join(", ", routes.SelectMany(r => r.Verbs).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
            var answer = "";
            if (!routes.Key.Contains('{', StringComparison.Ordinal) && verbs.Contains("GET", StringComparison.Ordinal))
            {
                using var response = await browser.GetAsync(new Uri(routes.Key, UriKind.Relative), Cancel);
                answer = $"; {(int)response.StatusCode} {response.Content.Headers.ContentType?.MediaType}".TrimEnd();
            }
            lines[routes.Key] = $"{routes.Key}: {verbs}{answer}";
        }
        return lines.Values;
    }

    async Task<List<(string Path, IEnumerable<string> Verbs)>> RoutesAsync()
    {
        var routes = site
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(e =>
                e.Metadata.GetMetadata<PageActionDescriptor>() is null
                && !EndpointsTests.IsStaticFile(e.RoutePattern.RawText!.TrimStart('/').ToLowerInvariant())
            )
            .Select(e =>
                (PathOf(e.RoutePattern.RawText!), (e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["any"]).AsEnumerable())
            )
            .ToList();
        var loader = site.Services.GetRequiredService<PageLoader>();
        foreach (
            var page in site
                .Services.GetRequiredService<IActionDescriptorCollectionProvider>()
                .ActionDescriptors.Items.OfType<PageActionDescriptor>()
        )
        {
            var path = PathOf(page.AttributeRouteInfo!.Template!);
            // An index page answers at its folder too.
            if (path.EndsWith("/index", StringComparison.Ordinal))
                continue;
            var loaded = await loader.LoadAsync(page, EndpointMetadataCollection.Empty);
            // A page that overrides OnPageHandlerExecutionAsync has, to the framework, a handler for the method "PAGE".
            var verbs = loaded
                .HandlerMethods.Where(h => h.HttpMethod != "Page")
                .Select(h => $"{h.HttpMethod.ToUpperInvariant()} {h.Name}".TrimEnd());
            routes.Add((path, verbs.Append("GET")));
        }
        return routes;
    }

    static string PathOf(string route) => "/" + route.Trim('/').ToLowerInvariant();

    async Task<IEnumerable<string>> JsonAsync()
    {
        using var browser = site.Browser();
        using var document = JsonDocument.Parse(await browser.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), Cancel));
        var operations =
            from path in document.RootElement.GetProperty("paths").EnumerateObject()
            from operation in path.Value.EnumerateObject()
            let parameters = operation.Value.TryGetProperty("parameters", out var listed)
                ? listed.EnumerateArray().Select(p => p.GetProperty("name").GetString())
                : []
            select $"{operation.Name.ToUpperInvariant()} {path.Name}: {string.Join(", ", parameters)}";
        return [.. operations, .. Properties(document.RootElement, "")];
    }

    /// <summary>Every property that a schema anywhere in the description names, with the properties around it.</summary>
    static IEnumerable<string> Properties(JsonElement element, string path)
    {
        if (element.ValueKind == JsonValueKind.Array)
            return element.EnumerateArray().SelectMany(e => Properties(e, path));
        if (element.ValueKind != JsonValueKind.Object)
            return [];
        return element
            .EnumerateObject()
            .SelectMany(member =>
                member is { Name: "properties", Value.ValueKind: JsonValueKind.Object }
                    ? member
                        .Value.EnumerateObject()
                        .SelectMany(p => Properties(p.Value, $"{path}.{p.Name}").Prepend($"{path}.{p.Name}: {TypeOf(p.Value)}"))
                    : Properties(member.Value, path)
            )
            .Distinct(StringComparer.Ordinal);
    }

    static string TypeOf(JsonElement property) =>
        property.TryGetProperty("$ref", out var named) ? named.GetString()!.Split('/')[^1]
        : !property.TryGetProperty("type", out var type) ? "any"
        : type.ValueKind == JsonValueKind.Array ? string.Join(" or ", type.EnumerateArray().Select(t => t.GetString()))
        : property.TryGetProperty("items", out var items) ? $"array of {TypeOf(items)}"
        : type.GetString()!;

    static IEnumerable<string> Mails() =>
        from kind in MailKinds.All
        orderby kind.Name
        select $"{kind.Name} ({MailLanes.Of(kind.Name)}): {string.Join(", ", kind.Required)}; {string.Join(", ", kind.Optional)}".TrimEnd();

    /// <summary>As the program itself lists them for whoever has written another.</summary>
    static async Task<IEnumerable<string>> CommandsAsync()
    {
        var (_, _, errors) = await SiteProgram.Run("nothing");
        return errors.Split("There are: ")[1].Split(". Without")[0].Split(", ").Order(StringComparer.Ordinal);
    }

    IEnumerable<string> Settings() =>
        from section in site.Services.GetServices<SettingsSection>()
        from property in SettingsReader.PropertiesOf(section.Type)
        let standard = property.GetValue(Activator.CreateInstance(section.Type))
        let words = standard is IEnumerable many and not string
            ? string.Join(", ", many.Cast<object>())
            : Convert.ToString(standard, CultureInfo.InvariantCulture)
        let line = $"{section.Name}:{property.Name}: {SettingsReader.Allowed(property)}; {words}".TrimEnd()
        orderby line
        select line;
}
