using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Primitives;

namespace InfantMHWeek.Platform.Text;

/// <summary>
/// Takes out of what was sent the characters that are none: halves of pairs, U+FFFE and its kind, and NUL. They come from broken
/// programs only; the framework's own methods fail on some, PostgreSQL on others.
/// </summary>
static class TextSanitizer
{
    /// <returns>The same text where nothing is wrong with it.</returns>
    public static string Of(string text) =>
        text.AsSpan().IndexOfAny('\0', '\uFFFE', '\uFFFF') < 0
        && !text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF')
        && !text.AsSpan().ContainsAnyInRange('\uFDD0', '\uFDEF')
            ? text
            : Cleaned(text);

    public static StringValues Of(StringValues texts) =>
        texts.All(t => t is null || ReferenceEquals(Of(t), t)) ? texts : new([.. texts.Select(t => t is null ? null : Of(t))]);

    static string Cleaned(string text)
    {
        var clean = new StringBuilder(text.Length);
        // Halves of pairs are read as U+FFFD.
        foreach (var rune in text.EnumerateRunes())
            if (rune.Value != 0)
                clean.Append((rune.Value & 0xFFFE) == 0xFFFE || rune.Value is >= 0xFDD0 and <= 0xFDEF ? Rune.ReplacementChar : rune);
        return clean.ToString();
    }

    /// <summary>Cleans what stands after the question mark, for pages and everything else that reads it.</summary>
    public static void UseTextSanitizer(this WebApplication app) =>
        app.Use(
            (context, next) =>
            {
                var request = context.Request;
                if (
                    request.QueryString.Value is { Length: > 0 } text
                    && text.Contains('%', StringComparison.Ordinal)
                    && request.Query.Any(q =>
                        !ReferenceEquals(Of(q.Key), q.Key) || q.Value.Any(v => v is not null && !ReferenceEquals(Of(v), v))
                    )
                )
                    request.Query = new QueryCollection(
                        request
                            .Query.GroupBy(q => Of(q.Key), StringComparer.OrdinalIgnoreCase)
                            .ToDictionary(
                                q => q.Key,
                                q => Of(new StringValues([.. q.SelectMany(v => v.Value.ToArray())])),
                                StringComparer.OrdinalIgnoreCase
                            )
                    );
                return next(context);
            }
        );

    /// <summary>Stands after the framework's readers of forms and puts clean ones in their place.</summary>
    internal sealed class Readers : IValueProviderFactory
    {
        public Task CreateValueProviderAsync(ValueProviderFactoryContext context)
        {
            var (request, readers) = (context.ActionContext.HttpContext.Request, context.ValueProviders);
            for (var i = 0; i < readers.Count; i++)
                if (readers[i] is FormValueProvider form)
                    readers[i] = new CleanForm(request.Form, form.Culture);
            return Task.CompletedTask;
        }
    }

    static ValueProviderResult Of(ValueProviderResult found) =>
        found == ValueProviderResult.None ? found : new(Of(found.Values), found.Culture);

    sealed class CleanForm(IFormCollection form, CultureInfo? culture) : FormValueProvider(BindingSource.Form, form, culture)
    {
        public override ValueProviderResult GetValue(string key) => Of(base.GetValue(key));
    }
}
