using System.Text;
using QRCoder;

namespace InfantMHWeek.Staff;

/// <summary>How a code app is told its key: as an address, as a square to photograph, and as letters to type.</summary>
static class CodeApp
{
    public static string Address(string site, string email, string key) =>
        $"otpauth://totp/{Uri.EscapeDataString(site)}:{Uri.EscapeDataString(email)}"
        + $"?secret={key}&issuer={Uri.EscapeDataString(site)}&digits=6";

    public static string InFours(string key) => string.Join(' ', key.Chunk(4).Select(four => new string(four)));

    /// <summary>The dark fields as the path of an SVG, one unit each, and how many there are on a side.</summary>
    public static (string Path, int Side) Square(string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var path = new StringBuilder();
        foreach (var (y, row) in code.ModuleMatrix.Index())
            for (var x = 0; x < row.Count; x++)
                if (row[x])
                    path.Append(System.Globalization.CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
        return (path.ToString(), code.ModuleMatrix.Count);
    }
}
