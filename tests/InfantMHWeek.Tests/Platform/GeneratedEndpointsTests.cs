using System.CodeDom.Compiler;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace InfantMHWeek.Tests.Platform;

/// <summary>
/// What reads the parameters of an endpoint is written by the build: compiled at a start, it is what a first reader waits for.
/// </summary>
public sealed class GeneratedEndpointsTests(RealSite site)
{
    static IReadOnlyList<string> Compiled(IEnumerable<EndpointDataSource> sources) =>
        [
            .. sources
                .SelectMany(s => s.Endpoints)
                .Where(e => e.Metadata.GetMetadata<MethodInfo>() is not null && e.Metadata.GetMetadata<GeneratedCodeAttribute>() is null)
                .Select(e => e.DisplayName ?? "an endpoint without a name"),
        ];

    [Fact]
    public void No_endpoint_is_compiled_at_the_start() => Assert.Empty(Compiled(site.Services.GetServices<EndpointDataSource>()));

    /// <summary>The control: a handler that is handed on is one that the build cannot see.</summary>
    [Fact]
    public async Task A_handler_that_the_build_cannot_see_is_found()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();
        Delegate handedOn = (string name) => name;
        app.MapGet("/{name}", handedOn);
        Assert.Single(Compiled(((IEndpointRouteBuilder)app).DataSources));
    }
}
