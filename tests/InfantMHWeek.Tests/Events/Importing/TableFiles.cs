using System.Text;
using InfantMHWeek.Events.Importing;
using InfantMHWeek.Platform.Tables;
using MiniExcelLibs;
using static InfantMHWeek.Tests.Events.Importing.PartnerFile;

namespace InfantMHWeek.Tests.Events.Importing;

/// <summary>Tables as Excel, Google Sheets and websites save them.</summary>
static class TableFiles
{
    static readonly string[] Songs = ["Songs 2027-06-08 10:30-12:00"];
    static readonly string[] Both = ["Songs 2027-06-08 10:30-12:00", "Walk 2027-06-14 14:00-15:30"];

    public static IEnumerable<PartnerFile> All => [.. Shapes(), .. Times(), .. Doubtful(), .. Ends(), .. Sheets(), .. OtherSheets()];

    static IEnumerable<PartnerFile> Shapes()
    {
        yield return Table("commas", "Name,Date,Starts,Ends\nSongs,2027-06-08,10:30,12:00\nWalk,14 June 2027,2pm,3.30pm\n", Both);
        yield return Table(
            "semicolons",
            "Name;Date;Starts;Ends;About\nSongs;8 June 2027;10:30;12:00;Tea, and songs, and more\nWalk;14 June 2027;14:00;15:30;\n",
            Both
        );
        yield return Table("tabs", "Name\tDate\tStarts\tEnds\nSongs\t8 June 2027\t10:30\t12:00\nWalk\t14/06/2027\t14:00\t15:30\n", Both);
        yield return Table("bars", "Name|Date|Time\nSongs|8 June 2027|10:30 - 12:00\nWalk|14 June 2027|2pm to 3.30pm\n", Both);
        yield return Table("sep=", "sep=;\nName;Date;Time\n\"Songs\";8 June 2027;10:30-12:00\nWalk;14 June 2027;2-3.30pm\n", Both);
        yield return Table(
            "title rows",
            "Baby events 2027,,,\nKirklees family hubs,,,\n,,,\nWhat,When,From,To\n"
                + "Songs,8 June 2027,10:30,12:00\nWalk,14 June 2027,14:00,15:30\n",
            Both
        );
        yield return Encoded("utf-8 with its mark", new UTF8Encoding(true), "Café 2027-06-08 10:30-12:00");
        yield return Encoded("utf-16", new UnicodeEncoding(false, true), "Café 2027-06-08 10:30-12:00");
        yield return Encoded("utf-16, the other way round", new UnicodeEncoding(true, true), "Café 2027-06-08 10:30-12:00");
        yield return Encoded("windows-1252", CodePagesEncodingProvider.Instance.GetEncoding(1252)!, "Café 2027-06-08 10:30-12:00");
        yield return Table(
            "breaks inside a cell",
            "Name,Description,Date,Starts,Ends\nSongs,\"Tea,\nand \"\"songs\"\"\",8 June 2027,10:30,12:00\n",
            Songs
        );
        yield return Table(
            "columns in another order, with others between",
            "Ends,Contact,Title,Date,Room,Start\n12:00,Jo,Songs,8 June 2027,3,10:30\n",
            Songs
        );
        yield return Table(
            "empty rows between",
            "Name,Date,Starts,Ends\n\nSongs,8 June 2027,10:30,12:00\n,,,\n\nWalk,14 June 2027,14:00,15:30\n,,,\n",
            Both
        );
        yield return Table(
            "google calendar",
            "Subject,Start Date,Start Time,End Date,End Time,All Day Event,Description,Location,Private\n"
                + "Songs,06/08/2027,10:30 AM,06/08/2027,12:00 PM,False,,\"Hall, Leeds LS1 4AP\",False\n"
                + "Walk,06/14/2027,2:00 PM,06/14/2027,3:30 PM,False,,Park,False\n",
            Both
        );
        yield return Table(
            "the events calendar",
            "Event Name,Event Start Date,Event Start Time,Event End Date,Event End Time,Event Venue Name,Event Cost\n"
                + "Songs,2027-06-08,10:30:00,2027-06-08,12:00:00,Hall,0\nWalk,2027-06-14,14:00:00,2027-06-14,15:30:00,Park,2\n",
            Both
        );
        yield return Table(
            "eventbrite's report",
            "Event Name,Event Start Date/Time,Event End Date/Time,Venue Name\n"
                + "Songs,2027-06-08T10:30:00,2027-06-08T12:00:00,Hall\nWalk,2027-06-14 14:00,2027-06-14 15:30,Park\n",
            Both
        );
        yield return Table(
            "one date a row",
            "Group,Date,Time,Venue\n"
                + "Songs,8 June 2027,10:30-12:00,Hall\nSongs,15 June 2027,10:30-12:00,Hall\nSongs,22 June 2027,10:30-12:00,Hall\n",
            On("Songs", "10:30-12:00", "2027-06-08", "2027-06-15", "2027-06-22")
        );
    }

