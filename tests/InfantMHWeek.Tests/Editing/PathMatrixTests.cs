using System.Net;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Platform.Accounts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Logging;

namespace InfantMHWeek.Tests.Editing;

/// <summary>
/// Every name that might lead out of the content folder, through everything of the staff area that takes the name of a file.
/// </summary>
[OneStore("names of files")]
public sealed class PathMatrixTests : IAsyncDisposable
{
    const string Secret = "the words outside";
    readonly TestContentFolder content = new();
    readonly DirectoryInfo outside = Directory.CreateTempSubdirectory("outside-");

    public PathMatrixTests()
    {
        File.WriteAllText(Path.Combine(outside.FullName, "secret.md"), TestContentFolder.Page("Secret", Secret));
        content.Write("redirects.yml", "/old: /about\n");
        File.CreateSymbolicLink(Path.Combine(content.Root, "linked.md"), Path.Combine(outside.FullName, "secret.md"));
        Directory.CreateSymbolicLink(Path.Combine(content.Root, "way"), outside.FullName);
        File.CreateSymbolicLink(Path.Combine(content.Root, "dangling.md"), Path.Combine(outside.FullName, "new.md"));
    }

    public async ValueTask DisposeAsync()
    {
        await Task.CompletedTask;
        content.Dispose();
        outside.Delete(recursive: true);
    }

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>As they stand in an address: encoded once, or as an attacker would write them.</summary>
    IReadOnlyList<string> Names
    {
        get
        {
            var (there, full) = ($"{outside.Name}/secret.md", Path.Combine(outside.FullName, "secret.md"));
            string[] plain =
            [
                $"../{there}",
                $"a/../../{there}",
                $"./../{there}",
                $"themes/../../{there}",
                $"..//{there}",
                $"....//{there}",
                $"../../../../../../../..{full}",
                full,
                "/" + full,
                "file://" + full,
                $"C:\\{there}",
                $"\\\\server\\share\\{there}",
                $"..\\{there}",
                $"..\\..\\{there.Replace('/', '\\')}",
                $"../{there}\0",
                $"../{there}\0.md",
                $"about.md\0../{there}",
                $"..;/{there}",
                $"~/{there}",
                $"../{there}.",
                $"../{there} ",
                $"../{there}::$DATA",
                "linked.md",
                "way/secret.md",
                "way/new.md",
                "dangling.md",
                "about.md.",
                "about.md ",
                " about.md",
                "about.md/",
                "about..md",
                ".",
                "..",
                "",
                "/",
                "about.md/..",
                "ABOUT.md",
                "README.md",
                ".saving-x.md",
                ".publishing",
                "media/about.md",
                "con.md",
                "nul.md",
                "aux.md",
                "prn.md",
                "com1.md",
                "lpt9.md",
                "themes/con.md",
                "CON",
                "NUL.md",
                "\u0430bout.md",
                "about\u2024md",
                $"\uff0e\uff0e/{there}",
                $"..\u2215{there}",
                $"..\uff0f{there}",
                $"\u202e../{there}",
                "about\u200b.md",
                "ab\u006f\u0308ut.md",
                $"\u2025/{there}",
                new string('a', 5000) + ".md",
                string.Concat(Enumerable.Repeat("a/", 300)) + "a.md",
                string.Concat(Enumerable.Repeat("../", 300)) + there,
                "a\nb.md",
                "<script>.md",
                "%2e%2e%2f" + there,
                "%252e%252e%252f" + there,
            ];
            string[] raw =
            [
                $"..%2f{there}",
                $"%2e%2e/{there}",
                $"%2e%2e%2f{there}",
                $"..%5c{there}",
                $"%252e%252e%252f{there}",
                $"%c0%ae%c0%ae%c0%af{there}",
                $"%c0%ae%c0%ae/{there}",
                $"..%c0%af{there}",
                $"..%c1%9c{there}",
                $"%e0%80%ae%e0%80%ae%e0%80%af{there}",
                $"..%00/{there}",
                $"..%u2215{there}",
                $"%uff0e%uff0e/{there}",
                "%ff%fe.md",
                full.Replace("/", "%2f", StringComparison.Ordinal),
            ];
            return [.. plain.Select(Uri.EscapeDataString), .. raw];
        }
    }

