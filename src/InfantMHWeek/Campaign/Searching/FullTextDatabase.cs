using Microsoft.Data.Sqlite;

namespace InfantMHWeek.Campaign.Searching;

/// <summary>
/// One private in-memory SQLite database with two FTS5 tables: the pages by their words, and the words by their stems.
/// It holds no text of the pages, only where the words stand. For one thread at a time.
/// </summary>
sealed class FullTextDatabase : IDisposable
{
    // With FTS5's own hash of 1 MB the first filling takes half as long again.
    const string Schema = """
        CREATE VIRTUAL TABLE page USING fts5(title, summary, text, content='', contentless_delete=1,
            tokenize='porter unicode61 remove_diacritics 2');
        INSERT INTO page(page, rank) VALUES ('automerge', 0), ('usermerge', 2), ('hashsize', 16777216);
        CREATE VIRTUAL TABLE word USING fts5(spelling, columnsize=0, tokenize='porter unicode61 remove_diacritics 2');
        INSERT INTO word(word, rank) VALUES ('automerge', 0), ('usermerge', 2), ('hashsize', 16777216);
        """;

    // Left to itself FTS5 merges its segments in bursts of 100 ms and more at 10,000 pages.
    const string MergeALittle = "INSERT INTO page(page, rank) VALUES ('merge', 64); INSERT INTO word(word, rank) VALUES ('merge', 64)";

    const string MergeAll = "INSERT INTO page(page) VALUES ('optimize'); INSERT INTO word(word) VALUES ('optimize')";

    // A word in the title outweighs a text that repeats it a dozen times.
    const string PagesAndScores = "SELECT rowid, bm25(page, 50, 20, 1) FROM page WHERE page MATCH $match";

    readonly SqliteConnection connection;
    readonly SqliteCommand forms;
    readonly SqliteCommand pages;

    FullTextDatabase(SqliteConnection connection)
    {
        this.connection = connection;
        forms = Prepare("SELECT spelling FROM word WHERE word MATCH $match", "$match");
        pages = Prepare(PagesAndScores, "$match");
    }

    /// <summary>A database that holds the pages of a change from nothing.</summary>
    public static FullTextDatabase Filled(IndexChange change)
    {
        // Meanwhile on another core: at 10,000 pages it is a third of the work.
        _ = Task.Run(() => change.Words);

        var database = new FullTextDatabase(Open());
        using var schema = database.Prepare(Schema);
        Run(schema);
        database.Write(change, MergeAll);
        return database;
    }

    /// <summary>Another database with the same contents.</summary>
    public FullTextDatabase Copy()
    {
        var copy = Open();
        connection.BackupDatabase(copy);
        return new(copy);
    }

    public void Write(IndexChange change) => Write(change, MergeALittle);

    /// <summary>The spellings that share the stem of what is searched for.</summary>
    public List<string> Forms(string match)
    {
        forms.Parameters[0].Value = match;
        using var reader = forms.ExecuteReader();
        var found = new List<string>();
        while (reader.Read())
            found.Add(reader.GetString(0));
        return found;
    }

    /// <summary>
    /// The rows of all pages that match, each with its score: the least is the best. SQLite could put them in order, but FTS5
    /// compiles a statement anew for that on each search, and the number of all pages would be one more question.
    /// </summary>
    public List<(long Row, double Score)> Pages(string match)
    {
        pages.Parameters[0].Value = match;
        using var reader = pages.ExecuteReader();
        var found = new List<(long, double)>();
        while (reader.Read())
            found.Add((reader.GetInt64(0), reader.GetDouble(1)));
        return found;
    }

    public void Dispose()
    {
        forms.Dispose();
        pages.Dispose();
        connection.Dispose();
    }

    static SqliteConnection Open()
    {
        var opened = new SqliteConnection("Data Source=:memory:;Pooling=False");
        opened.Open();
        return opened;
    }

    void Write(IndexChange change, string tidy)
    {
        using var transaction = connection.BeginTransaction();

        using var removePage = Prepare("DELETE FROM page WHERE rowid = $row", "$row");
        foreach (var row in change.Removed)
            Run(removePage, row);

        using var writePage = Prepare(
            "REPLACE INTO page(rowid, title, summary, text) VALUES ($row, $title, $summary, $text)",
            "$row",
            "$title",
            "$summary",
            "$text"
        );
        foreach (var (row, page) in change.Written)
            Run(writePage, row, page.Title, page.Summary, page.Text);

        using var removeWord = Prepare("DELETE FROM word WHERE rowid = $row", "$row");
        foreach (var row in change.Words.Gone)
            Run(removeWord, row);

        using var writeWord = Prepare("INSERT INTO word(rowid, spelling) VALUES ($row, $word)", "$row", "$word");
        foreach (var (row, word) in change.Words.Met)
            Run(writeWord, row, word);

        using var tidyUp = Prepare(tidy);
        Run(tidyUp);
        transaction.Commit();
    }

    SqliteCommand Prepare(string sql, params ReadOnlySpan<string> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in parameters)
            command.Parameters.Add(new() { ParameterName = name });
        return command;
    }

    static void Run(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i];
        command.ExecuteNonQuery();
    }
}
