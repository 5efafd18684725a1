using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net;
using System.Reflection;
using InfantMHWeek.Platform.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace InfantMHWeek.Tests.Platform.Configuration;

/// <summary>Whatever somebody writes into a setting, the start says what is wrong in one sentence, or the site works with it.</summary>
public sealed class SettingsTests(RealSite site)
{
    static readonly List<Type> Classes = [.. typeof(Program).Assembly.GetTypes().Where(t => t.IsDefined(typeof(SettingsAttribute)))];

    static readonly string[] Odd =
    [
        "abc",
        "-1",
        "0",
        "1",
        "1.5",
        "1e3",
        "0x10",
        "true",
        "maybe",
        "99999999999999999999999",
        "2147483648",
        "-2147483649",
        "31/02/2026",
        "25:00",
        "24:00",
        "2:5",
        "02:15:99",
        "http://",
        "ftp://x",
        "https://user:secret@x/",
        "https://x/path",
        "https://x?q",
        "https://x#f",
        "//x",
        "a b",
        "a@b",
        "<a@b>",
        "1",
        "256.1.1.1",
        "::1",
        "127.0.0.1:0",
        "127.0.0.1:99999",
        "a;b",
        "a\nb",
        "\0",
        "ÄÖ",
        new('x', 5000),
        "😀",
    ];

    static IEnumerable<(Type Class, PropertyInfo Property, string Key)> All =>
        Classes.SelectMany(c => SettingsReader.PropertiesOf(c).Select(p => (c, p, $"{SettingsReader.SectionOf(c)}:{p.Name}")));

