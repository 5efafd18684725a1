using System.Net;
using System.Reflection;
using AngleSharp.Html.Dom;
using InfantMHWeek.Editing.Drafts;
using InfantMHWeek.Editing.History;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Accounts.SigningIn;
using InfantMHWeek.Staff.Pages.Editor;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Tests.Staff.Pages;

/// <summary>What nobody gets through with: a handler above their role, a path outside the folder, a property that no form has.</summary>
[OneStore("who may open what")]
public sealed class StaffGateTests : IAsyncDisposable
{
    const string Own = "author";
    readonly TestContentFolder content = new();
    readonly TestSite site;

    public StaffGateTests()
    {
        content.Write("support.yml", "line:\n  name: A line\n  phone: 116 123\n");
        content.Write("redirects.yml", "/old: /about\n");
        site = new TestSite(content.Root);
    }

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Every handler that changes something or answers a form, with its address and the least role that may use it.</summary>
    static readonly Dictionary<string, (string Path, string Least)> Handlers = new(StringComparer.Ordinal)
    {
        ["EditModel.Publish"] = ("/staff/pages/edit?file=about.md&handler=Publish", StaffRole.Publisher),
        ["EditModel.Plan"] = ("/staff/pages/edit?file=about.md&handler=Plan", StaffRole.Publisher),
        ["EditModel.Keep"] = ("/staff/pages/edit?file=about.md&handler=Keep", Own),
        ["EditModel.Ask"] = ("/staff/pages/edit?file=about.md&handler=Ask", Own),
        ["EditModel.Check"] = ("/staff/pages/edit?file=about.md&handler=Check", Own),
        ["EditModel.Preview"] = ("/staff/pages/edit?file=about.md&handler=Preview", Own),
        ["EditModel.SetAside"] = ("/staff/pages/edit?file=about.md&handler=SetAside&draft=00000000-0000-0000-0000-000000000001", Own),
        ["EditModel.Bring"] = ("/staff/pages/edit?file=about.md&handler=Bring", Own),
        ["EditModel.SendBack"] = (
            "/staff/pages/edit?file=about.md&handler=SendBack&draft=00000000-0000-0000-0000-000000000001",
            StaffRole.Publisher
        ),
        ["DoneModel."] = ("/staff/pages/done?act=00000000-0000-0000-0000-000000000001", StaffRole.Publisher),
        ["EntryModel.Publish"] = ("/staff/pages/lists/redirects/address?key=/old&handler=Publish", StaffRole.Publisher),
        ["EntryModel.Remove"] = ("/staff/pages/lists/redirects/address?key=/old&handler=Remove", StaffRole.Publisher),
        ["EntryModel.Ask"] = ("/staff/pages/lists/redirects/address?key=/old&handler=Ask", Own),
        ["MoveModel.Move"] = ("/staff/pages/move?file=about.md&handler=Move", StaffRole.Publisher),
        ["MoveModel.Follow"] = ("/staff/pages/move?file=about.md&handler=Follow", StaffRole.Publisher),
        ["MoveModel.Withdraw"] = ("/staff/pages/move?file=about.md&handler=Withdraw", StaffRole.Publisher),
        ["MoveModel.Remove"] = ("/staff/pages/move?file=about.md&handler=Remove", StaffRole.Publisher),
        ["NewModel."] = ("/staff/pages/new", Own),
        ["PicturesModel."] = ("/staff/pages/pictures", StaffRole.Publisher),
        ["PlansModel."] = ("/staff/pages/plans", StaffRole.Publisher),
        ["SupportModel."] = ("/staff/pages/support", StaffRole.Publisher),
        ["ToolsModel.Check"] = ("/staff/pages/tools?file=about.md&handler=Check", Own),
        ["ToolsModel.Keep"] = ("/staff/pages/tools?file=about.md&handler=Keep", Own),
        ["ToolsModel.Here"] = ("/staff/pages/tools?file=about.md&handler=Here", Own),
        ["ToolsModel.Leave"] = ("/staff/pages/tools?file=about.md&handler=Leave", Own),
        ["ToolsModel.Kept"] = ("/staff/pages/tools?file=about.md&handler=Kept", Own),
        ["ToolsModel.Paste"] = ("/staff/pages/tools?file=about.md&handler=Paste", Own),
    };

