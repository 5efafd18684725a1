using Microsoft.AspNetCore.Html;
using QRCoder;

namespace InfantMHWeek.Platform.Pages;

/// <summary>A square code that leads to an address, for paper.</summary>
static class QrDrawing
{
    /// <summary>Drawn as rectangles with attributes: the content policy lets no style through.</summary>
    public static HtmlString Of(string link)
    {
        using var code = QRCodeGenerator.GenerateQrCode(link, QRCodeGenerator.ECCLevel.M);
        using var drawing = new SvgQRCode(code);
        return new(
            drawing.GetGraphic(new System.Drawing.Size(144, 144), "#000000", "#ffffff", sizingMode: SvgQRCode.SizingMode.ViewBoxAttribute)
        );
    }
}
