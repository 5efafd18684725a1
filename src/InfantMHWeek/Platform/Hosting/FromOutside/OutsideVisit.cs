using System.Globalization;

namespace InfantMHWeek.Platform.Hosting.FromOutside;

/// <summary>What all checks from outside have in common: the site that is asked, by whom, and where what is found is told.</summary>
sealed class OutsideVisit(Uri site, OutsideClient client, OutsideFindings found)
{
    /// <summary>Names that a forged request has.</summary>
    public const string Forged = "forged.example",
        ForgedAddress = "198.51.100.77";

    public static readonly TimeSpan ClockDoubtful = TimeSpan.FromSeconds(5);
    static readonly TimeSpan ClockWrong = TimeSpan.FromMinutes(1);

    public Uri Site => site;
    public OutsideClient Client => client;
    public OutsideFindings Found => found;

    public Uri At(string path) => new(site, path);

    public Task<HttpResponseMessage> AskAsync(Uri address, params (string Name, string Value)[] headers) =>
        client.AskAsync(address, headers);

    /// <summary>
    /// Asks again, as browsers do, and compares what each answer has of its own. More than once, because what keeps answers may do so for
    /// a second only, and begin with the next.
    /// </summary>
    public async Task<bool> DiffersEachTimeAsync(Uri address, HttpResponseMessage first, Func<HttpResponseMessage, Task<string?>> own)
    {
        const int Again = 3;
        var seen = new HashSet<string?>(StringComparer.Ordinal) { await own(first) };
        for (var asked = 0; asked < Again; asked++)
        {
            using var answer = await AskAsync(address, ("Accept-Encoding", "br, gzip"));
            if (!seen.Add(await own(answer)))
                return false;
        }
        return true;
    }

    public static bool IsUnanswered(Exception problem) => problem is HttpRequestException or TaskCanceledException or IOException;

    /// <summary>Compares a clock with this machine's.</summary>
    public void LookAtClock(string whose, DateTimeOffset says, TimeSpan doubtful)
    {
        var apart = (says - TimeProvider.System.GetUtcNow()).Duration();
        var seconds = ((long)apart.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        if (apart < doubtful)
            found.Fine($"{whose} agrees with this machine's.");
        else if (apart < ClockWrong)
            found.Doubtful($"{whose} is {seconds} seconds away from this machine's.", "Does a time service run on both?");
        else
            found.Wrong(
                $"{whose} is {seconds} seconds away from this machine's.",
                "Start a time service: links and codes end by the clock."
            );
    }

    public static async Task<string> TextAsync(HttpResponseMessage answer)
    {
        const int Most = 200_000;
        var text = await answer.Content.ReadAsStringAsync();
        return text.Length > Most ? text[..Most] : text;
    }
}