    static PartnerFile Encoded(string name, Encoding encoding, params string[] dates) =>
        new(
            name,
            [
                .. encoding.GetPreamble(),
                .. encoding.GetBytes(
                    "Name,Date,Starts,Ends,About\r\n" + "Café,8 June 2027,10:30,12:00,“Tea” – £2 for babies and parents\r\n"
                ),
            ],
            dates,
            []
        );

    static IEnumerable<PartnerFile> Times()
    {
        foreach (
            var day in new[]
            {
                "08/06/2027",
                "8.6.2027",
                "08-06-27",
                "Tuesday 8 June 2027",
                "Tues 8th June 2027",
                "8-Jun-27",
                "8 Jun 2027",
                "June 8, 2027",
                "2027-06-08",
                "Tue 08/06/2027",
            }
        )
            yield return Table(
                $"day {day}",
                $"Name,Date,Starts,Ends\nSongs,\"{day}\",10:30,12:00\nOver,30/11/2027,10:00,11:00\n",
                [.. Songs]
            );
        foreach (
            var time in new[]
            {
                "10:30-12:00",
                "10.30am - 12 noon",
                "10.30am–12pm",
                "1030 - 1200",
                "10:30 to 12:00",
                "10.30 a.m. - 12.00 p.m.",
                "from 10.30am until midday",
            }
        )
            yield return Table($"hours {time}", $"Session,Day,Time\nSongs,8 June 2027,{time}\n", Songs);
        yield return Table(
            "day and hours in one cell",
            "Event,When\nSongs,Tuesday 8 June 2027 10.30am - 12pm\nWalk,14 June 2027 at 2pm to 3.30pm\n",
            Both
        );
        yield return Table(
            "over midnight",
            "Event,Date,Starts,Ends\nVigil,8 June 2027,22:00,00:30\n",
            ["Vigil 2027-06-08 22:00-2027-06-09 00:30"]
        );
        yield return Table(
            "several days",
            "Event,Date,Starts,Ends,End date\nFair,8 June 2027,10:00,16:00,10 June 2027\n",
            ["Fair 2027-06-08 10:00-2027-06-10 16:00"]
        );
    }

