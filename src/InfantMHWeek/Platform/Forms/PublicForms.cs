using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Platform.Forms;

/// <summary>
/// Closed by default: whatever takes a form from somebody who has not signed in must say how it is guarded, or it does not open.
/// A page behind a personal token (<c>[FormPage(byToken: true)]</c> and <c>{token}</c> in its address) is guarded by that, with a budget
/// for each token.
/// </summary>
static class PublicForms
{
    const string Token = "token";

    // No person presses so often; a program that goes round in circles does.
    const int ByTokenAtOnce = 120;
    static readonly TimeSpan ByTokenEvery = TimeSpan.FromSeconds(1);

    /// <summary>Whether a method only reads.</summary>
    public static bool Reads(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    /// <summary>Whether anybody can send something there and nothing guards it.</summary>
    public static bool IsOpen(Endpoint endpoint)
    {
        var takes = endpoint.Metadata.GetMetadata<CompiledPageActionDescriptor>() is { } page
            ? page.HandlerMethods.Any(h => !Reads(h.HttpMethod))
            : endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is { } methods && methods.HttpMethods.Any(m => !Reads(m));
        return takes && !IsGuarded(endpoint.Metadata, (endpoint as RouteEndpoint)?.RoutePattern.GetParameter(Token) is not null);
    }

    static bool IsGuarded(IEnumerable<object> metadata, bool byToken)
    {
        var all = metadata.ToList();
        return (all.OfType<IAuthorizeData>().Any() && !all.OfType<IAllowAnonymous>().Any())
            || all.OfType<PublicFormAttribute>().Any()
            || all.OfType<GuardedByAttribute>().Any()
            || (byToken && all.OfType<FormPageAttribute>().Any(f => f.ByToken));
    }

    /// <summary>Stands before everything that takes a form.</summary>
    public static void UsePublicFormGuard(this WebApplication app)
    {
        var memory = app.Services.GetRequiredService<MemoryThrottle>();
        app.Use(
            (http, next) =>
            {
                if (Reads(http.Request.Method) || http.GetEndpoint() is not RouteEndpoint endpoint)
                    return next(http);
                if (IsOpen(endpoint))
                    throw new InvalidOperationException(Words(endpoint.DisplayName));
                if (
                    http.Request.RouteValues[Token] is not string token
                    || memory.TryTake(new Budget("token " + token, ByTokenAtOnce, ByTokenEvery)) is not { } refused
                )
                    return next(http);
                http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
                http.Response.Headers.RetryAfter = Math.Ceiling(refused.Wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                return Task.CompletedTask;
            }
        );
    }

    static string Words(string? what) =>
        $"{what} takes forms from anybody and nothing guards it: put [PublicForm(\"name\")] on the page's model, or [GuardedBy(…)].";

    /// <summary>Applied when a page is first looked at: one that lacks its guard never opens.</summary>
    internal sealed class Convention : IPageApplicationModelConvention
    {
        public void Apply(PageApplicationModel model)
        {
            var byToken = model.RouteTemplate?.Contains("{" + Token, StringComparison.Ordinal) == true;
            if (
                model.HandlerMethods.Any(h => !Reads(h.HttpMethod))
                && !IsGuarded(model.EndpointMetadata.Concat(model.HandlerTypeAttributes), byToken)
            )
                throw new InvalidOperationException(Words(model.ViewEnginePath));
        }
    }
}