    /// <summary>Whether it stands in <c>Staff/Pages</c> or a room of it.</summary>
    static bool InPages(Type type) =>
        $"{type.Namespace}.".StartsWith($"{typeof(InfantMHWeek.Staff.Pages.IndexModel).Namespace}.", StringComparison.Ordinal);

    [Fact]
    public void Every_handler_of_the_pages_is_in_the_table() =>
        Assert.Equal(
            Handlers.Keys.Order(StringComparer.Ordinal),
            typeof(EditModel)
                .Assembly.GetTypes()
                .Where(t => InPages(t) && t.IsSubclassOf(typeof(PageModel)))
                .SelectMany(t =>
                    t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                        .Where(m => m.Name.StartsWith("OnPost", StringComparison.Ordinal))
                        .Select(m => t.Name + "." + m.Name["OnPost".Length..].Replace("Async", "", StringComparison.Ordinal))
                )
                .Order(StringComparer.Ordinal)
        );

    /// <summary>A form with the person's own token and nothing else, to be sent anywhere.</summary>
    static async Task<IHtmlFormElement> TokenOf(HttpClient browser)
    {
        using var opened = await browser.GetAsync(new Uri("/staff/account", UriKind.Relative), Cancel);
        return (IHtmlFormElement)(await TestSite.Read(opened)).QuerySelector("form:has(input[name=__RequestVerificationToken])")!;
    }

    static async Task<Dictionary<string, HttpStatusCode>> PressAll(HttpClient browser)
    {
        var form = await TokenOf(browser);
        var answers = new Dictionary<string, HttpStatusCode>(StringComparer.Ordinal);
        foreach (var (name, (path, _)) in Handlers)
        {
            form.SetAttribute("action", path);
            using var answer = await browser.Send(form, "/");
            answers[name] = answer.StatusCode;
        }
        return answers;
    }

    Dictionary<string, string> Files() =>
        Directory.GetFiles(content.Root, "*", SearchOption.AllDirectories).ToDictionary(f => f, File.ReadAllText, StringComparer.Ordinal);

    [Theory]
    [InlineData(StaffRole.Author)]
    [InlineData(StaffRole.Events)]
    [InlineData(StaffRole.Courses)]
    public async Task Nobody_uses_a_handler_above_their_role(string role)
    {
        using var browser = await site.SignedIn(role);
        var before = Files();
        var answers = await PressAll(browser);
        foreach (var (name, (_, least)) in Handlers)
            Assert.True(
                (answers[name] == HttpStatusCode.Forbidden) == (role != StaffRole.Author || least == StaffRole.Publisher),
                $"{role} at {name}: {answers[name]}"
            );
        Assert.Equal(before, Files());
        Assert.Empty(await site.InStore(db => db.Set<PlannedChange>().ToListAsync(Cancel)));
    }

    /// <summary>The control: the same presses by a publisher are answered, and some of them change files.</summary>
    [Fact]
    public async Task A_publisher_gets_through()
    {
        using var browser = await site.SignedIn(StaffRole.Publisher);
        var before = Files();
        var answers = await PressAll(browser);
        Assert.DoesNotContain(answers, a => a.Value is HttpStatusCode.Forbidden or HttpStatusCode.InternalServerError);
        // One press changes nothing that readers lean on: it is asked about first.
        Assert.Equal(before, Files());
        using (await browser.SendAndConfirm("/staff/pages/move?file=about.md", null, "form[action*=Remove]")) { }
        Assert.NotEqual(before, Files());
    }

