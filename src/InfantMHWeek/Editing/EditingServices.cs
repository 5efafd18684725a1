using InfantMHWeek.Editing.Drafts;
using InfantMHWeek.Editing.Pictures;
using InfantMHWeek.Editing.Plans;
using InfantMHWeek.Editing.Preview;
using InfantMHWeek.Editing.Publishing;
using InfantMHWeek.Editing.Registers;
using InfantMHWeek.Platform.Deletion;
using InfantMHWeek.Platform.Jobs;

namespace InfantMHWeek.Editing;

static class EditingServices
{
    public static void AddEditing(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PagePresence>();
        builder.Services.AddScoped<PageDrafts>();
        builder.Services.AddScoped<PageHistory>();
        builder.Services.AddScoped<OutsideEdits>();
        builder.Services.AddScoped<RevisionWriter>();
        builder.Services.AddSingleton<PageCheck>();
        builder.Services.AddScoped<TextMeeting>();
        builder.Services.AddScoped<PageEditor>();
        builder.Services.AddScoped<PageOpening>();
        builder.Services.AddScoped<InterruptedSaves>();
        builder.Services.AddScoped<PlannedChanges>();
        builder.Services.AddScoped<DuePlans>();
        builder.Services.AddScoped<PagePreview>();
        builder.Services.AddScoped<PageMoves>();
        builder.Services.AddScoped<PageUndo>();
        builder.Services.AddScoped<PageConsequences>();
        builder.Services.AddSingleton<PageVisibility>();
        builder.Services.AddScoped<SiteAsOf>();
        builder.Services.AddSingleton<RegisterUses>();
        builder.Services.AddScoped<RegisterOpening>();
        builder.Services.AddSingleton<SiteDiagnostics>();
        builder.Services.AddSingleton<PictureStore>();
        builder.Services.AddScoped<PictureDescriptions>();
        builder.Services.AddHostedService<HistoryBackgroundService>();
        builder.Services.AddJob<DuePlans>(PlannedChanges.Job, TimeSpan.FromMinutes(1), async (plans, cancel) =>
        {
            await plans.RunDueAsync(cancel);
            return await plans.NextAsync(cancel);
        });
        builder.Services.AddRetention<DraftRetention>(DraftRetention.Job);
    }
}
