using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace InfantMHWeek.Benchmarks;

/// <summary>
/// Joins the staff of a running site by an invitation, then publishes and previews a page again and again, as the editor does.
/// </summary>
static partial class PublishSpeed
{
    public static async Task<int> Run(string address, string invitation, string file, string times)
    {
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new() })
        {
            BaseAddress = new Uri(address),
        };
        await JoinAsync(browser, new Uri(invitation).AbsolutePath);
        var edit = "/staff/pages/edit?file=" + Uri.EscapeDataString(file);
        var (shown, seen, previewed) = ("/" + file[..^3], new List<double>(), new List<double>());
        var text = string.Concat(
            Enumerable
                .Range(1, 60)
                .Select(n =>
                    $"## Part {n}\n\nBabies and parents talk, and play, and listen, and more words than one would think stand in one "
                    + "paragraph that goes on and on, [home](/) **again**.\n\n- one\n- two\n\n"
                )
        );
        for (var i = 0; i < int.Parse(times, CultureInfo.InvariantCulture); i++)
        {
            var fields = FieldsOf(await browser.GetStringAsync(new Uri(edit, UriKind.Relative)), "id=\"editor\"");
            fields["Form.Body"] = $"\n{text}\nMark {i} {Guid.NewGuid():N}\n";
            var clock = Stopwatch.StartNew();
            using (var preview = await PostAsync(browser, edit + "&handler=Preview", fields))
                preview.EnsureSuccessStatusCode();
            previewed.Add(clock.Elapsed.TotalMilliseconds);
            clock.Restart();
            using (var published = await PostAsync(browser, edit + "&handler=Publish", fields))
                if (published.StatusCode != HttpStatusCode.Found)
                    throw new InvalidOperationException("Not published: " + published.StatusCode);
            var mark = fields["Form.Body"].TrimEnd().Split('\n')[^1];
            while (!(await browser.GetStringAsync(new Uri(shown, UriKind.Relative))).Contains(mark, StringComparison.Ordinal))
                await Task.Delay(2);
            seen.Add(clock.Elapsed.TotalMilliseconds);
        }
        Console.WriteLine($"From pressing Publish to the changed page: {Words(seen)}");
        Console.WriteLine($"Preview of {text.Length / 1024.0:0.0} KB: {Words(previewed)}");
        return 0;
    }

    static string Words(List<double> measured)
    {
        measured.Sort();
        return $"{measured[measured.Count / 2]:0} ms (median), {measured[measured.Count * 95 / 100]:0} ms (95 of 100), {measured[^1]:0} "
            + $"ms (longest of {measured.Count})";
    }

    static async Task JoinAsync(HttpClient browser, string link)
    {
        var fields = FieldsOf(await browser.GetStringAsync(new Uri(link, UriKind.Relative)), "method=\"post\"");
        (fields["Name"], fields["Password"]) = ("Measurer", "teapot-violin-gravel-9");
        using (await PostAsync(browser, link, fields)) { }
        var setUp = await browser.GetStringAsync(new Uri("/staff/set-up", UriKind.Relative));
        var coded = FieldsOf(setUp, "id=\"Code\"", after: false);
        coded["Code"] = CodeOf(Key().Match(setUp).Groups["key"].Value.Replace(" ", "", StringComparison.Ordinal));
        using (await PostAsync(browser, "/staff/set-up", coded)) { }
        using var kept = await PostAsync(
            browser,
            "/staff/recovery-codes",
            FieldsOf(await browser.GetStringAsync(new Uri("/staff/recovery-codes", UriKind.Relative)), "class=\"form\"")
        );
        if (kept.StatusCode != HttpStatusCode.Found)
            throw new InvalidOperationException("The invitation did not lead in.");
    }

    /// <param name="mark">What the form has in it.</param>
    static Dictionary<string, string> FieldsOf(string html, string mark, bool after = true)
    {
        var at = html.IndexOf(mark, StringComparison.Ordinal);
        var start = html.LastIndexOf("<form", at, StringComparison.Ordinal);
        var form = html[start..html.IndexOf("</form>", after ? at : start, StringComparison.Ordinal)];
        return Input()
            .Matches(form)
            .Where(m => Name().IsMatch(m.Value) && !m.Value.Contains("checkbox", StringComparison.Ordinal))
            .DistinctBy(m => Name().Match(m.Value).Groups["is"].Value, StringComparer.Ordinal)
            .ToDictionary(
                m => Name().Match(m.Value).Groups["is"].Value,
                m => WebUtility.HtmlDecode(Value().Match(m.Value).Groups["is"].Value),
                StringComparer.Ordinal
            );
    }

    static Task<HttpResponseMessage> PostAsync(HttpClient browser, string path, Dictionary<string, string> fields) =>
        browser.PostAsync(new Uri(path, UriKind.Relative), new FormUrlEncodedContent(fields));

    /// <summary>What a code app shows (RFC 6238).</summary>
    static string CodeOf(string key)
    {
        var bits = string.Concat(
            key.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0'))
        );
        var counter = BitConverter.GetBytes(IPAddress.HostToNetworkOrder(DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30));
#pragma warning disable CA5350 // Code apps know no other.
        var hash = HMACSHA1.HashData(
            (byte[])[.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))],
            counter
        );
#pragma warning restore CA5350
        var offset = hash[^1] & 0xf;
        return (
            (((hash[offset] & 0x7f) << 24) | (hash[offset + 1] << 16) | (hash[offset + 2] << 8) | hash[offset + 3]) % 1_000_000
        ).ToString("D6", CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("<input[^>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Input();

    [GeneratedRegex(" name=\"(?<is>[^\"]+)\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Name();

    [GeneratedRegex(" value=\"(?<is>[^\"]*)\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Value();

    [GeneratedRegex("class=\"key\">(?<key>[A-Z0-9 ]+)<", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Key();
}
