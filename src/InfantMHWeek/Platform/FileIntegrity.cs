using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace InfantMHWeek.Platform;

/// <summary>What a browser must find when it fetches one of our own files (Subresource Integrity), so that nothing on the way can change it.</summary>
public sealed class FileIntegrity(IWebHostEnvironment site)
{
    readonly ConcurrentDictionary<(string Name, DateTimeOffset Written), string> known = new();

    /// <param name="name">A file of wwwroot.</param>
    public string Of(string name)
    {
        var file = site.WebRootFileProvider.GetFileInfo(name);
        return known.GetOrAdd((name, file.LastModified), _ =>
        {
            using var stream = file.CreateReadStream();
            return "sha384-" + Convert.ToBase64String(SHA384.HashData(stream));
        });
    }
}
