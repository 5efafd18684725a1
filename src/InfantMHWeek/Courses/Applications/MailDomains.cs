using InfantMHWeek.Platform.Text;

namespace InfantMHWeek.Courses.Applications;

/// <summary>What the domain of an address says about where somebody works.</summary>
public static class MailDomains
{
    /// <summary>Where anybody can have an address, or so many bodies share one domain that it says nothing.</summary>
    static readonly HashSet<string> Shared = new(
    [
        "gmail.com", "googlemail.com", "outlook.com", "outlook.co.uk", "hotmail.com", "hotmail.co.uk", "live.com", "live.co.uk", "msn.com", "windowslive.com",
        "yahoo.com", "yahoo.co.uk", "yahoo.ie", "ymail.com", "rocketmail.com", "icloud.com", "me.com", "mac.com", "aol.com", "aol.co.uk", "aim.com",
        "btinternet.com", "btopenworld.com", "btconnect.com", "sky.com", "talktalk.net", "tiscali.co.uk", "virginmedia.com", "virgin.net", "ntlworld.com",
        "blueyonder.co.uk", "plusnet.com", "plus.com", "o2.co.uk", "orange.net", "fsmail.net", "freeserve.co.uk", "lineone.net", "uwclub.net", "zen.co.uk",
        "protonmail.com", "protonmail.ch", "proton.me", "pm.me", "tutanota.com", "tuta.com", "tuta.io", "fastmail.com", "fastmail.fm", "hey.com", "hushmail.com",
        "gmx.com", "gmx.co.uk", "gmx.net", "gmx.de", "web.de", "t-online.de", "mail.com", "email.com", "zoho.com", "zohomail.eu", "yandex.com", "yandex.ru", "mail.ru",
        "qq.com", "163.com", "126.com", "duck.com", "mailinator.com", "guerrillamail.com", "onmicrosoft.com",
        "nhs.net", "nhs.scot", "nhs.uk", "hscni.net", "gov.uk", "ac.uk",
    ], StringComparer.Ordinal);

    public static bool SameOrganisation(EmailAddress one, EmailAddress other) => DomainOf(one) is var domain && domain == DomainOf(other) && !Shared.Contains(domain);

    static string DomainOf(EmailAddress address) => address.Key[(address.Key.LastIndexOf('@') + 1)..];
}
