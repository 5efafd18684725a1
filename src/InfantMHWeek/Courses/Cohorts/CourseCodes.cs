using System.Security.Cryptography;

namespace InfantMHWeek.Courses.Cohorts;

/// <summary>What people type from paper or a screen: no letters that look alike, and no vowels, so that no word comes out.</summary>
static class CourseCodes
{
    /// <summary>Four letters and figures, a hyphen, four more.</summary>
    public static string NewReference() => NewCode(4) + "-" + NewCode(4);

    /// <summary>16 characters (76 bits) in fours, for typing from paper.</summary>
    public static string NewCertificateCode() => string.Join('-', Enumerable.Range(0, 4).Select(_ => NewCode(4)));

    public static string NewCode(int length) => RandomNumberGenerator.GetString("23456789BCDFGHJKMNPQRSTVWXYZ", length);
}
