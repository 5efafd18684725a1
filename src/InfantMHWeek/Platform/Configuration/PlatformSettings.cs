using System.ComponentModel.DataAnnotations;
using System.Net;

namespace InfantMHWeek.Platform.Configuration;

/// <summary>Where the public finds the site.</summary>
[Settings("Site")]
sealed class SiteSettings
{
    /// <summary>What all links begin with. Without it the site takes the address at which it listens, and answers under any name.</summary>
    [BaseAddress]
    public Uri? BaseUrl { get; set; }
}

/// <summary>Who stands before the site and may say for whom it asks.</summary>
[Settings("ReverseProxy")]
sealed class ReverseProxySettings
{
    public IReadOnlyList<IPAddress> KnownAddresses { get; set; } = [];
}

/// <summary>Where what the site keeps is kept, and when it starts on it.</summary>
[Settings("Data")]
sealed class DataSettings
{
    [Path]
    public string? Path { get; set; }

    /// <summary>With less than this on its disk, in megabytes, the site is not ready.</summary>
    [Range(0, 1_000_000_000_000)]
    public long LeastFreeMegabytes { get; set; } = 64;

    /// <summary>Change an older database at the start.</summary>
    public bool MigrateAtStart { get; set; }

    /// <summary>Start although the folder <c>keys</c> is not the one that belongs to the database.</summary>
    public bool AcceptKeys { get; set; }
}

/// <summary>Where the public's pages are.</summary>
[Settings("Content")]
sealed class ContentSettings
{
    [Path]
    public string? Path { get; set; }

    /// <summary>For several instances: how long after a change it is shown, in milliseconds, so that all show it at once.</summary>
    [Range(0, 60_000)]
    public int ShownAfterMilliseconds { get; set; }
}

/// <summary>Which database, if not the file in the data folder.</summary>
[Settings("ConnectionStrings")]
sealed class StoreSettings
{
    [DataType(DataType.Password)]
    public string? Site { get; set; }
}

[Settings("Server")]
sealed class ServerSettings
{
    /// <summary>Answer on the thread that reads the sockets: faster while nearly all comes from memory.</summary>
    public bool AnswerInline { get; set; } = true;
}
