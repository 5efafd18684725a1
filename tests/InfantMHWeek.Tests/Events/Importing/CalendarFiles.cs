using static InfantMHWeek.Tests.Events.Importing.PartnerFile;

namespace InfantMHWeek.Tests.Events.Importing;

/// <summary>Calendars as Google, Outlook, Apple, Meetup, Eventbrite and plugins of WordPress write them.</summary>
static class CalendarFiles
{
    const string Google =
        "PRODID:-//Google Inc//Google Calendar 70.9054//EN\nCALSCALE:GREGORIAN\nMETHOD:PUBLISH\nX-WR-CALNAME:Hub\n"
        + "X-WR-TIMEZONE:Europe/London";

    const string Outlook = """
        PRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN
        METHOD:PUBLISH
        BEGIN:VTIMEZONE
        TZID:GMT Standard Time
        BEGIN:STANDARD
        DTSTART:16011028T020000
        RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
        TZOFFSETFROM:+0100
        TZOFFSETTO:-0000
        END:STANDARD
        BEGIN:DAYLIGHT
        DTSTART:16010325T010000
        RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
        TZOFFSETFROM:-0000
        TZOFFSETTO:+0100
        END:DAYLIGHT
        END:VTIMEZONE
        """;

    const string Apple = "CALSCALE:GREGORIAN\nPRODID:-//Apple Inc.//macOS 15.1//EN";
    const string Meetup = "PRODID:-//Meetup//RemoteApi//EN\nCALSCALE:GREGORIAN\nMETHOD:PUBLISH";
    const string Eventbrite = "PRODID:-//Eventbrite//EN\nMETHOD:PUBLISH";
    const string WordPress =
        "PRODID:-//Hub - ECPv6.8.2//NONSGML v1.0//EN\nCALSCALE:GREGORIAN\nMETHOD:PUBLISH\nX-ORIGINAL-URL:https://hub.example";

    static string One(string uid, string title, string lines) =>
        $"BEGIN:VEVENT\nUID:{uid}\nDTSTAMP:20261101T120000Z\n{lines.Trim()}\nSUMMARY:{title}\nEND:VEVENT\n";

    const string Thursday = "DTSTART;TZID=Europe/London:20261203T100000\nDTEND;TZID=Europe/London:20261203T113000\n";
    const string Windows = "DTSTART;TZID=\"GMT Standard Time\":20261203T100000\nDTEND;TZID=\"GMT Standard Time\":20261203T113000\n";

    public static IEnumerable<PartnerFile> All => [.. OfGoogle(), .. OfOutlook(), .. OfApple(), .. OfSites(), .. Unusable()];

