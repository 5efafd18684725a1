namespace InfantMHWeek.Campaign.Library;

/// <summary>What was on its way to a file when its process was killed. It lies beside the file.</summary>
/// <param name="File">The name that it was to have.</param>
/// <param name="Text">Null when it is no text: perhaps half a one, and perhaps all that is left of somebody's.</param>
sealed record UnfinishedWrite(string File, string Path, byte[] Bytes, ContentText? Text)
{
    const int IdLength = 32;

    /// <summary>What cannot be read just now is left for the next time.</summary>
    public static IReadOnlyList<UnfinishedWrite> AllIn(string root)
    {
        var left = new List<UnfinishedWrite>();
        if (!Directory.Exists(root))
            return left;
        foreach (var path in Directory.EnumerateFiles(root, ContentWriter.UnderWay + "*", SearchOption.AllDirectories))
            if (FileOf(root, path) is { } file && TryRead(path) is { } bytes)
                left.Add(new(file, path, bytes, ContentText.Of(bytes)));
        return left;
    }

    /// <returns>Null when it is on its way to no file of ours.</returns>
    static string? FileOf(string root, string path)
    {
        var name = System.IO.Path.GetFileName(path)[ContentWriter.UnderWay.Length..];
        if (name.Length <= IdLength + 1)
            return null;
        var beside = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(path)!, name[(IdLength + 1)..]);
        var file = System.IO.Path.GetRelativePath(root, beside).Replace('\\', '/');
        return ContentWriter.IsName(file) ? file : null;
    }

    static byte[]? TryRead(string path)
    {
        try
        {
            return System.IO.File.ReadAllBytes(path);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
