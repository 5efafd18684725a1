using InfantMHWeek.Platform.Accounts.SigningIn;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Hosting;
using InfantMHWeek.Platform.Hosting.Starting;
using InfantMHWeek.Platform.Text;

namespace InfantMHWeek.Platform.Accounts.Administration;

/// <summary>
/// <c>staff invite EMAIL --role ROLE</c>: how the first administrator comes in, because there is no account to begin with.
/// </summary>
static class StaffInviteCommand
{
    /// <param name="addServices">Adds the platform, and what knows the wording of mails.</param>
    public static Command With(Action<WebApplicationBuilder> addServices) =>
        new("staff invite", "EMAIL --role ROLE", (builder, words) => RunAsync(builder, words, addServices));

    static async Task<int> RunAsync(WebApplicationBuilder builder, IReadOnlyList<string> words, Action<WebApplicationBuilder> addServices)
    {
        var roles = (builder.Configuration.Option("role") ?? "").Split(
            ',',
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );
        if (
            words is not [var typed]
            || !EmailAddress.TryParse(typed, null, out var email)
            || roles.Length == 0
            || roles.Except(StaffRole.All, StringComparer.Ordinal).Any()
        )
        {
            await Console.Error.WriteLineAsync(
                $"Write it like this: staff invite EMAIL --role ROLE. The roles are: {string.Join(", ", StaffRole.All)}; several are "
                    + "written with commas between them."
            );
            return 2;
        }
        addServices(builder);
        await using var app = builder.Build();
        app.PrepareStore(app.CheckStore());
        await using var scope = app.Services.CreateAsyncScope();
        var (outcome, link) = await scope
            .ServiceProvider.GetRequiredService<StaffRoster>()
            .InviteAsync(email, roles, by: null, CancellationToken.None);
        if (outcome == RosterOutcome.AlreadyThere)
        {
            await Console.Error.WriteLineAsync(
                "This person belongs to the staff already. An administrator can send a new invitation from the page People."
            );
            return 1;
        }
        await Console.Out.WriteLineAsync(
            $"This link works once, for {StaffTicket.Lasts(StaffStage.Invitation).Days} days. It was put into the outbox as a mail "
                + $"too.\n{link}"
        );
        if (SiteAddress.BaseOf(builder.Configuration) is null)
            await Console.Out.WriteLineAsync("Site:BaseUrl is not set, so the start of the address is a guess.");
        return 0;
    }
}
