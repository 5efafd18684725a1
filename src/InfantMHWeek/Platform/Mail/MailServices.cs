namespace InfantMHWeek.Platform.Mail;

public static class MailServices
{
    public static void AddMail(this WebApplicationBuilder builder)
    {
        var settings = MailSettings.Of(builder.Configuration);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton<FolderCarrier>();
        builder.Services.AddSingleton<IMailCarrier>(services => settings.Host is null ? services.GetRequiredService<FolderCarrier>() : new SmtpCarrier(settings));
        builder.Services.AddScoped<Outbox>();
        builder.Services.AddSingleton<PostRound>();
        builder.Services.AddHostedService(services => services.GetRequiredService<PostRound>());
        builder.Services.AddChore<PostRound>("forget old mails", TimeSpan.FromHours(12), (round, cancel) => round.ForgetOldAsync(cancel));
    }
}