    static IEnumerable<PartnerFile> OfGoogle()
    {
        yield return Calendar("google once", Google, One("a@google.com", "Songs", Thursday), ["Songs 2026-12-03 10:00-11:30"]);
        yield return Calendar(
            "google in utc, in summer",
            Google,
            One("a@google.com", "Songs", "DTSTART:20270603T090000Z\nDTEND:20270603T103000Z"),
            ["Songs 2027-06-03 10:00-11:30"]
        );
        yield return Calendar(
            "google weekly since 2019 without end",
            Google,
            One(
                "a@google.com",
                "Songs",
                "DTSTART;TZID=Europe/London:20190103T100000\nDTEND;TZID=Europe/London:20190103T113000\nRRULE:FREQ=WEEKLY;WKST=MO;BYDAY=TH"
            ),
            Every(7, "Songs", "10:00-11:30", "2026-12-03", "2027-11-29")
        );
        yield return Calendar(
            "google weekly with exceptions and until",
            Google,
            One(
                "a@google.com",
                "Songs",
                Thursday
                    + "RRULE:FREQ=WEEKLY;UNTIL=20270331T225959Z;BYDAY=TH\nEXDATE;TZID=Europe/London:20261224T100000\n"
                    + "EXDATE;TZID=Europe/London:20261231T100000\nEXDATE;TZID=Europe/London:20270218T100000"
            ),
            Every(7, "Songs", "10:00-11:30", "2026-12-03", "2027-03-31", "2026-12-24", "2026-12-31", "2027-02-18")
        );
        yield return Calendar(
            "google moved and cancelled dates",
            Google,
            One("a@google.com", "Songs", Thursday + "RRULE:FREQ=WEEKLY;COUNT=5;BYDAY=TH")
                + One(
                    "a@google.com",
                    "Songs",
                    "RECURRENCE-ID;TZID=Europe/London:20261210T100000\nDTSTART;TZID=Europe/London:20261211T140000\n"
                        + "DTEND;TZID=Europe/London:20261211T150000\nSEQUENCE:2"
                )
                + One(
                    "a@google.com",
                    "Songs",
                    "RECURRENCE-ID;TZID=Europe/London:20261217T100000\nSTATUS:CANCELLED\nDTSTART;TZID=Europe/London:20261217T100000\n"
                        + "DTEND;TZID=Europe/London:20261217T113000"
                ),
            ["Songs 2026-12-03 10:00-11:30", "Songs 2026-12-11 14:00-15:00", "Songs 2026-12-24 10:00-11:30", "Songs 2026-12-31 10:00-11:30"]
        );
        yield return Calendar(
            "google fortnightly over the clock change",
            Google,
            One("a@google.com", "Songs", Thursday + "RRULE:FREQ=WEEKLY;WKST=MO;INTERVAL=2;BYDAY=TH"),
            Every(14, "Songs", "10:00-11:30", "2026-12-03", "2027-11-29")
        );
        yield return Calendar(
            "google two weekdays",
            Google,
            One("a@google.com", "Songs", Thursday + "RRULE:FREQ=WEEKLY;WKST=MO;COUNT=4;BYDAY=TU,TH"),
            On("Songs", "10:00-11:30", "2026-12-03", "2026-12-08", "2026-12-10", "2026-12-15")
        );
        yield return Calendar(
            "google first thursday",
            Google,
            One("a@google.com", "Songs", Thursday + "RRULE:FREQ=MONTHLY;UNTIL=20270401T235959Z;BYDAY=1TH"),
            On("Songs", "10:00-11:30", "2026-12-03", "2027-01-07", "2027-02-04", "2027-03-04", "2027-04-01")
        );
        yield return Calendar(
            "google html, with a postcode inside",
            Google,
            One(
                "a@google.com",
                "Songs",
                Thursday
                    + "LOCATION:Village hall\\, 1 High St\\, Leeds LS1 4AP\\, UK\n"
                    + "DESCRIPTION:<p>Songs &amp; tea.</p><br>Call <b>us</b>\\, we sing\\n together"
            ),
            ["Songs 2026-12-03 10:00-11:30"]
        );
        yield return Calendar(
            "google three days, over midnight",
            Google,
            One("a@google.com", "Fair", "DTSTART;TZID=Europe/London:20270611T220000\nDTEND;TZID=Europe/London:20270613T010000"),
            ["Fair 2027-06-11 22:00-2027-06-13 01:00"]
        );
        yield return Calendar(
            "google monthly on the 31st",
            Google,
            One(
                "a@google.com",
                "Songs",
                "DTSTART;TZID=Europe/London:20261231T100000\nDTEND;TZID=Europe/London:20261231T110000\nRRULE:FREQ=MONTHLY;COUNT=4"
            ),
            On("Songs", "10:00-11:00", "2026-12-31", "2027-01-31", "2027-03-31", "2027-05-31")
        );
        yield return Calendar(
            "google every day for a week",
            Google,
            One("a@google.com", "Songs", Thursday + "RRULE:FREQ=DAILY;COUNT=7"),
            Every(1, "Songs", "10:00-11:30", "2026-12-03", "2026-12-09")
        );
        yield return Calendar(
            "google every third day",
            Google,
            One("a@google.com", "Songs", Thursday + "RRULE:FREQ=DAILY;INTERVAL=3;UNTIL=20261231T235959Z"),
            Every(3, "Songs", "10:00-11:30", "2026-12-03", "2026-12-31")
        );
        yield return Calendar(
            "google once a year",
            Google,
            One("a@google.com", "Songs", Thursday + "RRULE:FREQ=YEARLY;COUNT=5"),
            ["Songs 2026-12-03 10:00-11:30"],
            "Its next 1 dates are there"
        );
    }

