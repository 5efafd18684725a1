using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;

namespace InfantMHWeek.Platform.Forms;

public static class FormServices
{
    /// <summary>One token cookie for all forms, bound to this host where the site is reached over HTTPS, and errors in words that people use.</summary>
    public static void AddForms(this WebApplicationBuilder builder)
    {
        var overHttps = builder.Configuration["Site:BaseUrl"]?.StartsWith("https:", StringComparison.OrdinalIgnoreCase) is true;
        builder.Services.AddAntiforgery(forms =>
        {
            forms.Cookie.Name = overHttps ? "__Host-form" : "form";
            forms.Cookie.SecurePolicy = overHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            forms.Cookie.SameSite = SameSiteMode.Strict;
            forms.Cookie.Path = "/";
            forms.SuppressXFrameOptionsHeader = true;
        });
        builder.Services.Configure<MvcOptions>(mvc =>
        {
            // What a form must have is said by its own rules, in its own words.
            mvc.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
            Speak(mvc.ModelBindingMessageProvider);
        });
    }

    static void Speak(DefaultModelBindingMessageProvider says)
    {
        const string Unread = "We could not read this answer. Please check it.";
        says.SetAttemptedValueIsInvalidAccessor((_, _) => Unread);
        says.SetNonPropertyAttemptedValueIsInvalidAccessor(_ => Unread);
        says.SetUnknownValueIsInvalidAccessor(_ => Unread);
        says.SetNonPropertyUnknownValueIsInvalidAccessor(() => Unread);
        says.SetValueIsInvalidAccessor(_ => Unread);
        says.SetValueMustNotBeNullAccessor(_ => "Please answer this.");
        says.SetMissingBindRequiredValueAccessor(_ => "Please answer this.");
        says.SetMissingKeyOrValueAccessor(() => "Please answer this.");
        says.SetMissingRequestBodyRequiredValueAccessor(() => "Please answer this.");
        says.SetValueMustBeANumberAccessor(_ => "Enter a number.");
        says.SetNonPropertyValueMustBeANumberAccessor(() => "Enter a number.");
    }
}
