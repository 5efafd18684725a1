using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Hosting;
using InfantMHWeek.Platform.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Platform.Forms;

static class FormServices
{
    /// <summary>
    /// One token cookie for all forms, bound to this host where the site is reached over HTTPS, and errors in words that people use.
    /// </summary>
    public static void AddForms(this WebApplicationBuilder builder)
    {
        builder.Services.AddAntiforgery(forms =>
        {
            forms.Cookie.Name = DataProtectionKeys.NameOf("form", builder.Configuration);
            Shield(forms.Cookie);
            forms.SuppressXFrameOptionsHeader = true;
        });
        builder.AddSettings<FormSettings>();
        builder.Services.AddSingleton<MemoryThrottle>();
        builder.Services.AddSingleton<FormGuard>();
        // After all others, which say who must have signed in.
        builder.Services.PostConfigure<RazorPagesOptions>(pages => pages.Conventions.Add(new PublicForms.Convention()));
        // One sentence for the page that follows a form ("Your details are saved").
        builder.Services.Configure<CookieTempDataProviderOptions>(told =>
        {
            told.Cookie.Name = DataProtectionKeys.NameOf("told", builder.Configuration);
            Shield(told.Cookie);
        });
        builder.Services.Configure<MvcOptions>(mvc =>
        {
            // What a form must have is said by its own rules, in its own words.
            mvc.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
            Speak(mvc.ModelBindingMessageProvider);
            // Names like a[b] are names: no form here sends a script's objects, and half of such a name would be a fault of ours.
            mvc.ValueProviderFactories.RemoveType<JQueryFormValueProviderFactory>();
            mvc.Filters.Add(new HandledMethods());
            // What the address names, no field of a form can name otherwise.
            var address = mvc.ValueProviderFactories.OfType<RouteValueProviderFactory>().Single();
            mvc.ValueProviderFactories.Remove(address);
            mvc.ValueProviderFactories.Insert(0, address);
            mvc.ValueProviderFactories.Add(new TextSanitizer.Readers());
        });

        void Shield(CookieBuilder cookie)
        {
            DataProtectionKeys.Shield(cookie, builder.Configuration);
            cookie.SameSite = SameSiteMode.Strict;
        }
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