    [Theory]
    [InlineData("../about.md")]
    [InlineData("..%2fabout.md")]
    [InlineData("%2e%2e/about.md")]
    [InlineData("..\\about.md")]
    [InlineData("/etc/passwd")]
    [InlineData("//evil.example/a.md")]
    [InlineData("a/../about.md")]
    [InlineData("about.md\0.md")]
    [InlineData("media/about.md")]
    [InlineData(".saving-x.md")]
    [InlineData("ABOUT.md")]
    [InlineData("about.md/")]
    [InlineData("README.md")]
    [InlineData("a\nb.md")]
    [InlineData("<script>.md")]
    public async Task No_name_leads_out_of_the_folder(string name)
    {
        using var browser = await site.SignedIn(StaffRole.Publisher);
        var (form, before) = (await TokenOf(browser), Files());
        foreach (var page in new[] { "edit", "history", "move" })
            using (
                var shown = await browser.GetAsync(
                    new Uri($"/staff/pages/{page}?file={Uri.EscapeDataString(name)}", UriKind.Relative),
                    Cancel
                )
            )
                Assert.Equal(HttpStatusCode.NotFound, shown.StatusCode);
        foreach (
            var (handler, (path, _)) in Handlers.Where(h =>
                h.Value.Path.Contains("file=about.md", StringComparison.Ordinal)
                && h.Key is not ("ToolsModel.Paste" or "EditModel.SetAside")
            )
        )
        {
            form.SetAttribute("action", path.Replace("about.md", Uri.EscapeDataString(name), StringComparison.Ordinal));
            using var answer = await browser.Send(
                form,
                "/",
                new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["To"] = name,
                    ["Form.Whole"] = "x",
                    ["Reason"] = "x",
                }
            );
            Assert.True(
                answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest,
                $"{handler} {name}: {answer.StatusCode}"
            );
        }
        form.SetAttribute("action", "/staff/pages/move?file=about.md&handler=Move");
        using (var moved = await browser.Send(form, "/", new Dictionary<string, string?>(StringComparer.Ordinal) { ["To"] = name }))
            Assert.True(moved.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest);
        Assert.Equal(before, Files());
    }

    static readonly string[] Prefixes = ["", "Form.", "Member.", "Draft.", "Row.", "me."];

    /// <summary>Every property of every row, under every name by which a form might take it.</summary>
    async Task<Dictionary<string, string?>> EveryProperty(Guid victim)
    {
        var types = await site.InStore(db =>
            Task.FromResult(
                db.Model.GetEntityTypes()
                    .Where(t =>
                        t.ClrType.Namespace!.StartsWith("InfantMHWeek.Editing", StringComparison.Ordinal)
                        || t.ClrType.Namespace == typeof(StaffMember).Namespace
                    )
                    .SelectMany(t => t.GetProperties().Select(p => (p.Name, p.ClrType)))
                    .Distinct()
                    .ToList()
            )
        );
        Assert.True(types.Count > 40);
        return types
            .SelectMany(p => Prefixes.Select(prefix => (Name: prefix + p.Name, p.ClrType)))
            .DistinctBy(p => p.Name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(
                p => p.Name,
                p =>
                    p.ClrType == typeof(Guid) || p.ClrType == typeof(Guid?) ? victim.ToString()
                    : p.ClrType == typeof(DateTime) || p.ClrType == typeof(DateTime?) ? "2001-01-01T00:00:00Z"
                    : p.ClrType == typeof(bool) ? "true"
                    : p.ClrType == typeof(int) ? "7"
                    : p.Name == "Roles" ? StaffRole.Administrator
                    : p.ClrType.IsEnum ? "1"
                    : "forged",
                StringComparer.OrdinalIgnoreCase
            )!;
    }

    [Fact]
    public async Task A_property_that_no_form_has_changes_no_row()
    {
        var victim = await site.AddStaff("victim@week.example", StaffRole.Author);
        var me = await site.AddStaff("me@week.example", StaffRole.Publisher);
        using var browser = await site.SignedIn(me);
        using (var victims = await site.SignedIn(victim))
        {
            using var page = await victims.GetAsync(new Uri("/staff/pages/edit?file=about.md", UriKind.Relative), Cancel);
            var editor = (IHtmlFormElement)(await TestSite.Read(page)).QuerySelector("#editor")!;
            editor.SetAttribute("action", "/staff/pages/edit?file=about.md&handler=Keep");
            using (await victims.Send(editor, "/", new Dictionary<string, string?>(StringComparer.Ordinal) { ["Form.Body"] = "\nMine.\n" }))
            { }
        }
        var everything = await EveryProperty(victim.Id);
        var before = await Rows(victim.Id);
        var sent = 0;
        foreach (
            var path in (string[])
                [
                    "/staff/pages/edit?file=about.md",
                    "/staff/pages/new",
                    "/staff/pages/plans",
                    "/staff/pages/pictures",
                    "/staff/pages/support",
                    "/staff/pages/move?file=about.md",
                    "/staff/pages/lists/redirects/address?key=/old",
                    "/staff/pages/lists/redirects/address",
                    "/staff/account",
                    "/staff/account/password",
                    "/staff/account/passkeys",
                    "/staff/account/code-app",
                    "/staff/confirm",
                ]
        )
        {
            using var opened = await browser.GetAsync(new Uri(path, UriKind.Relative), Cancel);
            if (opened.StatusCode != HttpStatusCode.OK)
                continue;
            var page = await TestSite.Read(opened);
            foreach (
                var form in page.QuerySelectorAll("main form")
                    .OfType<IHtmlFormElement>()
                    .Where(f => f.Method == "post" && f.GetAttribute("action")?.Contains("EndAll", StringComparison.Ordinal) != true)
            )
            foreach (
                var action in form.QuerySelectorAll("button[formaction]")
                    .Select(b => b.GetAttribute("formaction"))
                    .DefaultIfEmpty(form.GetAttribute("action"))
            )
            {
                var own = form.Elements.Select(e => e.GetAttribute("name")).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
                form.SetAttribute("action", action ?? path);
                using var answer = await browser.Send(
                    form,
                    path,
                    everything.Where(p => !own.Contains(p.Key)).ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal)
                );
                Assert.True((int)answer.StatusCode < 500, $"{path}: {answer.StatusCode}");
                sent++;
            }
        }
        Assert.True(sent >= 12, sent.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(before, await Rows(victim.Id));
        Assert.Equal(
            [StaffRole.Publisher],
            (await site.InStore(db => db.Set<StaffMember>().SingleAsync(m => m.Id == me.Id, Cancel))).Roles
        );
        Assert.DoesNotContain("forged", string.Concat(await site.Rows()), StringComparison.Ordinal);
        Assert.DoesNotContain("2001-01-01", string.Concat(await site.Rows()), StringComparison.Ordinal);

        // The control: a property that a form has does arrive.
        using var edit = await browser.GetAsync(new Uri("/staff/pages/edit?file=about.md", UriKind.Relative), Cancel);
        var control = (IHtmlFormElement)(await TestSite.Read(edit)).QuerySelector("#editor")!;
        control.SetAttribute("action", "/staff/pages/edit?file=about.md&handler=Ask");
        using (
            await browser.Send(
                control,
                "/",
                new Dictionary<string, string?>(StringComparer.Ordinal) { ["Form.Body"] = "\nWords.\n", ["Form.Note"] = "forged" }
            )
        ) { }
        Assert.Contains("forged", string.Concat(await site.Rows()), StringComparison.Ordinal);
    }

    Task<string> Rows(Guid staff) =>
        site.InStore(async db =>
            System.Text.Json.JsonSerializer.Serialize(
                new
                {
                    Member = await db.Set<StaffMember>().AsNoTracking().SingleAsync(m => m.Id == staff, Cancel),
                    Drafts = await db.Set<PageDraft>().AsNoTracking().Where(d => d.StaffId == staff).ToListAsync(Cancel),
                    Sessions = await db.Set<StaffSession>().AsNoTracking().Where(s => s.StaffId == staff).ToListAsync(Cancel),
                    Revisions = await db.Set<PageRevision>().AsNoTracking().Where(r => r.StaffId == staff).ToListAsync(Cancel),
                }
            )
        );

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        content.Dispose();
    }
}
