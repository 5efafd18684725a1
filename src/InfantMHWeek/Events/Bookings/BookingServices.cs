using InfantMHWeek.Platform.Deletion;
using InfantMHWeek.Platform.Jobs;

namespace InfantMHWeek.Events.Bookings;

static class BookingServices
{
    static readonly TimeSpan Often = TimeSpan.FromMinutes(1);

    public static void AddBookings(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<BookingMails>();
        builder.Services.AddScoped<PlaceQueue>();
        builder.Services.AddScoped<DateFollower>();
        builder.Services.AddScoped<PlaceRegistrar>();
        builder.Services.AddScoped<BookingJobs>();
        builder.Services.AddJob<DateFollower>(BookingJobs.Follow, Often, (follower, cancel) => follower.FollowAllAsync(cancel));
        builder.Services.AddJob<BookingJobs>(BookingJobs.Expire, Often, (jobs, cancel) => jobs.ExpireAsync(cancel));
        builder.Services.AddJob<BookingJobs>(BookingJobs.Remind, Often, (jobs, cancel) => jobs.RemindAsync(cancel));
        builder.Services.AddJob<BookingJobs>(BookingJobs.Confirm, Often, (jobs, cancel) => jobs.RemindUnconfirmedAsync(cancel));
        builder.Services.AddRetention<BookingRetention>(BookingRetention.Job);
    }
}
