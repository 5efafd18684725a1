using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Store;
using Microsoft.Data.Sqlite;

namespace InfantMHWeek.Tests.Platform.Store;

/// <summary>
/// Small sites of released versions, kept as SQL text in the folder <c>Releases</c>: a file for each version and engine. A file that
/// is added there is tried by every test that takes <see cref="All"/>.
/// </summary>
static class KeptReleases
{
    /// <summary>When whoever upgrades looks at them: after the last thing that happened there.</summary>
    public static readonly DateTimeOffset Today = new(2026, 11, 30, 10, 0, 0, TimeSpan.Zero);

    /// <summary>The secrets behind the hashes of 1.0, as they were mailed.</summary>
    public const string Invitation = "kept-invitation-of-eve-1234567890abcdefghi",
        UsedReset = "kept-reset-of-bea-used-1234567890abcdefgh";
    public const string Password = "teapot-violin-gravel-9",
        CodeOnPaper = "abcd-2345-wxyz";
    public static readonly string OfferedPlace = Token("kept-offered-place"),
        Interest = Token("kept-interest"),
        HandOver = Token("kept-hand-over");
    public static readonly string Organiser = Token("kept-organiser"),
        Draft = Token("kept-draft");

    /// <summary>The key that every kept site names as its own. It signs nothing outside these tests.</summary>
    const string KeyId = "019aaaaa-0001-7000-8000-000000000001",
        KeyType =
            "Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel."
            + "AuthenticatedEncryptorDescriptorDeserializer, Microsoft.AspNetCore.DataProtection",
        MasterKey = "a2VwdC13aXRoLXRoZS10ZXN0cy1vZi10aGlzLXNpdGUtYW5kLW5vd2hlcmUtZWxzZS4uLi4uLi4uLi4uLi4uLg==",
        Key =
            $"""
                <?xml version="1.0" encoding="utf-8"?>
                <key id="{KeyId}" version="1">
                  <creationDate>2026-11-01T00:00:00Z</creationDate>
                  <activationDate>2026-11-01T00:00:00Z</activationDate>
                  <expirationDate>2096-11-01T00:00:00Z</expirationDate>
                  <descriptor deserializerType="{KeyType}">
                    <descriptor>
                      <encryption algorithm="AES_256_CBC" />
                      <validation algorithm="HMACSHA256" />
                      <masterKey><value>{MasterKey}</value></masterKey>
                    </descriptor>
                  </descriptor>
                </key>
                """;

    static string Folder => Path.Combine(SiteFolders.Home, "..", "..", "tests", "InfantMHWeek.Tests", "Platform", "Store", "Releases");

    static IEnumerable<string> Versions =>
        Directory
            .GetFiles(Folder, "*.sqlite.sql")
            .Select(file => Path.GetFileName(file)[..^".sqlite.sql".Length])
            .Order(StringComparer.Ordinal);

    public static TheoryData<string, string> All
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var version in Versions)
            foreach (var engine in (ReadOnlySpan<string>)["sqlite", "postgres"])
                all.Add(version, engine);
            return all;
        }
    }

    /// <summary>Puts a site back as it was kept.</summary>
    /// <param name="data">Its data folder.</param>
    /// <returns>Its connection string.</returns>
    public static string PutBack(string version, string engine, string data)
    {
        var store = engine == "postgres" ? TestStore.EmptyOnServer() : FileIn(data);
        Directory.CreateDirectory(Path.Combine(data, "keys"));
        File.WriteAllText(Path.Combine(data, "keys", $"key-{KeyId}.xml"), Key);
        StoreSchema.Do(store, File.ReadAllText(Path.Combine(Folder, $"{version}.{engine}.sql")));
        return store;
    }

    public static string FileIn(string data) =>
        new SqliteConnectionStringBuilder { DataSource = Path.Combine(data, "site.db"), Pooling = false }.ToString();

    /// <summary>The arguments with which the program finds it.</summary>
    public static string[] Settings(string data, string store) =>
        StoreServices.IsPostgres(store) ? [$"--Data:Path={data}", $"--ConnectionStrings:Site={store}"] : [$"--Data:Path={data}"];

    static string Token(string word) => (word + "-").PadRight(32, 'k');
}