    static IEnumerable<PartnerFile> OfOutlook()
    {
        yield return Calendar(
            "outlook once, windows clock",
            Outlook,
            One("040000008200E0", "Songs", Windows),
            ["Songs 2026-12-03 10:00-11:30"]
        );
        yield return Calendar(
            "outlook weekly over the clock change",
            Outlook,
            One("040000008200E0", "Songs", Windows + "RRULE:FREQ=WEEKLY;UNTIL=20270415T090000Z;BYDAY=TH;WKST=SU"),
            Every(7, "Songs", "10:00-11:30", "2026-12-03", "2027-04-15")
        );
        yield return Calendar(
            "exchange first thursday",
            Outlook,
            One("040000008200E0", "Songs", Windows + "RRULE:FREQ=MONTHLY;COUNT=3;BYDAY=TH;BYSETPOS=1"),
            On("Songs", "10:00-11:30", "2026-12-03", "2027-01-07", "2027-02-04")
        );
        yield return Calendar(
            "outlook last weekday of the month",
            Outlook,
            One(
                "040000008200E0",
                "Songs",
                "DTSTART;TZID=GMT Standard Time:20261231T100000\nDTEND;TZID=GMT Standard Time:20261231T110000\n"
                    + "RRULE:FREQ=MONTHLY;COUNT=3;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"
            ),
            On("Songs", "10:00-11:00", "2026-12-31", "2027-01-29", "2027-02-26")
        );
        yield return Calendar(
            "outlook customised clock",
            Outlook
                .Replace("TZID:GMT Standard Time", "TZID:Customized Time Zone", StringComparison.Ordinal)
                .Replace("-0000", "+0000", StringComparison.Ordinal),
            One("x", "Songs", "DTSTART;TZID=Customized Time Zone:20270603T100000\nDTEND;TZID=Customized Time Zone:20270603T110000"),
            ["Songs 2027-06-03 10:00-11:00"]
        );
        yield return Calendar(
            "outlook on the web, clock in words",
            "PRODID:Microsoft Exchange Server 2010",
            One(
                "x",
                "Songs",
                "DTSTART;TZID=\"(UTC+00:00) Dublin, Edinburgh, Lisbon, London\":20270603T100000\n"
                    + "DTEND;TZID=\"(UTC+00:00) Dublin, Edinburgh, Lisbon, London\":20270603T110000"
            ),
            ["Songs 2027-06-03 10:00-11:00"]
        );
        yield return Calendar(
            "exchange utc",
            "PRODID:Microsoft Exchange Server 2010",
            One("x", "Songs", "DTSTART;TZID=tzone://Microsoft/Utc:20270603T090000\nDTEND;TZID=tzone://Microsoft/Utc:20270603T100000"),
            ["Songs 2027-06-03 10:00-11:00"]
        );
        yield return Calendar(
            "outlook in a clock of the continent",
            Outlook,
            One(
                "x",
                "Songs",
                "DTSTART;TZID=W. Europe Standard Time:20261203T110000\nDTEND;TZID=W. Europe Standard Time:20261203T120000\n"
                    + "RRULE:FREQ=WEEKLY;COUNT=20"
            ),
            Every(7, "Songs", "10:00-11:00", "2026-12-03", "2027-04-15")
        );
        yield return Calendar(
            "outlook from new york, whose clocks change on other days",
            Outlook,
            One(
                "x",
                "Talk",
                "DTSTART;TZID=Eastern Standard Time:20270304T090000\nDTEND;TZID=Eastern Standard Time:20270304T100000\n"
                    + "RRULE:FREQ=WEEKLY;COUNT=5"
            ),
            [
                "Talk 2027-03-04 14:00-15:00",
                "Talk 2027-03-11 14:00-15:00",
                "Talk 2027-03-18 13:00-14:00",
                "Talk 2027-03-25 13:00-14:00",
                "Talk 2027-04-01 14:00-15:00",
            ]
        );
        yield return Calendar(
            "outlook html beside no words",
            Outlook,
            One(
                "x",
                "Songs",
                Windows
                    + "X-ALT-DESC;FMTTYPE=text/html:<html><body><p>Sing\\, baby</p></body></html>\n"
                    + "CLASS:PUBLIC\nX-MICROSOFT-CDO-BUSYSTATUS:BUSY"
            ),
            ["Songs 2026-12-03 10:00-11:30"]
        );
        yield return Calendar(
            "outlook private",
            Outlook,
            One("x", "My dentist", Windows + "CLASS:PRIVATE") + One("y", "Songs", Windows),
            ["Songs 2026-12-03 10:00-11:30"],
            "private"
        );
    }

