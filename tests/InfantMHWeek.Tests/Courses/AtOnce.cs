using System.Net;
using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Courses.Mailing;
using InfantMHWeek.Platform.Mail;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Tests.Courses;

/// <summary>A site whose forms are not limited, so that a test can press as often as it must.</summary>
sealed class OpenHandedSite : TestSite
{
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("Courses:FormsAtOnce", "1000000");
    }
}

/// <summary>Presses buttons of the course's pages at the same moment, and looks what became of it.</summary>
sealed class AtOnce(TestSite site, CourseDesk desk)
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Lets all begin together.</summary>
    public static async Task<IReadOnlyList<HttpStatusCode>> Do(params IReadOnlyList<Func<Task<HttpStatusCode>>> acts)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var all = acts.Select(act =>
                Task.Run(
                    async () =>
                    {
                        await gate.Task;
                        return await act();
                    },
                    Cancel
                )
            )
            .ToList();
        gate.SetResult();
        return await Task.WhenAll(all);
    }

    /// <summary>A browser with the token of its forms, so that any form can be sent to any page, as a page opened earlier would.</summary>
    public async Task<Presser> Browser(HttpClient? signedIn = null)
    {
        var browser = signedIn ?? site.Browser();
        using var opened = await browser.GetAsync(
            new Uri(signedIn is null ? $"/courses/{CourseDesk.Slug}/interest" : "/staff/courses/new", UriKind.Relative),
            Cancel
        );
        return new(browser, (await TestSite.Read(opened)).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!);
    }

    public sealed class Presser(HttpClient browser, string formToken) : IDisposable
    {
        public async Task<HttpStatusCode> Post(string path, params (string Name, string Value)[] fields)
        {
            using var form = new FormUrlEncodedContent(
                fields.Select(f => KeyValuePair.Create(f.Name, f.Value)).Append(new("__RequestVerificationToken", formToken))
            );
            using var answer = await browser.PostAsync(new Uri(path, UriKind.Relative), form, Cancel);
            return answer.StatusCode;
        }

        public void Dispose() => browser.Dispose();
    }

    /// <summary>A link to somebody's place, as a mail would bring it.</summary>
    public async Task<string> Link(Guid application) =>
        "/courses/places/" + await site.Write(db => Task.FromResult(db.NewLink(LinkPurpose.Place, application, desk.Now)));

    /// <summary>What is wrong with a cohort, in words; empty when all agrees.</summary>
    public async Task<string> Wrong(Guid cohort)
    {
        var (all, run, wrong) = (await desk.In(cohort), await desk.Run(cohort), new List<string>());
        var taken = all.Count(a => a.TakesPlace);
        if (taken != run.PlacesTaken)
            wrong.Add($"{taken} have a place, {run.PlacesTaken} are counted");
        if (run.PlacesTaken > run.Places)
            wrong.Add($"{run.PlacesTaken} of {run.Places} places are taken");
        if (
            run.PlacesTaken < run.Places
            && run.PerOrganisation is null
            && run.CancelledAt is null
            && all.Any(a => a.State == ApplicationState.Waiting)
        )
            wrong.Add("a place is free and somebody waits");
        if (all.Select(a => a.Position).Distinct().Count() != all.Count)
            wrong.Add("two have the same position");
        if (all.Select(a => a.AddressKey).Distinct(StringComparer.Ordinal).Count() != all.Count)
            wrong.Add("somebody is there twice");
        return string.Join("; ", wrong);
    }

    /// <summary>Mails about an application, by kind.</summary>
    public Task<Dictionary<string, int>> Mails(Guid application) =>
        site.InStore(async db =>
        {
            var start = application.ToString("N") + ":";
            return (await db.Set<OutboxMail>().Where(m => m.About.StartsWith(start)).Select(m => m.Kind).ToListAsync(Cancel))
                .GroupBy(k => k, StringComparer.Ordinal)
                .ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        });
}
