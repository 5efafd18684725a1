namespace InfantMHWeek.Platform.Hosting.Caching;

/// <summary>
/// Marks an endpoint whose answer is the same for everyone: no cookie, no form token, nothing of the visitor in it.
/// Only such answers are compressed (a secret beside chosen text could be guessed from the size) and only they are kept.
/// </summary>
/// <param name="keep">Keep a good answer for as long as the content stays the same.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
sealed class CachedPageAttribute(bool keep = true) : Attribute
{
    public bool Keep { get; } = keep;

    /// <summary>What stands behind the question mark makes another page of it, and only the one without is kept.</summary>
    public bool OnlyWithoutQuery { get; init; }
}

/// <summary>Answers that were made once and are sent many times; bounded, so that no crawl can fill the memory.</summary>
sealed class ResponseCache
{
    const long MaxBytes = 96L * 1024 * 1024;
    readonly System.Collections.Concurrent.ConcurrentDictionary<string, CachedResponse> responses = new(StringComparer.Ordinal);
    long bytes;

    /// <summary>What may be sent as it is.</summary>
    public bool TryGet(string path, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out CachedResponse response) =>
        responses.TryGetValue(path, out response) && response.IsSure;

    /// <summary>What was kept, whether or not it is still so.</summary>
    public CachedResponse? Find(string path) => responses.GetValueOrDefault(path);

    public void Keep(string path, CachedResponse response)
    {
        if (responses.TryGetValue(path, out var before))
            Interlocked.Add(ref bytes, -before.Size);
        // Starting afresh costs each page one rendering, and needs no bookkeeping on the way of every reader.
        if (Interlocked.Add(ref bytes, response.Size) > MaxBytes)
        {
            responses.Clear();
            Interlocked.Exchange(ref bytes, response.Size);
        }
        responses[path] = response;
    }
}