    static IEnumerable<PartnerFile> OfApple()
    {
        yield return Calendar(
            "apple floating",
            Apple,
            One("A1", "Songs", "DTSTART:20270603T100000\nDTEND:20270603T113000\nTRANSP:OPAQUE"),
            ["Songs 2027-06-03 10:00-11:30"]
        );
        yield return Calendar(
            "apple with more dates",
            Apple,
            One("A1", "Songs", Thursday + "RDATE;TZID=Europe/London:20261208T100000,20261220T140000"),
            ["Songs 2026-12-03 10:00-11:30", "Songs 2026-12-08 10:00-11:30", "Songs 2026-12-20 14:00-15:30"]
        );
        yield return Calendar(
            "apple rule and one date more",
            Apple,
            One("A1", "Songs", Thursday + "RRULE:FREQ=WEEKLY;COUNT=3\nRDATE;TZID=Europe/London:20261219T150000"),
            [.. Every(7, "Songs", "10:00-11:30", "2026-12-03", "2026-12-17"), "Songs 2026-12-19 15:00-16:30"]
        );
        yield return Calendar(
            "apple duration",
            Apple,
            One("A1", "Songs", "DTSTART;TZID=Europe/London:20261203T100000\nDURATION:PT1H30M"),
            ["Songs 2026-12-03 10:00-11:30"]
        );
        yield return Calendar(
            "apple structured place and alarm",
            Apple,
            One(
                "A1",
                "Songs",
                Thursday
                    + "LOCATION:Leeds Central Library\\nCalverley Street\\nLeeds\\nLS1 3AB\\nEngland\n"
                    + "X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-ADDRESS=\"Calverley Street\\nLeeds\";X-TITLE=Library:geo:53.8,-1.5\n"
                    + "BEGIN:VALARM\nTRIGGER:-PT15M\nDESCRIPTION:Wake up\nDTSTART:20200101T000000Z\nEND:VALARM"
            ),
            ["Songs 2026-12-03 10:00-11:30"]
        );
        yield return Calendar(
            "apple folded inside a letter",
            Apple,
            One("A1", "Caf\n \u00e9 & so\n\tngs", Thursday),
            ["Café & songs 2026-12-03 10:00-11:30"]
        );
        yield return Calendar(
            "apple until without an hour",
            Apple,
            One("A1", "Songs", Thursday + "RRULE:FREQ=WEEKLY;INTERVAL=1;UNTIL=20261217"),
            Every(7, "Songs", "10:00-11:30", "2026-12-03", "2026-12-17")
        );
        yield return Calendar(
            "apple whole day",
            Apple,
            One("A1", "Fair", "DTSTART;VALUE=DATE:20270612\nDTEND;VALUE=DATE:20270613"),
            [],
            "no time of day"
        );
        yield return Calendar(
            "apple whole days, hours answered",
            Apple,
            One("A1", "Fair", "DTSTART;VALUE=DATE:20270612\nDTEND;VALUE=DATE:20270614"),
            ["Fair 2027-06-12 10:00-2027-06-13 16:00"]
        ) with
        {
            Answers = new(Starts: new(10, 0), Ends: new(16, 0)),
        };
        yield return Calendar(
            "apple whole day weekly, hours answered",
            Apple,
            One("A1", "Fair", "DTSTART;VALUE=DATE:20261204\nRRULE:FREQ=WEEKLY;COUNT=4\nEXDATE;VALUE=DATE:20261211"),
            On("Fair", "10:00-16:00", "2026-12-04", "2026-12-18", "2026-12-25")
        ) with
        {
            Answers = new(Starts: new(10, 0), Ends: new(16, 0)),
        };
    }