    static IEnumerable<PartnerFile> Doubtful()
    {
        const string Two = "Name,Date,Starts,Ends\nSongs,08/06/2027,10:30,12:00\nWalk,07/06/2027,14:00,15:30\n";
        yield return Table("day or month, not said", Two, [], "could be two days", "could be two days");
        yield return Table("day first", Two, ["Songs 2027-06-08 10:30-12:00", "Walk 2027-06-07 14:00-15:30"]) with
        {
            Answers = new(DayOrder.DayFirst),
        };
        yield return Table("month first", Two, ["Songs 2027-08-06 10:30-12:00", "Walk 2027-07-06 14:00-15:30"]) with
        {
            Answers = new(DayOrder.MonthFirst),
        };
        yield return Table(
            "both orders in one column",
            "Name,Date,Starts,Ends\nSongs,13/06/2027,10:30,12:00\nWalk,06/14/2027,14:00,15:30\nTea,05/06/2027,14:00,15:30\n",
            ["Songs 2027-06-13 10:30-12:00", "Walk 2027-06-14 14:00-15:30"],
            "could be two days"
        );
        yield return Table("no year", "Name,Date,Starts,Ends\nSongs,8 June,10:30,12:00\n", [], "with its year");
        yield return Table(
            "31 february",
            "Name,Date,Starts,Ends\nSongs,31 February 2027,10:30,12:00\nWalk,31/02/2027,10:30,12:00\n",
            [],
            "could not read its date",
            "could not read its date"
        );
        yield return Table(
            "a weekday that is not that day's",
            "Name,Date,Starts,Ends\nSongs,Friday 8 June 2027,10:30,12:00\n",
            [],
            "could not read its date"
        );
        yield return Table(
            "no name, no hours",
            "Name,Date,Starts,Ends\n,8 June 2027,10:30,12:00\nSongs,8 June 2027,morning,noonish\nWalk,14 June 2027,,\n",
            [],
            "no name",
            "when it starts and ends",
            "from when to when"
        );
        yield return Table("no end, length answered", "Name,Date,Starts\nSongs,8 June 2027,10:30\n", Songs) with
        {
            Answers = new(Minutes: 90),
        };
        yield return Table("no hours, answered", "Name,Date\nFair,8 June 2027\n", ["Fair 2027-06-08 09:00-17:00"]) with
        {
            Answers = new(Starts: new(9, 0), Ends: new(17, 0)),
        };
        yield return Table(
            "an hour that the clock leaves out",
            "Name,Date,Starts,Ends\nNight,28 March 2027,01:30,02:30\n",
            [],
            "does not exist",
            "at night"
        );
        yield return Table(
            "the same id twice",
            "Id,Name,Date,Starts,Ends\n1,Songs,8 June 2027,10:30,12:00\n1,Walk,9 June 2027,10:30,12:00\n",
            ["Songs 2027-06-08 10:30-12:00", "Walk 2027-06-09 10:30-12:00"]
        );
    }

    /// <summary>Ends that were left to be guessed.</summary>
    static IEnumerable<PartnerFile> Ends()
    {
        yield return Table(
            "ends at one, without its half of the day",
            "Name,Date,Time\nSongs,8 June 2027,10.00 - 1.00\n",
            ["Songs 2027-06-08 10:00-13:00"],
            "13:00 was taken"
        );
        yield return Table(
            "ends before it begins",
            "Name,Date,Starts,Ends\nSongs,8 June 2027,11:00,10:00\n",
            [],
            "would end before it begins"
        );
        yield return Table(
            "at night, or not",
            "Name,Date,Time\nSongs,8 June 2027,1.30-3.00\n",
            ["Songs 2027-06-08 01:30-03:00"],
            "at night"
        );
        yield return Table(
            "through midnight",
            "Name,Date,Time\nSongs,8 June 2027,22:00-01:00\n",
            ["Songs 2027-06-08 22:00-2027-06-09 01:00"]
        );
        yield return Table("an end alone", "Name,Date,Starts,Ends\nFair,8 June 2027,,2pm\n", ["Fair 2027-06-08 09:00-14:00"]) with
        {
            Answers = new(Starts: new(9, 0), Ends: new(17, 0)),
        };
        yield return Table(
            "outlook's whole day",
            "Subject,Start Date,Start Time,End Date,End Time,All day event\nFair,19/06/2027,00:00:00,20/06/2027,00:00:00,True\n",
            ["Fair 2027-06-19 09:00-17:00"]
        ) with
        {
            Answers = new(Starts: new(9, 0), Ends: new(17, 0)),
        };
        yield return Table("no headings", "Songs,8 June 2027,10:30,12:00\nWalk,14 June 2027,14:00,15:30\n", Both) with
        {
            Answers = new(Columns: ["name", "date", "starts", "ends"]),
        };
    }

