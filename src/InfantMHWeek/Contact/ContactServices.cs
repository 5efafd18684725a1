using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Deletion;
using InfantMHWeek.Platform.Pages;
using Microsoft.Extensions.Options;

namespace InfantMHWeek.Contact;

static class ContactServices
{
    public static void AddContact(this WebApplicationBuilder builder)
    {
        builder.AddSettings<ContactSettings>();
        builder.Services.AddScoped<ContactInbox>();
        builder.Services.AddRetention<ContactRetention>(ContactRetention.Job);
        // The words of the contact page come from the content folder; this adds the ways to write.
        builder.Services.AddSingleton(
            new PageAdditionSource(
                path => path == "/contact",
                (_, _, _) => Task.FromResult<PageAddition?>(new("/Contact/_Ways.cshtml", ContactMessage.AnswerDays)),
                Constant: true
            )
        );
        builder.Services.AddSingleton(
            new PageAdditionSource(
                path => path == "/privacy",
                (services, _, _) =>
                    Task.FromResult<PageAddition?>(
                        new("/Contact/_Privacy.cshtml", services.GetRequiredService<IOptions<ContactSettings>>().Value)
                        {
                            Heading = new("contact-privacy", "If you write to us"),
                        }
                    ),
                Constant: true
            )
        );
    }
}
