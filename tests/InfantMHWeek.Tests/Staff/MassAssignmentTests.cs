using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using InfantMHWeek.Contact;
using InfantMHWeek.Events;
using InfantMHWeek.Events.Moderation;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Accounts.SigningIn;
using InfantMHWeek.Platform.Deletion;
using InfantMHWeek.Platform.Jobs;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Text;
using InfantMHWeek.Services.Moderation;
using InfantMHWeek.Tests.Courses;
using InfantMHWeek.Tests.Events;
using InfantMHWeek.Tests.Services;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace InfantMHWeek.Tests.Staff;

/// <summary>
/// Two sites with the same rows, and the same forms sent to both: to one as the page has them, to the other with every
/// property of every row beside. After each form both stores must say the same. (The forms of the pages' area are in
/// <c>StaffGateTests</c>.)
/// </summary>
[OneStore("forms that send too much")]
public sealed partial class MassAssignmentTests : IAsyncDisposable
{
    const string Password = "teapot-violin-gravel-9";
    readonly TestSite plain = new(),
        forged = new();

    public async ValueTask DisposeAsync()
    {
        await plain.DisposeAsync();
        await forged.DisposeAsync();
    }

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    sealed record Desk(
        HttpClient Me,
        HttpClient Stranger,
        Guid Victim,
        Guid Cohort,
        Guid Person,
        Guid Other,
        Guid Waiting,
        Guid Live,
        Guid Profile,
        Guid Service,
        string Join,
        string Reset
    );

    /// <param name="Form">Where on the page it is.</param>
    sealed record Step(string Handler, string Path, string Form, params (string Name, string? Value)[] Typed);

