using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Tests.Platform.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Razor.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

[assembly: RazorCompiledItem(typeof(BindingPage), "mvc.1.0.razor-page", "/Binding.cshtml")]

namespace InfantMHWeek.Tests.Platform.Pages;

/// <summary>A request sets those properties of a page that say so, and no other, whatever their types are.</summary>
public sealed class BoundPropertiesTests : IAsyncDisposable
{
    readonly TestSite site = new();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Fact]
    public async Task A_property_without_the_attribute_stays_as_it_is_and_a_file_too()
    {
        await using var withPage = site.WithWebHostBuilder(host =>
            host.ConfigureTestServices(services =>
                services
                    .AddRazorPages()
                    .ConfigureApplicationPartManager(parts =>
                        parts.ApplicationParts.Add(new CompiledRazorAssemblyPart(typeof(BindingPage).Assembly))
                    )
            )
        );
        using var client = withPage.CreateClient(new() { BaseAddress = new("https://week.example") });
        using var form = new MultipartFormDataContent();
        foreach (var name in new[] { nameof(BindingModel.Silent), nameof(BindingModel.Bound) })
            form.Add(new StringContent("posted"), name);
        foreach (var name in new[] { nameof(BindingModel.SilentFile), nameof(BindingModel.BoundFile) })
            form.Add(new ByteArrayContent([1]), name, "posted.png");
        form.Add(new ByteArrayContent([1]), nameof(BindingModel.SilentFiles), "posted.png");

        using var answer = await client.PostAsync(
            new Uri("/binding?silent=asked", UriKind.Relative),
            form,
            TestContext.Current.CancellationToken
        );
        Assert.Equal("Bound, BoundFile", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}

/// <summary>A page as Razor would compile it.</summary>
[RazorCompiledItemMetadata("RouteTemplate", "/binding")]
public sealed class BindingPage : Page
{
    public BindingModel Model => (BindingModel)ViewContext.ViewData.Model!;

    public override Task ExecuteAsync() => Task.CompletedTask;
}

[IgnoreAntiforgeryToken, GuardedBy("being a page of this test alone")]
public sealed class BindingModel : PageModel
{
    public string? Silent { get; set; }
    public IFormFile? SilentFile { get; set; }
    public IFormFileCollection? SilentFiles { get; set; }

    [BindProperty]
    public string? Bound { get; set; }

    [BindProperty]
    public IFormFile? BoundFile { get; set; }

    public ContentResult OnPost() =>
        Content(
            string.Join(
                ", ",
                new (string Name, object? Value)[]
                {
                    (nameof(Silent), Silent),
                    (nameof(SilentFile), SilentFile),
                    (nameof(SilentFiles), SilentFiles),
                    (nameof(Bound), Bound),
                    (nameof(BoundFile), BoundFile),
                }
                    .Where(p => p.Value is not null)
                    .Select(p => p.Name)
            )
        );
}
