using CsCheck;
using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Editing.Drafts;
using InfantMHWeek.Editing.Registers;
using InfantMHWeek.Platform.Configuration;
using Microsoft.Extensions.Configuration;

namespace InfantMHWeek.Tests.Editing;

/// <summary>A form changes the lines of what it is about, and not one byte of anything else.</summary>
public sealed class RegisterTextTests
{
    const string Sources = """
        # Where figures come from.

        one:
          title: "One: the first"   # kept
          link: https://one.example/
          base:

        # About two
        two:
            title: Two
            # why it is short
            note: Words that go
              on over two lines.
            base: 12

        """;

    const string Words = """
        prefer:

          # Care

          victim:
            say: person
            why: A person is more.
          'hard to reach':
            say: not reached
        # The end
        harm:
          # rough
          - abuse
          - "self-harm"

          - neglect
        """;

    static RegisterText Of(string text) => Assert.IsType<RegisterText>(RegisterText.Of(text));

    static readonly string[] Order = ["title", "publisher", "link", "published", "base", "note"];

    /// <summary>The lines that a change took away, and those that it wrote.</summary>
    static (string Gone, string Written) Changes(string before, RegisterText? after)
    {
        Assert.NotNull(after);
        var (old, now) = (before.Split('\n').ToList(), after.Text.Split('\n').ToList());
        while (old.Count > 0 && now.Count > 0 && old[0] == now[0])
        {
            old.RemoveAt(0);
            now.RemoveAt(0);
        }
        while (old.Count > 0 && now.Count > 0 && old[^1] == now[^1])
        {
            old.RemoveAt(old.Count - 1);
            now.RemoveAt(now.Count - 1);
        }
        return (string.Join('\n', old), string.Join('\n', now));
    }

    [Fact]
    public void A_fact_is_changed_in_its_line_with_the_comment_behind_it()
    {
        Assert.Equal(
            ("  title: \"One: the first\"   # kept", "  title: \"One: still\"   # kept"),
            Changes(Sources, Of(Sources).With(["one", "title"], "One: still", Order))
        );
        Assert.Equal(("  base:", "  base: 2,000"), Changes(Sources, Of(Sources).With(["one", "base"], "2,000", Order)));
        Assert.Equal(("    base: 12", "    base:"), Changes(Sources, Of(Sources).With(["two", "base"], "", Order)));
        Assert.Equal(
            ("    note: Words that go\n      on over two lines.", "    note: Fewer"),
            Changes(Sources, Of(Sources).With(["two", "note"], "Fewer", Order))
        );
    }

    [Fact]
    public void A_fact_that_was_not_there_is_written_where_it_usually_stands()
    {
        Assert.Equal(("", "  publisher: Us"), Changes(Sources, Of(Sources).With(["one", "publisher"], "Us", Order)));
        Assert.Equal(("", "    published: 2026-06-08"), Changes(Sources, Of(Sources).With(["two", "published"], "2026-06-08", Order)));
        Assert.Equal(
            ("", "    why: They wait."),
            Changes(Words, Of(Words).With(["prefer", "hard to reach", "why"], "They wait.", ["say", "why"]))
        );
    }

    [Fact]
    public void An_untouched_fact_leaves_the_text_as_it_is()
    {
        foreach (var (entry, fact) in new[] { ("one", "title"), ("one", "base"), ("two", "note"), ("two", "publisher") })
            Assert.Equal(Sources, Of(Sources).With([entry, fact], Of(Sources).Value([entry, fact]), Order)!.Text);
    }

    [Fact]
    public void An_entry_is_added_and_taken_away_alone()
    {
        Assert.Equal(
            ("", "three:\n\n"),
            Changes(Sources, Of(Sources).WithEntry(["three"])) is var (gone, written) ? (gone, written.TrimStart('\n') + "\n\n") : default
        );
        var added = Of(Words)
            .WithEntry(["prefer", "suffers: from"])!
            .With(["prefer", "suffers: from", "say"], "lives with", ["say", "why"]);
        Assert.Equal(("", "  \"suffers: from\":\n    say: lives with"), Changes(Words, added));
        Assert.Equal(
            ("  victim:\n    say: person\n    why: A person is more.", ""),
            Changes(Words, Of(Words).Without(["prefer", "victim"]))
        );
        Assert.Equal(Words, added!.Without(["prefer", "suffers: from"])!.Text);
        Assert.Null(Of(Words).WithEntry(["prefer", "victim"]));
        Assert.Equal("# first\n/a: /b\n", Of("# first\n").WithEntry(["/a"], "/b")!.Text);
        Assert.Equal("/x: /y\n/a: /b\n", Of("/x: /y\n").WithEntry(["/a"], "/b")!.Text);
    }

