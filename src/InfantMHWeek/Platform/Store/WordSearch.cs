using System.Linq.Expressions;

namespace InfantMHWeek.Platform.Store;

static class WordSearch
{
    /// <summary>The rows that have some words in one of their texts, whatever the case.</summary>
    /// <param name="words">As they were typed; all rows, when there are none.</param>
    public static IQueryable<T> WithWords<T>(this IQueryable<T> rows, string? words, params Expression<Func<T, string>>[] texts)
    {
        if (words?.Trim().ToLowerInvariant() is not { Length: > 0 } small)
            return rows;
        var has = Has(small);
        var row = Expression.Parameter(typeof(T), "row");
        var any = texts.Select(text => Put(has, Put(text, row))).Aggregate(Expression.OrElse);
        return rows.Where(Expression.Lambda<Func<T, bool>>(any, row));
    }

#pragma warning disable CA1304, CA1311, CA1862, MA0011 // The database does it; LIKE alone would mind the case on PostgreSQL.
    static Expression<Func<string, bool>> Has(string small) => text => text.ToLower().Contains(small);
#pragma warning restore CA1304, CA1311, CA1862, MA0011

    static Expression Put(LambdaExpression into, Expression value) => new Replacement(into.Parameters[0], value).Visit(into.Body);

    sealed class Replacement(ParameterExpression of, Expression by) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == of ? by : node;
    }
}
