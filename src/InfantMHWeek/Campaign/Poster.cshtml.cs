using InfantMHWeek.Campaign.Calendar;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Hosting.Caching;
using InfantMHWeek.Platform.Pages;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.RazorPages;
using QRCoder;

namespace InfantMHWeek.Campaign;

/// <summary>One sheet of A4 for a waiting room: the week as it is announced, or the campaign while none is.</summary>
[CachedPage]
sealed class PosterModel(Snapshot site, SiteAddress address) : PageModel
{
    /// <summary>As the framework names this page.</summary>
    public const string PageName = "/Campaign/Poster";

    public CampaignCalendar Calendar { get; } = CampaignCalendar.Of(site);

    /// <summary>The address as people type it.</summary>
    public string Shown => new Uri(address.Of("/")).Authority;

    public void OnGet() =>
        ViewData["Head"] = new PageHead
        {
            Title = "Poster",
            Summary = "A poster of the week to print on A4.",
            Path = "/take-part/poster",
            SharePicture = "/share/take-part.png",
            WeekLine = false,
        };

    /// <summary>Drawn as rectangles with attributes: the content policy lets no style through.</summary>
    public HtmlString Code()
    {
        using var code = QRCodeGenerator.GenerateQrCode(address.Of("/"), QRCodeGenerator.ECCLevel.M);
        using var drawing = new SvgQRCode(code);
        return new(
            drawing.GetGraphic(new System.Drawing.Size(144, 144), "#000000", "#ffffff", sizingMode: SvgQRCode.SizingMode.ViewBoxAttribute)
        );
    }
}