    [Fact]
    public void Items_come_and_go_and_the_others_stay_with_their_comments()
    {
        Assert.Equal(("", "  - loss"), Changes(Words, Of(Words).WithItems(["harm"], ["abuse", "loss", "self-harm", "neglect"])));
        Assert.Equal(("  - \"self-harm\"", ""), Changes(Words, Of(Words).WithItems(["harm"], ["abuse", "neglect"])));
        Assert.Equal(("  - abuse", "  - \"a: b\""), Changes(Words, Of(Words).WithItems(["harm"], ["a: b", "self-harm", "neglect"])));
        Assert.Equal("a:\n  - /x\n  - /y\nb: 1", Of("a:\nb: 1").WithItems(["a"], ["/x", "", " /y "])!.Text);
        Assert.Equal(["/x"], Of("b: 1\n").WithItems(["a"], ["/x"])!.Items(["a"]));
    }

    [Theory]
    [InlineData("one: { title: x }")]
    [InlineData("one:\n  title: [x]")]
    public void What_a_form_cannot_change_it_leaves_alone(string text) => Assert.Null(Of(text).With(["one", "title"], "y", Order));

    [Fact]
    public void A_list_that_is_written_as_nothing_on_its_line_is_left_alone() => Assert.Null(Of("a: []").WithItems(["a"], ["/x"]));

    [Fact]
    public void A_text_with_a_fault_is_no_form() => Assert.Null(RegisterText.Of("one: \"x"));

    [Fact]
    public void A_mark_at_the_beginning_stays() => Assert.Equal("\uFEFF/a: /c\n", Of("\uFEFF/a: /b\n").With(["/a"], "/c", [])!.Text);

    static readonly string[] Odd = ["yes", "null", "~", "2026-06-08", "0x1F", "- x", "? y", "a: b", " # c", "<script>alert(1)</script>"];

    public static TheoryData<string> Shipped => new(RegisterForm.All.Select(f => f.Name).Where(n => n != "pictures"));

    /// <summary>Whatever is typed anywhere in the registers that ship reads back as typed, and no other line changes.</summary>
    [Theory]
    [MemberData(nameof(Shipped))]
    public void Anything_typed_reads_back_and_nothing_else_changes(string name)
    {
        var form = RegisterForm.Find(name)!;
        var text = File.ReadAllText(Path.Combine(SiteFolders.Content(new ConfigurationBuilder().Build()), form.File));
        var register = Of(text);
        var places = form
            .Parts.SelectMany(p =>
                (p.Once ? [""] : register.Keys(p.Above)).SelectMany(k =>
                    p.Facts.Where(f => f.Shape != FactShape.Lines).Select(f => (Part: p, Path: p.PathOf(k, f)))
                )
            )
            .ToList();
        var words = Gen.OneOf(
            Gen.String[Gen.Char["abc:#\"'\\-?[]{}&*!|>%@`, \t\u00e9\u2028"], 0, 12],
            Gen.Int[0, Odd.Length - 1].Select(i => Odd[i]),
            Gen.String[0, 20]
        );
        Gen.Select(Gen.Int[0, places.Count - 1].Select(i => places[i]), words)
            .Sample(
                (place, typed) =>
                {
                    if (typed.Any(char.IsSurrogate) || typed.Any(c => char.IsControl(c) && c is not ('\t' or '\n' or '\r')))
                        return;
                    var now = register.With(place.Path, typed, place.Part.Order);
                    Assert.NotNull(now);
                    Assert.Equal(YamlLine.OneLine(typed), now.Value(place.Path));
                    var (old, fresh) = (text.Split('\n'), now.Text.Split('\n'));
                    Assert.InRange(Math.Abs(old.Length - fresh.Length), 0, 1);
                    Assert.InRange(
                        old.Except(fresh, StringComparer.Ordinal).Count() + fresh.Except(old, StringComparer.Ordinal).Count(),
                        0,
                        2
                    );
                },
                iter: 300
            );
    }
}