    Dictionary<string, string> Everything() =>
        new[] { content.Root, outside.FullName }
            .SelectMany(f => Directory.EnumerateFiles(f, "*", SearchOption.AllDirectories))
            .Where(f => !f.EndsWith("dangling.md", StringComparison.Ordinal))
            .ToDictionary(f => f, File.ReadAllText, StringComparer.Ordinal);

    /// <summary>Tries every name at every door, and tells where something outside was shown or any file was changed.</summary>
    async Task<IReadOnlyList<string>> Through(IEnumerable<(string Door, Func<string, Task<HttpResponseMessage>> Knock)> doors)
    {
        var (through, before) = (new List<string>(), Everything());
        foreach (var (door, knock) in doors)
        foreach (var name in Names)
        {
            using var answer = await knock(name);
            var words = await answer.Content.ReadAsStringAsync(Cancel);
            var after = Everything();
            var changed = after.Count != before.Count || after.Any(f => before.GetValueOrDefault(f.Key) != f.Value);
            if (words.Contains(Secret, StringComparison.Ordinal) || changed || answer.StatusCode == HttpStatusCode.InternalServerError)
                through.Add($"{door} {(name.Length > 80 ? name[..80] : name)}: {answer.StatusCode}{(changed ? ", a file changed" : "")}");
            before = after;
        }
        return through;
    }

