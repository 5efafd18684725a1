using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Platform.Store;
using static InfantMHWeek.Tests.Courses.Apply.ApplyForms;
using static InfantMHWeek.Tests.FormPosting;

namespace InfantMHWeek.Tests.Courses;

/// <summary>What the real program prints while people apply, mistype and search: nothing of them.</summary>
public sealed class CourseLogTests
{
    const string Marker = "Quillfeather";

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact, StoreFile]
    public async Task The_log_of_a_real_run_holds_nothing_of_a_person()
    {
        var lines = await Log();
        Assert.Contains(lines, line => line.Contains("courses/{slug}/apply/{token}/check", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains(Marker, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The control: with the framework's own log of requests, the same run gives people away.</summary>
    [Fact, StoreFile]
    public async Task With_the_log_of_the_framework_the_same_run_gives_people_away() =>
        Assert.Contains(await Log("--Serilog:MinimumLevel:Override:Microsoft.AspNetCore.Hosting.Diagnostics=Information"), line =>
            line.Contains(Marker, StringComparison.OrdinalIgnoreCase)
        );

    static async Task<IReadOnlyCollection<string>> Log(params IEnumerable<string> settings)
    {
        await using var site = await ServedSite.Start(["--Site:BaseUrl=http://week.example", .. settings]);
        await OpenGroup(site.Data);
        (
            await site.Browser.Send(
                Course + "/interest",
                Fields(("Name", Marker), ("Email", "zebedee@quillfeather.example"), ("Organisation", Marker))
            )
        ).Dispose();
        var draft = await FillIn(site.Browser, "zebedee@quillfeather.example", "Zebedee " + Marker);
        foreach (
            var (page, field) in new[]
            {
                ("you", "Email"),
                ("you", "Seen"),
                ("organisation", "CharityNumber"),
                ("later", "Email"),
                ("about", "Nation"),
            }
        )
            (
                await site.Browser.Send(
                    $"{draft}/{page}",
                    Fields((field, Marker + " has typed far too much in this box, and in no usual form"))
                )
            ).Dispose();
        Assert.Equal(draft + "/sent", await Answer(site.Browser, draft + "/check", ("Agreed", "true")));
        foreach (
            var path in new[]
            {
                "/search?q=" + Marker,
                "/" + Marker,
                "/courses/places/" + Marker,
                $"{Course}/apply?early={Marker}",
                "/courses/certificates/" + Marker,
                "/%zz" + Marker,
            }
        )
            await site.Get(path);
        using (var broken = new StringContent(Marker, System.Text.Encoding.UTF8, "multipart/form-data"))
            (await site.Browser.PostAsync(new Uri(draft + "/you", UriKind.Relative), broken, Cancel)).Dispose();
        await site.StopAsync();
        return site.Lines;
    }

    static async Task OpenGroup(string data)
    {
        await using var db = StoreServices.Open($"Data Source={Path.Combine(data, "site.db")};Pooling=False");
        var now = DateTime.UtcNow;
        db.Add(
            new Cohort
            {
                Id = Guid.CreateVersion7(),
                Course = CourseDesk.Slug,
                Title = "Course",
                Name = "Group",
                Places = 2,
                OfferHours = 48,
                OpensAt = now.AddHours(-1),
                CreatedAt = now,
            }
        );
        await db.SaveChangesAsync(Cancel);
    }
}