    static IConfiguration Set(params (string Key, string? Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, s.Value))).Build();

    static string? Refusal(Type type, IConfiguration settings)
    {
        try
        {
            _ = SettingsReader.Read(type, settings);
            return null;
        }
        catch (SettingsException problem)
        {
            return problem.Message;
        }
    }

    [Fact]
    public void Each_wrong_value_is_one_sentence_with_the_setting_the_value_and_what_is_allowed()
    {
        var refused = 0;
        foreach (var (type, property, key) in All)
        foreach (var odd in Odd)
            if (Refusal(type, Set((key, odd))) is { } sentence)
            {
                refused++;
                Assert.DoesNotContain('\n', sentence);
                Assert.StartsWith(key.Split(':')[0] + ":", sentence, StringComparison.Ordinal);
                Assert.InRange(sentence.Length, 20, 350);
                if (property.GetCustomAttribute<DataTypeAttribute>() is not null)
                    Assert.DoesNotContain(odd, sentence.Replace(key, "", StringComparison.Ordinal), StringComparison.Ordinal);
            }
        Assert.InRange(refused, 500, int.MaxValue);
    }

    /// <summary>Text and numbers, dates and addresses: each kind refuses what it is not, and its own range.</summary>
    [Theory]
    [InlineData("Courses:FormsAtOnce", "abc", "Courses:FormsAtOnce is \"abc\"; write a whole number from 1 to 1000000.")]
    [InlineData("Courses:FormsAtOnce", "0", "Courses:FormsAtOnce is \"0\"; write a whole number from 1 to 1000000.")]
    [InlineData("Contact:KeepMonths", "0", "Contact:KeepMonths is \"0\"; write a whole number from 1 to 120.")]
    [InlineData("Data:LeastFreeMegabytes", "-1", "Data:LeastFreeMegabytes is \"-1\"; write a whole number from 0 to 1000000000000.")]
    [InlineData("Data:MigrateAtStart", "yes", "Data:MigrateAtStart is \"yes\"; write true or false.")]
    [InlineData("Backup:At", "25:00", "Backup:At is \"25:00\"; write a time of day such as 02:15.")]
    [InlineData("Mail:Port", "70000", "Mail:Port is \"70000\"; write a whole number from 1 to 65535.")]
    [InlineData(
        "Mail:Host",
        "https://mail.example",
        "Mail:Host is \"https://mail.example\"; write the name of a host, such as mail.example.org."
    )]
    [InlineData(
        "Mail:From",
        "nobody",
        "Mail:From is \"nobody\"; write an address that mail can come from, such as Infant Mental Health Awareness Week <post@example.org>."
    )]
    [InlineData(
        "Site:BaseUrl",
        "https://week.example/path",
        "Site:BaseUrl is \"https://week.example/path\"; write the site's whole address without a path, such as https://www.example.org."
    )]
    [InlineData("Telemetry:OtlpProtocol", "smoke", "Telemetry:OtlpProtocol is \"smoke\"; write grpc or http.")]
    [InlineData(
        "ReverseProxy:KnownAddresses",
        "127.0.0.1, 1",
        "ReverseProxy:KnownAddresses is \"127.0.0.1, 1\"; write IP addresses with commas between them."
    )]
    [InlineData("Courses:FormsAtOnce:Below", "1", "There is no setting Courses:FormsAtOnce:Below: Courses:FormsAtOnce holds one value.")]
    public void The_sentence_reads_like_this(string key, string value, string sentence) =>
        Assert.Equal(sentence, Refusal(Classes.Single(c => SettingsReader.SectionOf(c) == key.Split(':')[0]), Set((key, value))));

    /// <summary>With every number at its least and at its most the site starts, and none of its pages breaks.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task At_the_ends_of_what_is_allowed_the_site_works(bool most)
    {
        var ends = All.Where(s => s.Key != "Data:LeastFreeMegabytes" && s.Property.GetCustomAttribute<RangeAttribute>() is not null)
            .Select(s =>
                (
                    s.Key,
                    Value: Convert.ToString(
                        most
                            ? s.Property.GetCustomAttribute<RangeAttribute>()!.Maximum
                            : s.Property.GetCustomAttribute<RangeAttribute>()!.Minimum,
                        CultureInfo.InvariantCulture
                    )!
                )
            )
            .ToList();
        Assert.InRange(ends.Count, 15, 100);
        await using var extreme = new TestSite();
        await using var set = extreme.WithWebHostBuilder(host => ends.ForEach(s => host.UseSetting(s.Key, s.Value)));
        using var browser = set.CreateClient(new() { AllowAutoRedirect = false, BaseAddress = new("https://week.example") });
        foreach (var path in new[] { "/", "/privacy", "/contact/write", "/events", "/events/offer", "/staff/sign-in", "/health/ready" })
        {
            using var answer = await browser.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        foreach (var path in new[] { "/contact/write", "/events/offer" })
        {
            using var sent = await browser.Send(path);
            Assert.InRange((int)sent.StatusCode, 200, 499);
        }
    }

    [Fact]
    public void Every_options_class_is_read_at_the_start() =>
        Assert.Equal(
            Classes.Select(c => c.Name).Order(StringComparer.Ordinal),
            site.Services.GetServices<SettingsSection>().Select(s => s.Type.Name).Order(StringComparer.Ordinal)
        );

    /// <summary>The guide names every setting, with what is allowed and what holds unless it is set.</summary>
    [Fact]
    public void The_guide_knows_every_setting()
    {
        var guide = File.ReadAllLines(Path.Combine(SiteFolders.Home, "Deploy", "README.md"));
        foreach (var (type, property, key) in All)
        {
            var line = Assert.Single(guide, l =>
                l.StartsWith("| `", StringComparison.Ordinal) && l.Contains($"`{key}`", StringComparison.Ordinal)
            );
            if (property.GetCustomAttribute<RangeAttribute>() is not { } range)
                continue;
            var said = line.Split('|').Select(c => c.Trim()).ToList();
            Assert.Matches(string.Create(CultureInfo.InvariantCulture, $"^{range.Minimum}( \\(.*\\))? to {range.Maximum}( .*)?$"), said[2]);
            Assert.Equal(Convert.ToString(property.GetValue(Activator.CreateInstance(type)), CultureInfo.InvariantCulture), said[3]);
        }
    }

    /// <summary>What may ask the configuration for a key: the mechanism, options of commands, and what looks over all of it.</summary>
    static readonly HashSet<string> MayRead = new(StringComparer.Ordinal)
    {
        "SettingsReader",
        "HostSettings",
        "UnknownSettings",
        "CommandOptions",
        "Logging",
    };

    static readonly HashSet<string> MustRead = new(StringComparer.Ordinal) { "SettingsReader", "HostSettings", "CommandOptions" };

    [Fact]
    public void Nothing_else_reads_a_setting_by_its_name()
    {
        var readers = MethodCalls
            .OfProgram()
            .Where(c =>
                c.To.DeclaringType is { } type
                && (
                    type == typeof(ConfigurationBinder)
                    || type == typeof(ConfigurationExtensions)
                    || (typeof(IConfiguration).IsAssignableFrom(type) && c.To.Name is "get_Item" or "GetSection")
                    || c.To.DeclaringType.Name == "OptionsConfigurationServiceCollectionExtensions"
                )
                && c.To.Name is not "set_Item"
            )
            .Select(c => Outermost(c.From.DeclaringType!).Name)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        Assert.Empty(readers.Except(MayRead, StringComparer.Ordinal));
        // The control: the scan sees those that do.
        Assert.Subset(readers.ToHashSet(StringComparer.Ordinal), MustRead);
    }

    static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    [Fact]
    public void A_setting_that_nobody_reads_is_told_with_what_was_probably_meant()
    {
        var sections = Classes.ConvertAll(c => new SettingsSection(c));
        var told = UnknownSettings.In(
            Set(
                ("Courses:FormAtOnce", "1"),
                ("courses:formsatonce", "1"),
                ("Mail:Colour", "red"),
                ("Course:OfferHours", "1"),
                ("Serilog:MinimumLevel:Default", "Error"),
                ("PATH", "/bin"),
                ("HOME:Sweet", "x")
            ),
            sections
        );
        string[] expected =
        [
            "There is no setting Course:OfferHours, so it does nothing; did you mean Courses:OfferHours?",
            "There is no setting Courses:FormAtOnce, so it does nothing; did you mean Courses:FormsAtOnce?",
            "There is no setting Mail:Colour, so it does nothing.",
        ];
        Assert.Equal(expected, told.Order(StringComparer.Ordinal));
    }

    /// <summary>The real program, started and checked: the same sentence at both, exit code 1, nothing made or changed.</summary>
    [Theory]
    [InlineData("Courses:FormsAtOnce=abc")]
    [InlineData("Backup:At=25:00")]
    [InlineData("Telemetry:Prometheus=0.0.0.0:9464")]
    [InlineData("Mail:Host=mail.example")]
    [InlineData("environment=Prodution")]
    [InlineData("ForwardedHeaders_Enabled=true")]
    [InlineData("Serilog:MinimumLevel:Default=Loud")]
    [InlineData("urls=nonsense")]
    public async Task The_start_and_the_check_refuse_alike(string setting)
    {
        using var data = new TestDataFolder();
        var folder = "--Data:Path=" + Path.Combine(data.Path, "new");
        var start = await SiteProgram.Run("--urls=http://127.0.0.1:0", folder, "--" + setting);
        var check = await SiteProgram.Run("check", folder, "--" + setting);
        Assert.Equal((1, ""), (start.Code, start.Output));
        Assert.Single(start.Errors.Trim().Split('\n'));
        Assert.Equal(start, check);
        Assert.False(Directory.Exists(Path.Combine(data.Path, "new")));
    }

    [Theory]
    [InlineData("--urls=https://127.0.0.1:0")]
    [InlineData("--urls=http://203.0.113.1:5080")]
    [InlineData("--Kestrel:Endpoints:Web:Url=nonsense")]
    [InlineData("--Kestrel:Certificates:Default:Path=/nowhere.pem", "--urls=https://127.0.0.1:0")]
    public async Task Where_it_cannot_listen_it_says_so(params string[] settings)
    {
        using var data = new TestDataFolder();
        var (code, _, errors) = await SiteProgram.RunAlone(["--Data:Path=" + data.Path, .. settings]);
        Assert.Equal(1, code);
        Assert.Single(errors.Trim().Split('\n'));
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_setting_is_told_by_the_check_and_stops_nothing()
    {
        using var data = new TestDataFolder();
        var (code, output, _) = await SiteProgram.Run("check", "--Data:Path=" + data.Path, "--Courses:FormAtOnce=5");
        Assert.Equal(0, code);
        Assert.Contains(
            "Doubtful: There is no setting Courses:FormAtOnce, so it does nothing; did you mean Courses:FormsAtOnce?",
            output,
            StringComparison.Ordinal
        );
    }
}
