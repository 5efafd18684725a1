using InfantMHWeek.Campaign.Checking;
using InfantMHWeek.Platform.Accounts.Administration;
using InfantMHWeek.Platform.Hosting;
using InfantMHWeek.Platform.Hosting.Starting;
using InfantMHWeek.Platform.Places;
using InfantMHWeek.Services;
using InfantMHWeek.Services.Importing;

namespace InfantMHWeek;

/// <summary>What the program can be told at the shell instead of serving the site.</summary>
static class SiteCommands
{
    public static Command[] All =>
        [
            ContentCheckCommand.Command,
            StaffInviteCommand.With(SiteFeatures.AddMailWordings),
            StoreCommands.Migrate,
            StoreCommands.Backup,
            StoreCommands.Restore,
            StoreCommands.Check,
            StoreCommands.Move,
            StartupCheck.With(SiteFeatures.AddFeatures),
            PlacesImport.Command,
            ServicesImportCommand.With(builder =>
            {
                builder.AddMailWordings();
                builder.AddFamilyServices();
            }),
        ];
}
