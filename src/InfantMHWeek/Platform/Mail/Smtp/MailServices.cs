using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Deletion;

namespace InfantMHWeek.Platform.Mail.Smtp;

static class MailServices
{
    public static void AddMail(this WebApplicationBuilder builder)
    {
        var settings = builder.AddSettings<MailSettings>();
        builder.Services.AddSingleton<FolderTransport>();
        builder.Services.AddSingleton<IMailTransport>(services =>
            settings.Host is null
                ? services.GetRequiredService<FolderTransport>()
                : ActivatorUtilities.CreateInstance<SmtpTransport>(services)
        );
        builder.Services.AddScoped<Outbox>();
        builder.Services.AddSingleton<OutboxLeases>();
        builder.Services.AddSingleton<MailStatus>();
        builder.Services.AddSingleton<OutboxSender>();
        builder.Services.AddHostedService(services => services.GetRequiredService<OutboxSender>());
        builder.Services.AddRetention<OutboxRetention>(OutboxRetention.Job);
    }
}
