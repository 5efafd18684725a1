using System.Globalization;

namespace InfantMHWeek.Benchmarks;

/// <summary>A content folder of any size, with pages like real ones: facts, headings, links, a list, about 3 KB of words.</summary>
static class GeneratedContent
{
    static readonly string[] Words = (
        "babies parents carers early relationships week theme family health play talk listen calm song story sleep feed hold smile "
        + "learn grow trust safe warm home garden library group course visit friend"
    ).Split(' ');

    public static int Write(string folder, string pages)
    {
        var count = int.Parse(pages, CultureInfo.InvariantCulture);
        var random = new Random(2022);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "home.md"), Page("Home", 0, count, random));
        for (var i = 0; i < count; i++)
        {
            var below = Path.Combine(folder, "part-" + (i / 100).ToString(CultureInfo.InvariantCulture));
            Directory.CreateDirectory(below);
            File.WriteAllText(Path.Combine(below, $"page-{i}.md"), Page($"Page {i}", i, count, random));
        }
        Console.WriteLine($"{count + 1} pages in {folder}");
        return 0;
    }

    public static string Page(string title, int number, int count, Random random)
    {
        var sections = Enumerable
            .Range(1, 5)
            .Select(n =>
                $"## Part {n} of {title}\n\n{Sentences(8)}\n\n- {Sentences(1)}\n- {Sentences(1)}\n\n{Sentences(3)} [A page beside this "
                + $"one](/part-{(number + n) % count / 100}/page-{(number + n) % count}).\n"
            );
        return $"---\ntitle: {title}\nsummary: What {title} says about the week.\nreviewed: "
            + $"2026-06-08\n---\n\n{string.Join('\n', sections)}";

        string Sentences(int sentences) =>
            string.Join(
                ' ',
                Enumerable
                    .Range(0, sentences)
                    .Select(_ => "The " + string.Join(' ', Enumerable.Range(0, 9).Select(_ => Words[random.Next(Words.Length)])) + ".")
            );
    }
}
