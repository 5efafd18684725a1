using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Platform.Hosting.Caching;
using InfantMHWeek.Platform.Pages;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Campaign;

/// <summary>Whom to call about one thing, in one nation or in all: an address of its own, so that it can be kept, sent and printed.</summary>
[CachedPage]
public sealed class SupportModel(Snapshot site) : PageModel
{
    public SupportTopic Topic { get; private set; } = null!;

    /// <summary>The nation as people write it; null for all.</summary>
    public string? Nation { get; private set; }
    public IReadOnlyList<SupportService> Services { get; private set; } = [];

    public IActionResult OnGet(string topic, string? nation)
    {
        Nation = Nations.LabelOf(nation);
        if (SupportTopics.Find(topic) is not { } found || (nation is not null && Nation is null)) return NotFound();
        Topic = found;
        // The emergency number stands above whatever it is about; the nation's own lines before those for everybody.
        Services = [.. site.Registers.Support.Where(s => s.Emergency || (s.About.Contains(topic, StringComparer.Ordinal) && s.IsIn(Nation)))
            .OrderByDescending(s => s.Emergency).ThenBy(s => Nation is not null && s.Nation == "UK")];
        ViewData["Head"] = new PageHead
        {
            Title = Topic.Label + (Nation is null ? "" : $" ({Nation})"),
            Summary = Topic.Says,
            Path = $"/support/{topic}{(nation is null ? "" : "/" + nation)}",
            SharePicture = "/share/support.png",
            Sensitive = true,
        };
        return Page();
    }
}
