using System.IO.Compression;
using System.Net;
using System.Text;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Tables;
using InfantMHWeek.Services;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Tests.Staff;

/// <summary>A member of staff brings a table in: sees first what would happen, says which column is what, and then does it.</summary>
[BothStores]
public sealed class StaffServicesImportTests : IAsyncDisposable
{
    const string Path = "/staff/services/import";
    readonly TestSite site = new();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static readonly string[] Head = ["Ref", "Service", "Provider", "Tel", "Web", "Postcode", "Price", "Was heißt das"];

    static readonly string[][] Rows =
    [
        ["a1", "Baby café", "Willow Trust", "0113 496 0001", "willow.example", "LS1 4AP", "Free", "x"],
        ["a2", "Dads together", "Willow Trust", "+44 113 496 0002", "willow.example", "ls6 1aa", "£3", "y"],
        ["a3", "=1+1", "Willow Trust", "0113 496 0003", "", "LS1 4AP", "", ""],
        ["a4", "No place", "Willow Trust", "0113 496 0004", "", "", "", ""],
        ["a5", "Calm hour", "Willow Trust", "none", "", "LS1 4AP", "", ""],
    ];

    async Task<(string Text, string Packed, HttpStatusCode Code)> Send(
        HttpClient staff,
        byte[]? file,
        string handler = "",
        string packed = "",
        IReadOnlyList<string>? columns = null
    )
    {
        using var opened = await staff.GetAsync(new Uri(Path, UriKind.Relative), Cancel);
        var token = (await TestSite.Read(opened)).QuerySelector("main input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var content = Form(token, packed, columns ?? []);
        if (file is not null)
            content.Add(new ByteArrayContent(file), "file", "list");
        using var answer = await staff.PostAsync(new Uri(Path + handler, UriKind.Relative), content, Cancel);
        var page = await TestSite.Read(answer);
        return (page.Body!.TextContent, page.QuerySelector("input[name=Packed]")?.GetAttribute("value") ?? "", answer.StatusCode);
    }

    static MultipartFormDataContent Form(string token, string packed, IReadOnlyList<string> columns)
    {
        var content = new MultipartFormDataContent
        {
            { new StringContent("Willow list"), "Source" },
            { new StringContent("OGL"), "Licence" },
            { new StringContent("show"), "Also" },
            { new StringContent("groups"), "Needs" },
            { new StringContent(packed), "Packed" },
            { new StringContent(token), "__RequestVerificationToken" },
        };
        foreach (var column in columns)
            content.Add(new StringContent(column), "Column");
        return content;
    }

    Task<List<FamilyService>> All() =>
        site.InStore(db => db.Set<FamilyService>().AsNoTracking().Include(s => s.Points).OrderBy(s => s.SourceId).ToListAsync(Cancel));

    static byte[] Csv() => Encoding.UTF8.GetBytes(string.Join("\r\n", Rows.Prepend(Head).Select(r => string.Join(',', r))));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_table_is_looked_at_first_and_then_brought_in(bool spreadsheet)
    {
        using var staff = await site.SignedIn(StaffRole.Events);

        var (text, packed, _) = await Send(staff, spreadsheet ? TableWriter.Spreadsheet(Head, Rows) : Csv());

        Assert.Contains("2 new", text, StringComparison.Ordinal);
        Assert.Contains("Row 4 (id a3), name: It begins like a formula", text, StringComparison.Ordinal);
        Assert.Contains("Row 5 (id a4), postcode or area: It does not say where", text, StringComparison.Ordinal);
        Assert.Contains("Row 6 (id a5), phone: “none” is no telephone number", text, StringComparison.Ordinal);
        Assert.Empty(await All());

        (text, _, _) = await Send(staff, null, "?handler=Bring", packed);
        Assert.Contains("Brought in", text, StringComparison.Ordinal);
        await Send(staff, null, "?handler=Bring", packed);
        var all = await All();
        Assert.Equal(["Baby café", "Dads together"], all.Select(s => s.Live!.Title));
        Assert.All(all, s => Assert.Equal((Need.Groups, "Willow list"), (s.Live!.Needs, s.Source)));
        Assert.All(all, s => Assert.Single(s.Points));
        Assert.Equal([ServiceCost.Free, ServiceCost.Paid], all.Select(s => s.Live!.Cost));
    }

    [Fact]
    public async Task A_column_is_what_the_person_says_that_it_is()
    {
        using var staff = await site.SignedIn(StaffRole.Events);
        var (_, packed, _) = await Send(staff, Csv());

        await Send(staff, null, "?handler=Bring", packed, ["id", "name", "organisation", "phone", "", "postcode", "", "summary"]);

        Assert.Equal([("x", ""), ("y", "")], (await All()).Select(s => (s.Live!.Summary, s.Live.Link)));
    }

    /// <summary>With the store away nothing is lost: the page comes back with the file, and the same press brings it in.</summary>
    [Fact]
    public async Task A_list_that_met_an_outage_is_brought_in_by_the_next_press()
    {
        using var staff = await site.SignedIn(StaffRole.Events);
        var (_, packed, _) = await Send(staff, Csv());
        using var opened = await staff.GetAsync(new Uri(Path, UriKind.Relative), Cancel);
        var token = (await TestSite.Read(opened)).QuerySelector("main input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        using (StoreOutage.Of(site))
        {
            using var content = Form(token, packed, []);
            using var answer = await staff.PostAsync(new Uri(Path + "?handler=Bring", UriKind.Relative), content, Cancel);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        }
        Assert.Empty(await All());

        await Send(staff, null, "?handler=Bring", packed);
        Assert.Equal(2, (await All()).Count);
    }

    /// <summary>A megabyte of packed nothing is a gigabyte.</summary>
    [Fact]
    public async Task A_spreadsheet_that_swells_is_refused_in_words()
    {
        using var staff = await site.SignedIn(StaffRole.Events);
        using var bomb = new MemoryStream();
        using (var archive = new ZipArchive(bomb, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var sheet = archive.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.SmallestSize).Open();
            var nothing = new byte[1 << 20];
            for (var n = 0; n < 200; n++)
                await sheet.WriteAsync(nothing, Cancel);
        }

        var (text, _, code) = await Send(staff, bomb.ToArray());

        Assert.Equal(HttpStatusCode.OK, code);
        Assert.Contains("far larger unpacked than it looks", text, StringComparison.Ordinal);
        foreach (
            var odd in new byte[][] { [.. "PK"u8, 3, 4, 1, 2, 3], [0xd0, 0xcf, 0x11, 0xe0], [0x1f, 0x8b, 0], [.. "name\n"u8, 0xE9, 0xE8] }
        )
        {
            (text, _, code) = await Send(staff, odd);
            Assert.Equal(HttpStatusCode.OK, code);
            Assert.Matches("no spreadsheet that we can read|old form|an archive|not plain text in UTF-8", text);
        }
    }

    [Fact]
    public async Task What_came_back_changed_is_not_unpacked_for_ever()
    {
        using var staff = await site.SignedIn(StaffRole.Events);
        using var bomb = new MemoryStream();
        using (var packing = new BrotliStream(bomb, CompressionLevel.Fastest, leaveOpen: true))
        {
            var nothing = new byte[1 << 20];
            for (var n = 0; n < 50; n++)
                await packing.WriteAsync(nothing, Cancel);
        }

        var (text, _, _) = await Send(staff, null, "?handler=Bring", Convert.ToBase64String(bomb.ToArray()));

        Assert.Contains("Choose the file again.", text, StringComparison.Ordinal);
        (text, _, _) = await Send(staff, null, "?handler=Bring", "not base 64");
        Assert.Contains("Choose the file again.", text, StringComparison.Ordinal);
    }
}
