using System.Data.Common;
using System.Diagnostics;
using System.Text;
using InfantMHWeek.Events.Finding;
using InfantMHWeek.Platform.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace InfantMHWeek.Benchmarks.Finding;

/// <summary>How the database means to answer what the finder asks first: the same command, with its values, explained.</summary>
sealed class QueryPlan : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    (string Asked, List<(string Name, object? Value)> With)? first;

    public static async Task<string> OfAsync(string connection, Func<EventFinder, Task> ask)
    {
        var seen = new QueryPlan();
        await using var db = StoreServices.Open(connection);
        using (DiagnosticListener.AllListeners.Subscribe(seen))
            await ask(new EventFinder(db));
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        var postgres = StoreServices.IsPostgres(connection);
        command.CommandText = (postgres ? "EXPLAIN (ANALYZE, BUFFERS) " : "EXPLAIN QUERY PLAN ") + seen.first!.Value.Asked;
        foreach (var (name, value) in seen.first.Value.With)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
        var plan = new StringBuilder();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            plan.Append("    ").AppendLine(reader.GetString(postgres ? 0 : 3));
        return plan.ToString();
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name)
            value.Subscribe(this);
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (first is null && value is { Key: var key, Value: CommandEventData { Command: { } command } } && key == CommandExecuting)
            first = (command.CommandText, [.. command.Parameters.Cast<DbParameter>().Select(p => (p.ParameterName, p.Value))]);
    }

    static string CommandExecuting => RelationalEventId.CommandExecuting.Name!;

    public void OnCompleted() { }

    public void OnError(Exception error) { }
}