    static IEnumerable<Step> Steps(Desk desk)
    {
        var (group, person, people) = (
            $"/staff/courses/{desk.Cohort}",
            $"/staff/courses/applications/{desk.Person}",
            $"/staff/people/{desk.Victim}"
        );
        yield return new("staff/people", "/staff/people", "main form", ("Email", "new@week.example"), ("Roles", StaffRole.Author));
        yield return new("staff/people/{id:guid} Roles", people, "form[action*=Roles]", ("Roles", StaffRole.Events));
        yield return new("staff/people/{id:guid} Invite", people, "form[action*=Invite]");
        yield return new("staff/people/{id:guid} Disable", people, "form[action*=Disable]");
        yield return new("staff/people/{id:guid} Enable", people, "form[action*=Enable]");
        yield return new("staff/mail Test", "/staff/mail", "form[action*=Test]");
        yield return new("staff/mail Find", "/staff/mail?state=given-up", "form[action*=Find]", ("words", "charity"));
        yield return new("staff/mail Again", "/staff/mail?state=given-up", "form[action*=Again]");
        yield return new("staff/health/deletion Clock", "/staff/health/deletion", "form[action*=Clock]");
        yield return new("staff/health/deletion Delete", "/staff/health/deletion", "form[action*=Delete]");
        yield return new("staff/mail Lift", "/staff/mail?state=refused", "form[action*=Lift]");
        yield return new("staff/mail Now", "/staff/mail", "form[action*=Now]");
        yield return new("staff/contact", "/staff/contact", "main form[method=post]");
        yield return new(
            "staff/courses/new",
            "/staff/courses/new",
            "main form[method=post]",
            ("Course", CourseDesk.Slug),
            ("Name", "Spring 2027"),
            ("Places", "2"),
            ("Sessions", "6"),
            ("First.Day", "4"),
            ("First.Month", "January"),
            ("First.Year", "2027"),
            ("Starts", "10am"),
            ("Ends", "12.30")
        );
        yield return new("staff/courses/{id:guid} Rules", group, "form[action*=Rules]", ("Places", "3"));
        yield return new("staff/courses/{id:guid} Copy", group, "form[action*=Copy]", ("CopyName", "Autumn 2027"), ("CopyWeeks", "26"));
        yield return new(
            "staff/courses/{id:guid}/sessions/{number:int}",
            group + "/sessions/6",
            "main form[method=post]",
            ("Date.Day", "15"),
            ("Place", "Hall")
        );
        yield return new(
            "staff/courses/{id:guid}/attendance/{number:int}",
            group + "/attendance/1",
            "main form[method=post]",
            ("Present", desk.Person.ToString()),
            ("wish", "save")
        );
        yield return new(
            "staff/courses/{id:guid}/mail",
            group + "/mail",
            "main form[method=post]",
            ("States", "Accepted"),
            ("Message", "Bring a pen."),
            ("wish", "send")
        );
        yield return new(
            "staff/courses/{id:guid}/applications Decide",
            group + "/applications",
            "form[action*=Decide]",
            ("Chosen", desk.Person.ToString()),
            ("wish", "yes")
        );
        yield return new("staff/courses/{id:guid}/applications Export", group + "/applications", "form[action*=Export]");
        yield return new("staff/courses/applications/{id:guid} Note", person, "form[action*=Note]", ("Note", "Rang twice."), ("To", null));
        yield return new("staff/courses/applications/{id:guid} Carry", person, "form[action*=Note]", ("To", Guid.Empty.ToString()));
        yield return new("staff/courses/applications/{id:guid} Export", person, "form[action*=Export]", ("To", null));
        yield return new("staff/courses/applications/{id:guid} Erase", person, "form[action*=Erase]", ("Sure", "true"), ("To", null));
        yield return new(
            "staff/courses/{id:guid}/cancel",
            group + "/cancel",
            "main form[method=post]",
            ("Reason", "Our trainer is ill."),
            ("wish", "cancel")
        );
        yield return new("staff/events Close", "/staff/events", "form[action*=Close]");
        yield return new("staff/events Ask", "/staff/events", "form:has([name=Words])", ("Chosen", null), ("Words", "Where is it?"));
        yield return new("staff/events Queue", "/staff/events", "form:has([name=Words])", ("Chosen", null));
        yield return new(
            "staff/events Decline",
            "/staff/events",
            "form:has([name=Words])",
            ("Chosen", null),
            ("Words", "No adverts, please.")
        );
        yield return new("staff/events/review", $"/staff/events/review?id={desk.Waiting}", "form:has([name=Revision])", ("Do", "approve"));
        yield return new("staff/events Approve", "/staff/events", "form[method=post]", ("Chosen", null));
        yield return new(
            "staff/events/review",
            $"/staff/events/review?id={desk.Live}",
            "form:has([name=Revision])",
            ("Do", "cancel"),
            ("Words", "The hall is closed.")
        );
        yield return new("staff/events/profile", $"/staff/events/profile?id={desk.Profile}", "main form[method=post]", ("Do", "approve"));
        yield return new("staff/services Close", "/staff/services", "form[action*=Close]");
        yield return new(
            "staff/services/review",
            $"/staff/services/review?id={desk.Service}",
            "form:has([name=Revision])",
            ("Do", "approve")
        );
        foreach (var act in new[] { "", " Bring" })
            yield return new(
                "staff/events/import" + act,
                "/staff/events/import",
                "main form[method=post]",
                ("Email", "partner@example.org"),
                ("ContactName", "Jo"),
                ("Organisation", "Partner")
            );
        yield return new(
            "staff/events/feeds/edit",
            "/staff/events/feeds/edit",
            "main form[method=post]",
            ("Name", "Partner"),
            ("Address", "https://partner.example/events.ics"),
            ("Email", "partner@example.org"),
            ("ContactName", "Jo"),
            ("Trust", "no")
        );
        foreach (var act in new[] { "Ask", "Approve", "Again", "Withdraw" })
            yield return new($"staff/services {act}", "/staff/services", "form:has([name=Chosen])", ("Chosen", null), ("Reply", "Hello."));
        yield return new("staff/services/import", "/staff/services/import", "main form[method=post]", ("Source", "Partner"));
        yield return new("staff/services/import Bring", "/staff/services/import", "main form[method=post]", ("Source", "Partner"));
        yield return new(
            "staff/account/password",
            "/staff/account/password",
            "main form[method=post]",
            ("Current", Password),
            ("Password", Password + "-new")
        );
        yield return new("staff/account/code-app", "/staff/account/code-app", "main form[method=post]", ("Code", "000000"));
        yield return new("staff/account/codes", "/staff/account/codes", "main form[method=post]");
        yield return new("staff/account/passkeys Add", "/staff/account/passkeys", "form[action*=Add]", ("Credential", "{}"));
        yield return new("staff/account/passkeys Remove", "/staff/account/passkeys", "form[action*=Add]", ("id", "none"));
        yield return new("staff/account/passkeys Options", "/staff/account/passkeys", "form[action*=Add]");
        yield return new("staff/confirm", "/staff/confirm", "main form[method=post]", ("Password", Password));
        yield return new("staff/confirm Passkey", "/staff/confirm", "main form[method=post]", ("credential", "{}"));
        yield return new("staff/confirm PasskeyOptions", "/staff/confirm", "main form[method=post]");
        yield return new("staff/account End", "/staff/account", "form[action*=EndAll]", ("session", Guid.Empty.ToString()));
        yield return new("staff/forgot", "/staff/forgot", "main form[method=post]", ("Email", "stranger@week.example"));
        yield return new("staff/sign-in", "/staff/sign-in", "form:has(#Email)", ("Email", "stranger@week.example"), ("Password", "wrong"));
        yield return new("staff/join/{token}", desk.Join, "main form[method=post]", ("Name", "Cara Evans"), ("Password", Password));
        yield return new("staff/set-up", "/staff/set-up", "form:has(#Code)", ("Code", "000000"));
        yield return new("staff/reset/{token}", desk.Reset, "main form[method=post]", ("Password", Password));
        yield return new("staff/account EndAll", "/staff/account", "form[action*=EndAll]");
    }

