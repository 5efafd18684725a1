using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Platform.Hosting.Caching;
using InfantMHWeek.Platform.Pages;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Campaign;

/// <summary>
/// Whom to call about one thing, in one nation or in all: an address of its own, so that it can be kept, sent and printed.
/// </summary>
[CachedPage]
sealed class SupportModel(Snapshot site) : PageModel
{
    /// <summary>As the framework names this page.</summary>
    public const string PageName = "/Campaign/Support";

    public SupportTopic Topic { get; private set; } = null!;

    /// <summary>The nation as people write it; null for all.</summary>
    public string? Nation { get; private set; }
    public IReadOnlyList<SupportService> DayAndNight { get; private set; } = [];
    public IReadOnlyList<SupportService> Others { get; private set; } = [];

    /// <summary>Pages about it that exist.</summary>
    public IEnumerable<(string Path, string Words)> See =>
        Topic.See.Where(s => s.Path.StartsWith("/support/", StringComparison.Ordinal) || site.Find(s.Path.Split('#')[0]) is not null);

    public void OnGet(string topic, string? nation)
    {
        (Topic, Nation) = (SupportTopics.Find(topic)!, Nations.LabelOf(nation));
        // The emergency number stands above whatever it is about; the nation's own lines before those for everybody.
        var services = site
            .Registers.Support.Where(s => s.Emergency || (s.About.Contains(topic, StringComparer.Ordinal) && s.IsIn(Nation)))
            .OrderByDescending(s => s.Emergency)
            .ThenBy(s => Nation is not null && s.IsForMost)
            .ToLookup(s => s.DayAndNight);
        (DayAndNight, Others) = ([.. services[true]], [.. services[false]]);
        ViewData["Head"] = new PageHead
        {
            Title = Topic.Label + (Nation is null ? "" : $" ({Nation})"),
            Summary = Topic.Says,
            Path = $"/support/{topic}{(nation is null ? "" : "/" + nation)}",
            SharePicture = "/share/support.png",
            Sensitive = true,
            WeekLine = false,
        };
    }
}