    static IEnumerable<PartnerFile> OfSites()
    {
        yield return Calendar(
            "meetup",
            Meetup,
            One(
                "event_3@meetup.com",
                "Walk",
                Thursday
                    + "STATUS:CONFIRMED\nDESCRIPTION:Leeds parents\\nThursday\\, December 3 at 10:00 AM\\n\\nA walk\n"
                    + "URL;VALUE=URI:https://www.meetup.com/leeds/events/3/\n"
                    + "LOCATION:Roundhay Park (Mansion Lane\\, Leeds\\, United Kingdom)"
            ),
            ["Walk 2026-12-03 10:00-11:30"]
        );
        yield return Calendar(
            "meetup online",
            Meetup,
            One("event_4@meetup.com", "Talk", Thursday + "LOCATION:Online event"),
            ["Talk 2026-12-03 10:00-11:30"]
        );
        yield return Calendar(
            "eventbrite",
            Eventbrite,
            One(
                "eventbrite_9",
                "Talk",
                "DTSTART:20270603T180000Z\nDTEND:20270603T193000Z\nLOCATION:The Hall\\, 3 Park Row\\, Leeds\\, LS1 5HN\n"
                    + "DESCRIPTION:For details\\, click here: https://www.eventbrite.co.uk/e/9"
            ),
            ["Talk 2027-06-03 19:00-20:30"]
        );
        yield return Calendar(
            "eventbrite over midnight in utc",
            Eventbrite,
            One("eventbrite_9", "Vigil", "DTSTART:20270603T220000Z\nDTEND:20270603T233000Z"),
            ["Vigil 2027-06-03 23:00-2027-06-04 00:30"]
        );
        yield return Calendar(
            "the events calendar",
            WordPress,
            One(
                "10001-1764756000@hub.example",
                "Songs",
                Thursday
                    + "CATEGORIES:Babies\nORGANIZER;CN=\"Hub\":MAILTO:hub@example.org\n"
                    + "ATTACH;FMTTYPE=image/jpeg:https://hub.example/a.jpg\n"
                    + "LOCATION:Hub\\, 2 Street\\, Bradford\\, BD1 1AA\\, United Kingdom"
            ) + One("10001-1765360800@hub.example", "Songs", Thursday.Replace("20261203", "20261210", StringComparison.Ordinal)),
            On("Songs", "10:00-11:30", "2026-12-03", "2026-12-10")
        );
        yield return Calendar(
            "modern events calendar, until without an hour, in the evening",
            "PRODID:-//WordPress - MECv7//EN",
            One("MEC-1@hub", "Talk", "DTSTART:20261203T190000Z\nDTEND:20261203T203000Z\nRRULE:FREQ=WEEKLY;UNTIL=20261224"),
            Every(7, "Talk", "19:00-20:30", "2026-12-03", "2026-12-24")
        );
        yield return Calendar(
            "all in one event calendar with its own clock's name",
            "PRODID:-//Hub//NONSGML kigkonsult.se iCalcreator 2.26.9//",
            One(
                "ai1ec-1@hub",
                "Songs",
                "DTSTART;TZID=/freeassociation.sourceforge.net/Europe/London:20270603T100000\n"
                    + "DTEND;TZID=/freeassociation.sourceforge.net/Europe/London:20270603T110000"
            ),
            ["Songs 2027-06-03 10:00-11:00"]
        );
        yield return Calendar(
            "a plugin with several days and no end",
            WordPress,
            One("1", "Fair", "DTSTART;TZID=Europe/London:20270611T100000\nDTEND;TZID=Europe/London:20270613T160000")
                + One("2", "Drop in", "DTSTART;TZID=Europe/London:20270611T100000"),
            ["Fair 2027-06-11 10:00-2027-06-13 16:00"],
            "does not say when it ends"
        );
        yield return Calendar(
            "a plugin with no end, length answered",
            WordPress,
            One("2", "Drop in", "DTSTART;TZID=Europe/London:20270611T100000\nDTEND;TZID=Europe/London:20270611T100000"),
            ["Drop in 2027-06-11 10:00-11:30"]
        ) with
        {
            Answers = new(Minutes: 90),
        };
        yield return Calendar(
            "a site that writes the same event again with a higher number",
            WordPress,
            One("1", "Songs", Thursday + "SEQUENCE:1")
                + One("1", "Songs", Thursday.Replace("T10", "T09", StringComparison.Ordinal) + "SEQUENCE:3"),
            ["Songs 2026-12-03 09:00-11:30"]
        );
        yield return Calendar(
            "a site that cancels",
            WordPress,
            One("1", "Songs", Thursday + "STATUS:CANCELLED"),
            ["(cancelled) Songs 2026-12-03 10:00-11:30"]
        );
        yield return Calendar(
            "one changed date without its series",
            Google,
            One("1", "Songs", Thursday + "RECURRENCE-ID;TZID=Europe/London:20261203T090000"),
            ["Songs 2026-12-03 10:00-11:30"]
        );
        yield return Calendar(
            "the hour that happens twice, in utc",
            Google,
            One("1", "Night", "DTSTART:20271031T013000Z\nDTEND:20271031T023000Z"),
            ["Night 2027-10-31 01:30-02:30"]
        );
    }

