using System.Globalization;
using InfantMHWeek.Platform.Mail;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace InfantMHWeek.Tests.Platform.Mail;

/// <summary>A site whose mail leaves through a server on this machine; into its data folder when there is no port.</summary>
sealed class MailSite(int? port) : TestSite
{
    /// <summary>Stands between the site and the server, for a control that behaves wrongly.</summary>
    public Func<IMailTransport, IMailTransport>? Between { get; init; }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        if (port is not { } number) return;
        builder.UseSetting("Mail:Host", "127.0.0.1");
        builder.UseSetting("Mail:Port", number.ToString(CultureInfo.InvariantCulture));
        builder.UseSetting("Mail:From", "The Week <week@week.example>");
        if (Between is { } between) builder.ConfigureTestServices(services => services.AddSingleton(provider => between(new SmtpTransport(provider.GetRequiredService<MailSettings>()))));
    }

    public Task<int> Round() => Services.GetRequiredService<OutboxSender>().RunOnceAsync(TestContext.Current.CancellationToken);
}
