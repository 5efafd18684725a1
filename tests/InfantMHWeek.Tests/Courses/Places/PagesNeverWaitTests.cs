using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Tests.Courses.Apply;
using InfantMHWeek.Tests.Platform.Mail;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Tests.Courses.Places;

/// <summary>
/// Applying takes no longer when the mail server is down. Two sites take turns, so that whatever else the machine does meets
/// both. <c>COURSE_POSTS=2000</c> measures, on a machine that does nothing else; in the suite only the answers count.
/// </summary>
[OneStore("what waits for a mail server; OutboxSenderTests tries the queue")]
public sealed class PagesNeverWaitTests
{
    const int Turn = 20;
    const double MostRatio = 1.10;
    static readonly bool Measured = Environment.GetEnvironmentVariable("COURSE_POSTS") is not null;
    static readonly int Posts = int.Parse(Environment.GetEnvironmentVariable("COURSE_POSTS") ?? "40", CultureInfo.InvariantCulture);

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Applying_does_not_wait_for_the_mail_server()
    {
        await using var catcher = new SmtpCatcher();
        await using var up = new MailSite(catcher.Port);
        await using var down = new MailSite(Nobody());
        var (withMail, without) = (new List<double>(), new List<double>());
        // The first turns warm both sites up.
        for (var turn = -2; turn * Turn < Posts; turn++)
        {
            await Apply(up, turn, turn < 0 ? [] : withMail);
            await Apply(down, turn, turn < 0 ? [] : without);
        }

        Assert.Equal(0, await down.InStore(db => db.Set<OutboxMail>().CountAsync(m => m.SentAt != null, Cancel)));
        Assert.NotEmpty(catcher.Letters);
        var (p99Up, p99Down) = (P99(withMail), P99(without));
        TestContext.Current.SendDiagnosticMessage(
            "{0} applications each: p99 {1:0.0} ms with the mail server, {2:0.0} ms without, ratio {3:0.00}",
            Posts,
            p99Up,
            p99Down,
            p99Down / p99Up
        );
        Assert.True(!Measured || p99Down / p99Up <= MostRatio, $"{p99Down:0.0} ms against {p99Up:0.0} ms");
    }

    /// <summary>A port where nobody listens.</summary>
    static int Nobody()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }

    static async Task Apply(MailSite site, int turn, List<double> times)
    {
        var desk = new CourseDesk(site);
        var cohort = await desk.Open(places: Turn / 2);
        var drafts = new List<string>();
        for (var person = 0; person < Turn; person++)
            drafts.Add(await desk.DraftToken(cohort, $"p{turn}.{person}@charity.example", $"Group {person}"));
        using var browser = site.Browser();
        var form = await LastStep.Open(browser, drafts[0]);
        // The post goes its rounds meanwhile.
        var round = site.Round();
        foreach (var draft in drafts)
        {
            var watch = Stopwatch.StartNew();
            using var answer = await form.Send(draft);
            times.Add(watch.Elapsed.TotalMilliseconds);
            Assert.True(LastStep.Acknowledges(answer), $"{answer.StatusCode}");
            if (!round.IsCompleted)
                continue;
            await round;
            round = site.Round();
        }
        await round;
    }

    static double P99(List<double> times) => times.Order().ElementAt((int)(times.Count * 0.99));
}
