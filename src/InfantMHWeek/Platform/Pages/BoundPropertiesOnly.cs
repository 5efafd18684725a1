using System.Reflection;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace InfantMHWeek.Platform.Pages;

/// <summary>
/// Binds what a request brings to those properties of a page that say so by an attribute, and to no other. The framework looks at the
/// type of each property besides (an <see cref="IFormFile"/> is bound unasked), which takes a fifth of a start.
/// </summary>
sealed class BoundPropertiesOnly(IPageApplicationModelPartsProvider inner) : IPageApplicationModelPartsProvider
{
    public PagePropertyModel CreatePropertyModel(PropertyInfo property) =>
        property.IsDefined(typeof(IBindingSourceMetadata), inherit: true)
            ? inner.CreatePropertyModel(property)
            : new PagePropertyModel(property, []) { PropertyName = property.Name };

    public PageHandlerModel? CreateHandlerModel(MethodInfo method) => inner.CreateHandlerModel(method);

    public PageParameterModel CreateParameterModel(ParameterInfo parameter) => inner.CreateParameterModel(parameter);

    public bool IsHandler(MethodInfo methodInfo) => inner.IsHandler(methodInfo);
}
