namespace InfantMHWeek.Platform.Accounts.SigningIn;

/// <summary>What a person calls the thing in front of them. The rest of what a browser says of itself is not kept.</summary>
static class DeviceName
{
    static readonly (string Sign, string Name)[] Browsers =
    [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrom", "Chrome"),
        ("Safari/", "Safari"),
    ];
    static readonly (string Sign, string Name)[] Systems =
    [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
        ("CrOS", "Chromebook"),
        ("Linux", "Linux"),
    ];

    public static string Of(string? userAgent) => $"{Find(Browsers, userAgent) ?? "A browser"} on {Find(Systems, userAgent) ?? "a device"}";

    static string? Find((string Sign, string Name)[] known, string? text) =>
        Array.Find(known, k => text?.Contains(k.Sign, StringComparison.Ordinal) is true).Name;
}
