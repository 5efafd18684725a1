using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewEngines;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace InfantMHWeek.Platform.Pages;

/// <summary>Draws a view in the site's layout into a text, for answers that are put together rather than drawn each time.</summary>
sealed class ViewRenderer(ICompositeViewEngine views, ITempDataDictionaryFactory temporary, IModelMetadataProvider metadata)
{
    /// <param name="path">From the project's root: <c>/Campaign/Searching/_Search.cshtml</c>.</param>
    public async Task<string> DrawAsync<TModel>(HttpContext context, string path, TModel model, PageHead head)
    {
        var view = views.GetView(executingFilePath: null, path, isMainPage: true).View
            ?? throw new InvalidOperationException($"There is no view {path}.");
        var data = new ViewDataDictionary<TModel>(metadata, new ModelStateDictionary()) { Model = model, ["Head"] = head };
        await using var html = new StringWriter();
        var place = new ActionContext(context, context.GetRouteData(), new ActionDescriptor());
        await view.RenderAsync(new ViewContext(place, view, data, temporary.GetTempData(context), html, new HtmlHelperOptions()));
        return html.ToString();
    }
}
