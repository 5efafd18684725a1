using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Platform.Accounts;

/// <summary>Something that only its holder knows. The store keeps its hash, so a copy of the store opens nothing.</summary>
static class Secret
{
    public const int HashLength = TextHash.Length;
    const int Bytes = 32;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static string Hash(string secret) => TextHash.Of(secret);
}

/// <summary>A row that the holder of a token opens: a link that was mailed, a draft, a step on the way in.</summary>
interface IHasTokenHash
{
    /// <summary>Of the token (<see cref="Secret.Hash"/>). Who reads the store cannot use it.</summary>
    string Hash { get; }
}

/// <summary>How such a row is found by its hash.</summary>
static class TokenHashMapping
{
    /// <summary>It is nothing but a link: the hash is its key.</summary>
    public static void HasTokenHashAsKey<T>(this EntityTypeBuilder<T> builder)
        where T : class, IHasTokenHash
    {
        builder.HasKey(nameof(IHasTokenHash.Hash));
        builder.Property(nameof(IHasTokenHash.Hash)).HasMaxLength(Secret.HashLength);
    }

    /// <summary>It has an id of its own besides.</summary>
    public static void HasTokenHash<T>(this EntityTypeBuilder<T> builder)
        where T : class, IHasTokenHash
    {
        builder.Property(nameof(IHasTokenHash.Hash)).HasMaxLength(Secret.HashLength);
        builder.HasIndex(nameof(IHasTokenHash.Hash)).IsUnique();
    }
}

/// <summary>
/// The secret in a link that acts for a person: 192 random bits in 32 characters. It is mailed and then forgotten; only
/// its hash is stored. Exactly one text gives a hash: another case, a missing character or an extra one is another token.
/// </summary>
static class LinkToken
{
    public const int Length = 32;
    const int Bytes = 24;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <returns>False for anything that never was a token.</returns>
    public static bool TryHash(string? token, [NotNullWhen(true)] out string? hash)
    {
        hash = token is { Length: Length } && token.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? Secret.Hash(token) : null;
        return hash is not null;
    }

    /// <summary>Makes a row that a new token opens; it is kept with what the caller saves.</summary>
    /// <param name="row">Given the hash.</param>
    /// <returns>The token, which is stored nowhere.</returns>
    public static string Issue<T>(this SiteDb db, Func<string, T> row)
        where T : class, IHasTokenHash
    {
        var token = New();
        db.Add(row(Secret.Hash(token)));
        return token;
    }

    /// <summary>The row that a token opens, if any: none alike for a forged, used up, truncated or mistyped one.</summary>
    public static IQueryable<T> OpenedBy<T>(this SiteDb db, string? token)
        where T : class, IHasTokenHash => db.OpenedByHash<T>(TryHash(token, out var hash) ? hash : null);

    public static IQueryable<T> OpenedByHash<T>(this SiteDb db, string? hash)
        where T : class, IHasTokenHash => db.Set<T>().Where(row => row.Hash == hash);
}
