namespace InfantMHWeek.Platform.Mail;

public static class MailServices
{
    public static void AddMail(this WebApplicationBuilder builder) => builder.Services.AddScoped<Outbox>();
}
