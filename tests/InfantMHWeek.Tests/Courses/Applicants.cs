using System.Net;
using System.Text.RegularExpressions;
using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Mail;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Tests.Courses;

/// <summary>
/// People who have answered all questions and only have to press the last button, at a program that runs elsewhere; and what
/// the store says of them afterwards. The benchmarks project uses it too.
/// </summary>
public static partial class Applicants
{
    public const string Course = "infant-mental-health-introduction";

    /// <param name="Acknowledged">How many were told that their application has arrived.</param>
    /// <param name="Lost">
    /// Of these, how many have none; and drafts that were sent without an application or with two, and the other way round.
    /// </param>
    /// <param name="Oversold">Places given beyond those there are, or not counted.</param>
    /// <param name="WithoutMail">Applications without a mail in the outbox.</param>
    public record Tally(int Acknowledged, int Lost, int Oversold, int WithoutMail)
    {
        public bool Whole => Lost + Oversold + WithoutMail == 0;
    }

    /// <summary>What a browser sends with its form.</summary>
    public sealed record Form(string Cookie, string Token);

    /// <summary>A new group, and people who are about to apply for it.</summary>
    /// <returns>The group, and the secret of each person's draft.</returns>
    internal static async Task<(Guid Group, IReadOnlyList<string> Tokens)> PrepareAsync(
        SiteDb db,
        int people,
        int places,
        CancellationToken cancel
    )
    {
        var now = DateTime.UtcNow;
        var group = new Cohort
        {
            Id = Guid.CreateVersion7(),
            Course = Course,
            Title = "Course",
            Name = "Group",
            Places = places,
            OfferHours = 48,
            OpensAt = now.AddHours(-1),
            CreatedAt = now,
        };
        db.Add(group);
        var tokens = new List<string>();
        for (var n = 0; n < people; n++)
        {
            var token = LinkToken.New();
            var draft = new ApplicationDraft
            {
                Id = Guid.CreateVersion7(),
                Hash = Secret.Hash(token),
                CohortId = group.Id,
                Reference = CourseCodes.NewReference(),
                Early = false,
                StartedAt = now,
                TouchedAt = now,
            };
            draft.Write(
                new()
                {
                    Kind = "charity",
                    Nation = "wales",
                    WorksWith = ["fathers"],
                    Name = "Ann",
                    Email = $"p{n}.{group.Id:N}@charity.example",
                    Organisation = $"Group {n}",
                    ColleaguesSeen = true,
                    AccessNeedsSeen = true,
                },
                now
            );
            db.Add(draft);
            tokens.Add(token);
        }
        await db.SaveChangesAsync(cancel);
        return (group.Id, tokens);
    }

    public static async Task<Form> OpenFormAsync(HttpClient browser, string token, CancellationToken cancel)
    {
        using var opened = await browser.GetAsync(Last(token), cancel);
        if (!opened.Headers.TryGetValues("Set-Cookie", out var cookies))
            throw new InvalidOperationException($"The last step did not open: {opened.StatusCode}.");
        return new(cookies.First().Split(';')[0], FormToken().Match(await opened.Content.ReadAsStringAsync(cancel)).Groups["token"].Value);
    }

    /// <returns>Whether the answer said that the application has arrived.</returns>
    public static async Task<bool> SendAsync(HttpClient browser, Form form, string token, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Last(token))
        {
            Content = new FormUrlEncodedContent([new("Agreed", "true"), new("__RequestVerificationToken", form.Token)]),
        };
        request.Headers.Add("Cookie", form.Cookie);
        using var answer = await browser.SendAsync(request, cancel);
        return answer.StatusCode == HttpStatusCode.Found
            && answer.Headers.Location!.OriginalString.EndsWith("/sent", StringComparison.Ordinal);
    }

    /// <param name="acknowledged">The hashes of the drafts' secrets.</param>
    internal static async Task<Tally> CountAsync(SiteDb db, Guid group, IReadOnlyCollection<string> acknowledged, CancellationToken cancel)
    {
        var run = await db.Set<Cohort>().AsNoTracking().SingleAsync(c => c.Id == group, cancel);
        var applications = await db.Set<Application>().AsNoTracking().Where(a => a.CohortId == group).ToListAsync(cancel);
        var sent = await db.Set<ApplicationDraft>().AsNoTracking().Where(d => d.CohortId == group && d.SentAt != null).ToListAsync(cancel);
        var mails = (await db.Set<OutboxMail>().Where(m => m.QueuedAt >= run.CreatedAt).Select(m => m.About).ToListAsync(cancel))
            .Select(about => about[..32])
            .ToHashSet(StringComparer.Ordinal);
        var (references, applied) = (
            sent.Select(d => d.Reference).ToHashSet(StringComparer.Ordinal),
            applications.Select(a => a.Reference).ToHashSet(StringComparer.Ordinal)
        );
        var taken = applications.Count(a => a.TakesPlace);
        references.SymmetricExceptWith(applied);
        return new(
            acknowledged.Count,
            acknowledged.Except(sent.Select(d => d.Hash), StringComparer.Ordinal).Count()
                + references.Count
                + applications.Count
                - applied.Count,
            Math.Abs(taken - Math.Min(run.Places, applications.Count)) + Math.Abs(run.PlacesTaken - taken),
            applications.Count(a => !mails.Contains(a.Id.ToString("N")))
        );
    }

    static Uri Last(string token) => new($"/courses/{Course}/apply/{token}/check", UriKind.Relative);

    [GeneratedRegex(
        "name=\"__RequestVerificationToken\"[^>]* value=\"(?<token>[^\"]+)\"",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex FormToken();
}
