using InfantMHWeek.Platform.Tables;

namespace InfantMHWeek.Tests.Platform.Tables;

public sealed class TableTests
{
    static List<string> Read(string text)
    {
        using var table = TableReader.OfText(text, mostBytesInRow: 200);
        var rows = new List<string>();
        while (table.Read())
            rows.Add(string.Join('|', table.Row()));
        if (table.NeverClosed)
            rows.Add("never closed");
        return rows;
    }

    [Theory]
    [InlineData("a,b\n1,2\n", "a|b", "1|2")]
    [InlineData("a;b;c,d\n;1;\"2;3\"\n", "a|b|c,d", "|1|2;3")]
    [InlineData("a,b\r\n\"one\r\ntwo\",\"say \"\"hi\"\"\"\r\n\r\nx", "a|b", "one\r\ntwo|say \"hi\"", "x")]
    [InlineData("a,5\" pipe,c\nd,e,f\n", "a|5\" pipe|c", "d|e|f")]
    [InlineData("a,\"open\nb", "a|open\nb", "never closed")]
    public void Reads_what_spreadsheets_and_people_write(string text, params string[] rows) => Assert.Equal(rows, Read(text));

    [Fact]
    public void A_row_beyond_all_reason_is_refused() => Assert.Throws<FormatException>(() => Read("a\n" + new string('x', 300)));

    [Fact]
    public void Writes_the_same_bytes_as_ever()
    {
        string[] head = ["Who", "Said"],
            row = ["a, \"b\"", "=1+1\nx"];
        Assert.Equal("\uFEFFWho,Said\r\n\"a, \"\"b\"\"\",\"'=1+1\nx\"\r\n", TableWriter.Write(head, [row], always: false));
        Assert.Equal(
            "\uFEFF\"Who\",\"Said\"\r\n\"é ;x\",\"\"\r\n",
            TableWriter.Write(
                head,
                [
                    ["é ;x", null],
                ],
                always: true
            )
        );
    }

    [Theory]
    [InlineData("=1+1"), InlineData("+5"), InlineData("-3"), InlineData("@SUM"), InlineData("\tx"), InlineData("＝1")]
    public void No_cell_begins_a_formula(string cell)
    {
        Assert.Equal(
            ["a", "'" + cell],
            Read(
                TableWriter
                    .Write(
                        ["a"],
                        [
                            [cell],
                        ],
                        always: true
                    )
                    .TrimStart('\uFEFF')
            )
        );
        Assert.Equal(
            ["a", "b" + cell],
            Read(
                TableWriter
                    .Write(
                        ["a"],
                        [
                            ["b" + cell],
                        ],
                        always: true
                    )
                    .TrimStart('\uFEFF')
            )
        );
    }
}
