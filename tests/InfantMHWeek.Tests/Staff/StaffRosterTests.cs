using System.Net;
using InfantMHWeek.Platform.Accounts;
using Microsoft.EntityFrameworkCore;
using static InfantMHWeek.Tests.FormPosting;
using static InfantMHWeek.Tests.Staff.AccountSite;

namespace InfantMHWeek.Tests.Staff;

/// <summary>How long somebody is in, and who may do what.</summary>
[BothStores]
public sealed class StaffRosterTests : IAsyncDisposable
{
    readonly AccountSite site = new();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Fact]
    public async Task A_session_ends_when_idle_when_old_when_ended_and_when_its_owner_is_disabled()
    {
        var member = await site.AddStaff("ada@week.example", StaffRole.Author);
        using var idle = await site.SignedIn(member);
        site.Clock.Advance(TimeSpan.FromMinutes(29));
        Assert.Equal(HttpStatusCode.OK, await StatusOf(idle));
        site.Clock.Advance(TimeSpan.FromMinutes(29));
        Assert.Equal(HttpStatusCode.OK, await StatusOf(idle));
        site.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(HttpStatusCode.Found, await StatusOf(idle));

        using var old = await site.SignedIn(member);
        for (var i = 0; i < 12 * 3; i++)
        {
            Assert.Equal(HttpStatusCode.OK, await StatusOf(old));
            site.Clock.Advance(TimeSpan.FromMinutes(20));
        }
        Assert.Equal(HttpStatusCode.Found, await StatusOf(old));

        using var here = await site.SignedIn(member);
        using var there = await site.SignedIn(member);
        using (await here.Send("/staff/account", form: "form[action*='handler=End']:not([action*='EndAll'])")) { }
        Assert.Equal(HttpStatusCode.Found, await StatusOf(there));
        Assert.Equal(HttpStatusCode.OK, await StatusOf(here));

        using var administrator = await site.SignedIn(StaffRole.Administrator);
        using (await administrator.Send($"/staff/people/{member.Id}", form: "form[action*='Disable']")) { }
        Assert.Equal(HttpStatusCode.Found, await StatusOf(here));
    }

    [Fact]
    public async Task A_changed_role_counts_at_the_next_request()
    {
        var member = await site.AddStaff("ada@week.example", StaffRole.Author);
        using var browser = await site.SignedIn(member);
        using var administrator = await site.SignedIn(StaffRole.Administrator);
        Assert.Equal(HttpStatusCode.Forbidden, await StatusOf(browser, "/staff/audit"));
        using (
            var saved = await administrator.Send(
                $"/staff/people/{member.Id}",
                Fields(("Roles", StaffRole.Administrator)),
                "form[action*='Roles']"
            )
        )
            Assert.Equal(HttpStatusCode.Found, saved.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await StatusOf(browser, "/staff/audit"));
    }

    [Fact]
    public async Task The_last_administrator_cannot_be_lost_and_an_unknown_role_is_refused()
    {
        var member = await site.AddStaff("ada@week.example", StaffRole.Administrator);
        using var browser = await site.SignedIn(member);
        using (var disabled = await browser.Send($"/staff/people/{member.Id}", form: "form[action*='Disable']"))
            Assert.Contains(
                "Nobody could look after",
                await disabled.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
                StringComparison.Ordinal
            );
        using (var demoted = await browser.Send($"/staff/people/{member.Id}", Fields(("Roles", StaffRole.Author)), "form[action*='Roles']"))
            Assert.Equal(HttpStatusCode.OK, demoted.StatusCode);
        using (var unknown = await browser.Send($"/staff/people/{member.Id}", Fields(("Roles", "emperor")), "form[action*='Roles']"))
            Assert.Contains(
                "Choose from the list",
                await unknown.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
                StringComparison.Ordinal
            );
        Assert.Equal(
            [StaffRole.Administrator],
            (await site.InStore(db => db.Set<StaffMember>().SingleAsync(m => m.Id == member.Id))).Roles
        );
    }
}
