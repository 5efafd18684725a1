namespace InfantMHWeek.Tests.Architecture;

/// <summary>
/// Who may use whom: features stand on the platform, staff screens on features, nobody on the staff, and no room on one that stands
/// on it.
/// </summary>
public sealed class ArchitectureTests
{
    static readonly UseReader Site = new(typeof(Program).Assembly.Location);
    static readonly List<RoomUse> Uses = [.. Site.Uses()];
    static readonly List<RoomUse> Planted =
    [
        .. new UseReader(typeof(ArchitectureTests).Assembly.Location, $"{typeof(ArchitectureTests).Namespace}.Planted.").Uses(),
    ];

    [Fact]
    public void Folders_use_each_other_in_one_direction() => Assert.Empty(InWords(Rooms.WrongWays(Uses)));

    [Fact]
    public void Rooms_of_a_feature_stand_on_each_other_without_circles() =>
        Assert.Empty(InWords(Rooms.Circles(Uses.Where(u => u.FromFeature != "Platform"))));

    /// <summary>The rooms of the platform, the ground floor first: each stands only on those below it.</summary>
    static readonly string[] PlatformRooms =
    [
        "Time",
        "Capacity",
        "Text",
        "Moderation",
        "Calendars",
        "Tables",
        "Configuration",
        "Feeds",
        "Hosting.Caching",
        "Telemetry",
        "Store",
        "Store.Migrations",
        "Store.PostgresMigrations",
        "Pages",
        "Jobs",
        "Deletion",
        "Mail",
        "Mail.Smtp",
        "Store.Moving",
        "Store.Backup",
        "Hosting",
        "Hosting.FromOutside",
        "Hosting.Starting",
        "Places",
        "Forms",
        "Forms.TagHelpers",
        "Accounts",
        "Accounts.SigningIn",
        "Accounts.Administration",
    ];

    [Fact]
    public void Rooms_of_the_platform_stand_in_their_order()
    {
        var inside = Uses.Where(u =>
                u.From.StartsWith("Platform.", StringComparison.Ordinal) && u.To.StartsWith("Platform.", StringComparison.Ordinal)
            )
            .ToList();

        Assert.Empty(inside.SelectMany(u => new[] { u.From, u.To }).Select(Short).Distinct().Except(PlatformRooms));
        Assert.Empty(
            inside
                .Where(u => Array.IndexOf(PlatformRooms, Short(u.To)) > Array.IndexOf(PlatformRooms, Short(u.From)))
                .Select(u => $"Against the platform's order ({Short(u.From)} -> {Short(u.To)}): {u}")
        );

        static string Short(string room) => room["Platform.".Length..];
    }

    [Fact]
    public void Views_are_looked_at_with_what_is_injected_into_them()
    {
        Assert.True(Site.Views.Count > 100, "The compiled views were not found.");
        Assert.Contains(Uses, u =>
            u.By.StartsWith("/Staff/_StaffLayout.cshtml", StringComparison.Ordinal) && u.Used == "Campaign.Library.Snapshot"
        );
    }

    /// <summary>The controls: a small site in which each rule is broken, in each way that a program has.</summary>
    [Theory]
    [InlineData("Platform uses nothing above it: Platform.Clock.Now -> Editing.TroubleException")]
    [InlineData("Nothing in Shared knows a feature: Shared.Frame.Menu -> Campaign.Content.Page")]
    [InlineData("Features do not use each other: Events.ByGenericArgument.Count -> Courses.Cohort")]
    [InlineData("Features do not use each other: Events.ByLambda.Maker -> Contact.Message")]
    [InlineData("Features do not use each other: Events.ByAsync.MakeAsync -> Contact.Message")]
    [InlineData("Editing uses Campaign and no other feature: Editing.ByStaticCall.Other -> Courses.Cohort")]
    [InlineData("Nothing uses Staff: Editing.ByStaticCall.Read -> Staff.Screen")]
    [InlineData("Nothing uses Staff: Contact.ByMark.its declaration -> Staff.Screen")]
    [InlineData("Nothing uses Staff: Courses.ByView.get_View -> /Staff/_Frame.cshtml")]
    public void A_use_in_the_wrong_direction_is_found(string offence) => Assert.Contains(offence, InWords(Rooms.WrongWays(Planted)));

    [Fact]
    public void A_circle_is_found_with_both_of_its_halves()
    {
        var found = InWords(Rooms.Circles(Planted));

        Assert.Contains(found, o => o.EndsWith("Campaign.Content.Reader.Read -> Campaign.Rendering.Renderer", StringComparison.Ordinal));
        Assert.Contains(found, o => o.EndsWith("Campaign.Rendering.Renderer.Draw -> Campaign.Content.Page", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_allowed_is_not_found() =>
        Assert.DoesNotContain(InWords(Rooms.WrongWays(Planted)), o =>
            o.Contains("Staff.Screen.Allowed", StringComparison.Ordinal) || o.Contains("Read -> Campaign", StringComparison.Ordinal)
        );

    static List<string> InWords(IEnumerable<Offence> offences) => [.. offences.Select(o => o.ToString()).Distinct(StringComparer.Ordinal)];
}