    static IEnumerable<PartnerFile> OtherSheets()
    {
        var walk = RawSheets.Row(RawSheets.Text("Walk"), RawSheets.Day(46552), RawSheets.Hour(14, 0), RawSheets.Hour(15, 30));
        var songs = RawSheets.Row(RawSheets.Text("Songs"), RawSheets.Day(46546), RawSheets.Hour(10, 30), RawSheets.Hour(12, 0));
        yield return new("excel, hours as it keeps them", RawSheets.File("", ("One", true, RawSheets.Heads + songs + walk)), Both, []);
        yield return new(
            "every five minutes",
            RawSheets.File(
                "",
                (
                    "One",
                    true,
                    RawSheets.Heads
                        + string.Concat(
                            Enumerable
                                .Range(0, 180)
                                .Select(n => 360 + n * 5)
                                .Select(m =>
                                    RawSheets.Row(
                                        RawSheets.Text($"Songs {m}"),
                                        RawSheets.Day(46546),
                                        RawSheets.Hour(m / 60, m % 60),
                                        RawSheets.Hour((m + 55) / 60, (m + 55) % 60)
                                    )
                                )
                        )
                )
            ),
            [
                .. Enumerable
                    .Range(0, 180)
                    .Select(n => 360 + n * 5)
                    .Select(m => $"Songs {m} 2027-06-08 {m / 60:00}:{m % 60:00}-{(m + 55) / 60:00}:{(m + 55) % 60:00}"),
            ],
            []
        );
        yield return new(
            "excel of the mac, counted from 1904",
            RawSheets.File(
                "<workbookPr date1904=\"1\"/>",
                (
                    "One",
                    true,
                    RawSheets.Heads
                        + RawSheets.Row(RawSheets.Text("Songs"), RawSheets.Day(46546 - 1462), RawSheets.Hour(10, 30), RawSheets.Hour(12, 0))
                )
            ),
            Songs,
            []
        );
        yield return new(
            "a hidden sheet first, and one behind",
            RawSheets.File(
                "",
                ("Old", false, RawSheets.Heads + walk),
                ("June", true, RawSheets.Heads + songs),
                ("July", true, RawSheets.Heads)
            ),
            Songs,
            ["Not looked at: “July”"]
        );
        yield return new(
            "a row far beyond the last",
            RawSheets.File("", ("One", true, RawSheets.Heads + songs.Replace("<row>", "<row r=\"2147483647\">", StringComparison.Ordinal))),
            [],
            ["more rows than a spreadsheet can have"]
        );
    }

    static IEnumerable<PartnerFile> Sheets()
    {
        yield return new(
            "excel, all text",
            TableWriter.Spreadsheet(
                ["Name", "Date", "Starts", "Ends"],
                [
                    ["Songs", "8 June 2027", "10:30", "12:00"],
                ]
            ),
            Songs,
            []
        );
        yield return new(
            "excel, true dates and hours",
            Sheet(
                new
                {
                    Name = "Songs",
                    Date = new DateTime(2027, 6, 8),
                    Starts = new TimeSpan(10, 30, 0),
                    Ends = new TimeSpan(12, 0, 0),
                }
            ),
            Songs,
            []
        );
        yield return new(
            "excel, a moment in one cell",
            Sheet(
                new
                {
                    Name = "Songs",
                    Date = new DateTime(2027, 6, 8, 10, 30, 0),
                    Ends = new DateTime(2027, 6, 8, 12, 0, 0),
                }
            ),
            Songs,
            []
        );
        yield return new(
            "excel, numbers not shown as dates",
            Sheet(
                new
                {
                    Name = "Songs",
                    Date = 46546,
                    Starts = 0.4375,
                    Ends = 0.5,
                }
            ),
            Songs,
            []
        );
    }

    static byte[] Sheet(params object[] rows)
    {
        using var file = new MemoryStream();
        file.SaveAs(rows);
        return file.ToArray();
    }
}