    [Fact]
    public async Task No_name_leads_out_of_the_folder_at_any_door()
    {
        await using var site = new TestSite(content.Root);
        using var browser = await site.SignedIn(StaffRole.Administrator);
        using var opened = await browser.GetAsync(new Uri("/staff/account", UriKind.Relative), Cancel);
        var token = (await TestSite.Read(opened)).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        // Kestrel refuses a path with a NUL before any of this; the server in this process cannot even be asked.
        Task<HttpResponseMessage> Get(string path) =>
            path.Split('?')[0].Contains("%00", StringComparison.Ordinal)
                ? Task.FromResult(new HttpResponseMessage(HttpStatusCode.BadRequest))
                : browser.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        async Task<HttpResponseMessage> Post(string path, params (string Name, string Value)[] fields)
        {
            using var form = new FormUrlEncodedContent(
                fields.Append(("__RequestVerificationToken", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2))
            );
            return await browser.PostAsync(new Uri(path, UriKind.Relative), form, Cancel);
        }

        async Task<HttpResponseMessage> Bring(string name, string file)
        {
            using var picture = new ByteArrayContent(
                Convert.FromBase64String(
                    "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR4nGOwqnXBihiGlgQAgrA+wSvBS9cAAAAASUVORK5CYII="
                )
            );
            using var form = new MultipartFormDataContent
            {
                { new StringContent(token), "__RequestVerificationToken" },
                { new StringContent(name), "Name" },
                { new StringContent("A leaf"), "Alternative" },
                { new StringContent("true"), "Replace" },
            };
            form.Add(picture, "picture", file);
            return await browser.PostAsync(new Uri("/staff/pages/pictures", UriKind.Relative), form, Cancel);
        }

        var whole = ("Form.Whole", TestContentFolder.Page("Mine", "Overwritten."));
        var doors = new List<(string, Func<string, Task<HttpResponseMessage>>)>
        {
            ("open", n => Get("/staff/pages/edit?file=" + n)),
            ("history", n => Get("/staff/pages/history?file=" + n)),
            ("move", n => Get("/staff/pages/move?file=" + n)),
            ("moved", n => Get("/staff/pages/done?act=" + n)),
            ("as of", n => Get("/staff/as-of/2026-06-09T0900/" + n)),
            ("as of, with drafts", n => Get("/staff/as-of/2026-06-09T0900-drafts/" + n)),
            ("list", n => Get("/staff/pages/lists/" + n)),
            ("entry", n => Get($"/staff/pages/lists/redirects/address?key={n}")),
            ("letter", n => Get("/staff/mail/" + n)),
            ("media", n => Get("/media/" + n)),
            ("restore", n => Get($"/staff/pages/edit?file={n}&revision={Guid.NewGuid()}")),
            ("move to", n => Post("/staff/pages/move?file=about.md&handler=Move", ("To", Uri.UnescapeDataString(n)))),
            ("follow to", n => Post("/staff/pages/move?file=about.md&handler=Follow", ("To", Uri.UnescapeDataString(n)))),
            ("new, by name", n =>
                Post(
                    "/staff/pages/new",
                    ("Name", Uri.UnescapeDataString(n)[..^Math.Min(3, Uri.UnescapeDataString(n).Length)]),
                    ("Heading", "Mine")
                )
            ),
            ("new, by folder", n => Post("/staff/pages/new", ("Folder", Uri.UnescapeDataString(n)), ("Name", "mine"), ("Heading", "Mine"))),
            ("picture, by name", n => Bring(Uri.UnescapeDataString(n), "x.png")),
            ("picture, by its file", n =>
                Bring("../x", Uri.UnescapeDataString(n).Trim() is { Length: > 0 } file ? file.Replace('\0', '0').Replace('\n', ' ') : "x")
            ),
        };
        doors.AddRange(
            ((string[])["Publish", "Keep", "Ask", "Check", "Preview", "Plan", "SetAside"]).Select(h =>
                (
                    "edit " + h,
                    (Func<string, Task<HttpResponseMessage>>)(
                        n => Post($"/staff/pages/edit?file={n}&handler={h}", whole, ("Form.Moment", "2031-06-08 09:00"))
                    )
                )
            )
        );
        doors.AddRange(
            ((string[])["Withdraw", "Remove", "Move"]).Select(h =>
                (
                    "move " + h,
                    (Func<string, Task<HttpResponseMessage>>)(
                        n => Post($"/staff/pages/move?file={n}&handler={h}", ("Reason", "Old."), ("LeadsTo", "/"), ("To", "elsewhere.md"))
                    )
                )
            )
        );
        doors.AddRange(
            ((string[])["Check", "Keep", "Here"]).Select(h =>
                ("tools " + h, (Func<string, Task<HttpResponseMessage>>)(n => Post($"/staff/pages/tools?file={n}&handler={h}", whole)))
            )
        );

        Assert.Empty(await Through(doors));
        // Nor does the store hold a draft, a plan or a text for a name that no page can have.
        Assert.DoesNotContain(await site.Rows(), r =>
            r.Contains(outside.Name, StringComparison.Ordinal)
            || r.Contains(Secret, StringComparison.Ordinal)
            || r.Contains("File=con.md", StringComparison.Ordinal)
        );
    }

    /// <summary>The control: the same names at doors that only put folder and name together.</summary>
    [Fact]
    public async Task The_same_names_get_through_where_nobody_looks_at_them()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        async Task<IResult> Touch(string? file, bool save)
        {
            try
            {
                var path = Path.Combine(content.Root, file ?? "");
                if (save && File.Exists(path))
                    await File.AppendAllTextAsync(path, "x", Cancel);
                return Results.Text(await File.ReadAllTextAsync(path, Cancel));
            }
            catch (Exception problem) when (problem is IOException or ArgumentException or UnauthorizedAccessException)
            {
                return Results.NotFound();
            }
        }

        app.MapGet("/open", (string? file) => Touch(file, save: false));
        app.MapPost("/save", (string? file) => Touch(file, save: true));
        await app.StartAsync(Cancel);
        using var browser = app.GetTestClient();
        var through = await Through([
            ("open", n => browser.GetAsync(new Uri("/open?file=" + n, UriKind.Relative), Cancel)),
            ("save", n => browser.PostAsync(new Uri("/save?file=" + n, UriKind.Relative), null, Cancel)),
        ]);
        Assert.True(through.Count(t => t.StartsWith("open", StringComparison.Ordinal)) >= 8, string.Join('\n', through));
        Assert.True(through.Count(t => t.Contains("a file changed", StringComparison.Ordinal)) >= 8, string.Join('\n', through));
    }
}