    /// <summary>
    /// What is left out: it reads nothing of a form but an id or words to look for, or needs a device or a code of the moment before
    /// it does anything.
    /// </summary>
    static readonly string[] Without =
    [
        "staff/sign-out",
        "staff/code",
        "staff/recovery-codes",
        "staff/sign-in Passkey",
        "staff/sign-in PasskeyOptions",
        "staff/set-up Passkey",
        "staff/set-up PasskeyOptions",
        "staff/health/reference",
        "staff/courses/{id:guid} HandOver",
        "staff/services/compare",
        "staff/events/compare",
        "staff/events/feeds Flag",
        "staff/events/feeds Read",
        "staff/events/feeds Resume",
        "staff/events/feeds Stop",
    ];

    [Fact]
    public void Every_handler_outside_the_pages_has_its_turn() =>
        Assert.Equal(
            PermissionMatrixTests
                .Least.Keys.Where(h => !h.StartsWith("staff/pages", StringComparison.Ordinal))
                .Except(Without, StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
            Steps(new(null!, null!, default, default, default, default, default, default, default, default, "", ""))
                .Select(s => s.Handler)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
        );

    static async Task<Desk> Prepare(TestSite site)
    {
        var (course, generated, now) = (new CourseDesk(site), new GeneratedEvents(5), site.Clock.GetUtcNow().UtcDateTime);
        var (me, victim, invited) = (
            await site.AddStaff("me@week.example", StaffRole.Administrator),
            await site.AddStaff("victim@week.example", StaffRole.Author),
            await site.AddStaff("invited@week.example", StaffRole.Author)
        );
        string join,
            reset;
        await using (var scope = site.Services.CreateAsyncScope())
        {
            var (links, hash) = (
                scope.ServiceProvider.GetRequiredService<StaffLinks>(),
                scope.ServiceProvider.GetRequiredService<IPasswordHasher<StaffMember>>().HashPassword(me, Password)
            );
            // Not the one whom these steps disable: that ends their links.
            var forgetful = await site.AddStaff("forgetful@week.example", StaffRole.Author);
            (join, reset) = await site.Write(async db =>
            {
                (await db.Set<StaffMember>().SingleAsync(m => m.Id == me.Id, Cancel)).PasswordHash = hash;
                return (
                    (await links.MakeAsync(db, invited.Id, StaffStage.Invitation, Cancel))!,
                    (await links.MakeAsync(db, forgetful.Id, StaffStage.Reset, Cancel))!
                );
            });
        }
        var cohort = await course.Open(places: 2, decideFirst: true);
        var (person, other) = (await course.Apply(cohort, "a@charity.example"), await course.Apply(cohort, "b@charity.example"));
        var (waiting, second, live) = (generated.Waiting(), generated.Waiting(), generated.Published());
        var services = new GeneratedServices(5);
        var service = services.Waiting();
        var profile = OrganiserProfile.Start(live.Contact, GeneratedEvents.Now);
        profile.Propose(new() { Name = "Families together", About = "We sing." }, GeneratedEvents.Now);
        profile.Send(GeneratedEvents.Now);
        await site.Write(db =>
        {
            db.Add(service);
            db.Add(
                new ServiceReport
                {
                    Id = Guid.CreateVersion7(),
                    ServiceId = service.Id,
                    At = now,
                    What = "closed",
                }
            );
            db.Set<Event>().AddRange(waiting, second, live);
            db.Add(profile);
            db.Set<EventConcern>()
                .Add(
                    new()
                    {
                        Id = Guid.CreateVersion7(),
                        EventId = live.Id,
                        Words = "It is not there.",
                        At = now,
                    }
                );
            db.Add(SampleMails.GivenUp(now));
            db.Set<RefusedRecipient>()
                .Add(
                    new()
                    {
                        Reader = "b@charity.example",
                        At = now,
                        Words = "550 no",
                    }
                );
            db.Set<MailHold>()
                .Add(
                    new()
                    {
                        Machine = "m",
                        Since = now,
                        Trouble = MailTrouble.Password,
                        Words = "535 no",
                        NextTryAt = now,
                    }
                );
            db.Set<ContactMessage>()
                .Add(
                    new()
                    {
                        Id = Guid.CreateVersion7(),
                        Form = Guid.CreateVersion7(),
                        Reference = "ABCD",
                        Kind = ContactKind.Message,
                        Email = EmailAddress.Parse("ann@home.example", null),
                        Text = "Hello",
                        At = now,
                    }
                );
            db.Set<ClockSighting>().Add(new() { At = now.AddDays(-30) });
            db.Set<HeldDeletion>()
                .Add(
                    new()
                    {
                        What = "things",
                        Job = "forget things",
                        Why = HoldReason.Clock,
                        Due = 3,
                        Of = 4,
                        Since = now,
                    }
                );
            return db.SaveChangesAsync(Cancel);
        });
        return new(
            await site.SignedIn(me),
            site.Browser(),
            victim.Id,
            cohort,
            person,
            other,
            waiting.Id,
            live.Id,
            profile.Id,
            service.Id,
            new Uri(join).AbsolutePath,
            new Uri(reset).AbsolutePath
        );
    }

    static async Task<Dictionary<string, string>> EveryProperty(TestSite site, Guid victim)
    {
        (string Name, Type ClrType)[] others =
        [
            ("IsAdministrator", typeof(bool)),
            ("Approved", typeof(bool)),
            ("Actor", typeof(string)),
            ("Role", typeof(string)),
        ];
        var properties = await site.InStore(db =>
            Task.FromResult(
                db.Model.GetEntityTypes()
                    .SelectMany(t => t.GetProperties())
                    .Select(p => (p.Name, p.ClrType))
                    .Concat(others)
                    .Distinct()
                    .ToList()
            )
        );
        Assert.True(properties.Count > 150);
        return properties
            .SelectMany(p => (string[])["", "Form.", "Member."], (p, prefix) => (Name: prefix + p.Name, p.ClrType))
            .DistinctBy(p => p.Name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(
                p => p.Name,
                p =>
                    (p.Name, Nullable.GetUnderlyingType(p.ClrType) ?? p.ClrType) switch
                    {
                        ("Roles" or "Role", _) => StaffRole.Administrator,
                        (_, { IsEnum: true } type) => Enum.GetNames(type)[^1],
                        (_, { } type) when type == typeof(Guid) => victim.ToString(),
                        (_, { } type) when type == typeof(DateTime) => "2001-01-01T00:00:00Z",
                        (_, { } type) when type == typeof(DateOnly) => "2001-01-01",
                        (_, { } type) when type == typeof(bool) => "true",
                        (_, { } type) when type == typeof(int) => "7",
                        _ => "forged",
                    },
                StringComparer.OrdinalIgnoreCase
            );
    }

    static async Task<string> Take(TestSite site, Desk desk, Step step, Dictionary<string, string>? more)
    {
        var browser = step.Handler.Split(' ')[0]
            is "staff/forgot"
                or "staff/sign-in"
                or "staff/join/{token}"
                or "staff/set-up"
                or "staff/reset/{token}"
            ? desk.Stranger
            : desk.Me;
        using var opened = await browser.GetAsync(new Uri(step.Path, UriKind.Relative), Cancel);
        var form = (await TestSite.Read(opened))
            .QuerySelectorAll(step.Form)
            .OfType<IHtmlFormElement>()
            .FirstOrDefault(f => f.Method == "post");
        Assert.True(form is not null, $"{step.Handler}: no form {step.Form} on {step.Path} ({opened.StatusCode})");
        if (step.Handler.Split(' ') is [_, var handler])
            form.SetAttribute("action", $"{step.Path.Split('?')[0]}?handler={handler}");
        var action = form.GetAttribute("action") is { Length: > 0 } written ? written : step.Path;
        // A null means: whatever the page offers to tick, or another form of the page has.
        var typed = step.Typed.ToDictionary(
            f => f.Name,
            f => f.Value ?? form.QuerySelector($"[name={f.Name}]")?.GetAttribute("value"),
            StringComparer.Ordinal
        );
        var own = form
            .Elements.Select(e => e.GetAttribute("name"))
            .OfType<string>()
            .Concat(typed.Keys)
            .Concat(
                (step.Path + "&" + action)
                    .Split('?', '&')
                    .Where(p => p.Contains('=', StringComparison.Ordinal))
                    .Select(p => p.Split('=')[0])
            )
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in more ?? [])
            if (!own.Contains(name))
                typed.TryAdd(name, value);
        using var answer = await browser.Send(form, step.Path, typed);
        // What is answered in its own time is answered when the rows are compared.
        if (step.Handler == "staff/forgot")
            await site.Services.GetRequiredService<JobRunner>().RunNowAsync(ResetRequests.Job, Cancel);
        return $"{(int)answer.StatusCode} {Random().Replace(answer.Headers.Location?.OriginalString ?? "", "*")}";
    }

    /// <summary>What the store holds, without what is different by chance.</summary>
    static async Task<IReadOnlyList<string>> Rows(TestSite site) =>
        [.. (await site.Rows("PageRevisions")).Select(r => Random().Replace(r, "*")).Order(StringComparer.Ordinal)];

    [Fact]
    public async Task Whatever_is_sent_beside_a_form_changes_nothing()
    {
        var (a, b) = (await Prepare(plain), await Prepare(forged));
        var more = await EveryProperty(forged, b.Victim);
        var before = await Rows(plain);
        Assert.Equal(before, await Rows(forged));
        var moved = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (first, second) in Steps(a).Zip(Steps(b)))
        {
            var (answer, other) = (await Take(plain, a, first, null), await Take(forged, b, second, more));
            Assert.True(answer == other && !answer.StartsWith('5'), $"{first.Handler}: {answer}, and with more fields: {other}");
            var (rows, others) = (await Rows(plain), await Rows(forged));
            var differing = rows.Except(others, StringComparer.Ordinal).Concat(others.Except(rows, StringComparer.Ordinal));
            Assert.True(
                rows.SequenceEqual(others, StringComparer.Ordinal),
                $"{first.Handler} wrote something else:\n{string.Join('\n', differing)}"
            );
            if (!rows.SequenceEqual(before, StringComparer.Ordinal))
                moved.Add(first.Handler);
            before = rows;
        }
        // Most of them did change what they are for.
        Assert.True(moved.Count >= 24, string.Join(", ", Steps(a).Select(s => s.Handler).Except(moved, StringComparer.Ordinal)));
    }

    /// <summary>The control: a field that a form does have makes the two stores differ.</summary>
    [Fact]
    public async Task A_field_of_the_form_itself_is_noticed()
    {
        var (a, b) = (await Prepare(plain), await Prepare(forged));
        Step Note(Desk desk, string words) =>
            new(
                "staff/courses/applications/{id:guid} Note",
                $"/staff/courses/applications/{desk.Person}",
                "form[action*=Note]",
                ("Note", words)
            );
        await Take(plain, a, Note(a, "Rang twice."), null);
        await Take(forged, b, Note(b, "forged"), null);
        Assert.NotEqual(await Rows(plain), await Rows(forged));
    }

    /// <summary>Ids, hashes, keys, links and references.</summary>
    [GeneratedRegex(
        "[A-Za-z0-9_+/=-]{20,}|[2-9B-DF-HJ-NP-TV-Z]{4}-[2-9B-DF-HJ-NP-TV-Z]{4}|Request=[2-9B-DF-HJ-NP-TV-Z]{10}",
        RegexOptions.NonBacktracking
    )]
    private static partial Regex Random();
}
