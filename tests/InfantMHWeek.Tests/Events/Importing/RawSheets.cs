using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace InfantMHWeek.Tests.Events.Importing;

/// <summary>Spreadsheets written by hand, as programs other than ours write them (ECMA-376).</summary>
static class RawSheets
{
    const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        Package = "http://schemas.openxmlformats.org/package/2006/";

    /// <summary>A number shown as a day, and as an hour.</summary>
    const int AsDay = 1,
        AsHour = 2;

    public static string Day(int number) => Cell(number, AsDay);

    /// <summary>As Excel keeps it: a part of a day, rarely a whole number of minutes.</summary>
    public static string Hour(int hour, int minute) => Cell((hour * 60 + minute) / 1440.0, AsHour);

    static string Cell(double value, int style) => string.Create(CultureInfo.InvariantCulture, $"<c s=\"{style}\"><v>{value:R}</v></c>");

    public static string Text(string text) => $"<c t=\"inlineStr\"><is><t>{text}</t></is></c>";

    public static string Row(params string[] cells) => $"<row>{string.Concat(cells)}</row>";

    public static string Heads => Row(Text("Name"), Text("Date"), Text("Starts"), Text("Ends"));

    /// <param name="book">What the workbook says of itself.</param>
    /// <param name="sheets">Each with its name, whether it is shown, and its rows.</param>
    public static byte[] File(string book, params (string Name, bool Shown, string Rows)[] sheets)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            void Add(string path, string xml)
            {
                using var part = new StreamWriter(archive.CreateEntry(path).Open(), new UTF8Encoding(false));
                part.Write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + xml);
            }
            string Each(Func<int, string> of) => string.Concat(Enumerable.Range(1, sheets.Length).Select(of));
            Add(
                "[Content_Types].xml",
                $"<Types xmlns=\"{Package}content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/>"
                    + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/></Types>"
            );
            Add("_rels/.rels", Links($"<Relationship Id=\"r1\" Type=\"{Relations}/officeDocument\" Target=\"xl/workbook.xml\"/>"));
            Add(
                "xl/_rels/workbook.xml.rels",
                Links(
                    Each(n => $"<Relationship Id=\"r{n}\" Type=\"{Relations}/worksheet\" Target=\"worksheets/sheet{n}.xml\"/>")
                        + $"<Relationship Id=\"s\" Type=\"{Relations}/styles\" Target=\"styles.xml\"/>"
                )
            );
            Add(
                "xl/workbook.xml",
                $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\">{book}<sheets>"
                    + Each(n =>
                        $"<sheet name=\"{sheets[n - 1].Name}\" sheetId=\"{n}\" r:id=\"r{n}\" "
                        + $"state=\"{(sheets[n - 1].Shown ? "visible" : "hidden")}\"/>"
                    )
                    + "</sheets></workbook>"
            );
            Add(
                "xl/styles.xml",
                $"<styleSheet xmlns=\"{Main}\"><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"20\"/></cellXfs>"
                    + "</styleSheet>"
            );
            for (var n = 1; n <= sheets.Length; n++)
                Add($"xl/worksheets/sheet{n}.xml", $"<worksheet xmlns=\"{Main}\"><sheetData>{sheets[n - 1].Rows}</sheetData></worksheet>");
        }
        return file.ToArray();
    }

    static string Links(string all) => $"<Relationships xmlns=\"{Package}relationships\">{all}</Relationships>";
}