    static PartnerFile BrokenOff()
    {
        var whole = Calendar("cut off", Google, One("1", "Songs", Thursday) + One("2", "Walk", Thursday), [], "breaks off before its end");
        return whole with { Bytes = whole.Bytes[..^40] };
    }

    /// <summary>A line may be broken between the bytes of one letter.</summary>
    static PartnerFile FoldedInALetter()
    {
        var whole = Calendar("folded inside a letter", Google, One("1", "Cafe", Thursday), ["Café 2026-12-03 10:00-11:30"]);
        var at = whole.Bytes.AsSpan().IndexOf("Cafe"u8) + 3;
        return whole with { Bytes = [.. whole.Bytes[..at], 0xC3, (byte)'\r', (byte)'\n', (byte)' ', 0xA9, .. whole.Bytes[(at + 1)..]] };
    }

    static IEnumerable<PartnerFile> Unusable()
    {
        yield return Calendar(
            "three of one uid",
            Google,
            One("1", "Songs", "DTSTART;TZID=Europe/London:20270601T100000\nDURATION:PT1H")
                + One("1", "Songs", "DTSTART;TZID=Europe/London:20270608T100000\nDURATION:PT1H")
                + One("1", "Songs", "DTSTART;TZID=Europe/London:20270615T100000\nDURATION:PT1H"),
            ["Songs 2027-06-01 10:00-11:00"],
            "3 entries of the same UID"
        );
        yield return BrokenOff();
        yield return FoldedInALetter();
        yield return Calendar(
            "an hour that the clock leaves out",
            Google,
            One("1", "Night", "DTSTART;TZID=Europe/London:20270328T013000\nDURATION:PT1H"),
            [],
            "could not read when it starts"
        );
        yield return Calendar(
            "a clock that nobody knows",
            Google,
            One("1", "Songs", "DTSTART;TZID=Mars/Olympus:20270603T100000\nDURATION:PT1H"),
            [],
            "a clock that we do not know"
        );
        yield return Calendar(
            "31 february",
            Google,
            One("1", "Songs", Thursday + "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31"),
            [],
            "never comes to a date"
        );
        yield return Calendar("every second", Google, One("1", "Songs", Thursday + "RRULE:FREQ=SECONDLY"), [], "several times a day");
        yield return Calendar(
            "a rule of nonsense",
            Google,
            One("1", "Songs", Thursday + "RRULE:FREQ=SOMETIMES;BYDAY=XX"),
            [],
            "could not read"
        );
        yield return Calendar(
            "a start of nonsense",
            Google,
            One("1", "Songs", "DTSTART:soon\nDTEND:later") + One("2", "Walk", Thursday),
            ["Walk 2026-12-03 10:00-11:30"],
            "could not read when it starts"
        );
        yield return Calendar(
            "exceptions for all dates",
            Google,
            One("1", "Songs", Thursday + "RRULE:FREQ=WEEKLY;COUNT=2\nEXDATE;TZID=Europe/London:20261203T100000,20261210T100000"),
            [],
            "never takes place"
        );
        yield return Calendar(
            "all dates from one on are moved",
            Google,
            One("1", "Songs", Thursday + "RRULE:FREQ=WEEKLY;COUNT=9")
                + One("1", "Songs", Thursday + "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/London:20261210T100000"),
            [],
            "from one on"
        );
        yield return Calendar(
            "a date moved onto another",
            Google,
            One("1", "Songs", Thursday + "RRULE:FREQ=WEEKLY;COUNT=3")
                + One(
                    "1",
                    "Songs",
                    "RECURRENCE-ID;TZID=Europe/London:20261210T100000\n" + Thursday.Replace("1203", "1217", StringComparison.Ordinal)
                ),
            On("Songs", "10:00-11:30", "2026-12-03", "2026-12-17")
        );
    }
}
