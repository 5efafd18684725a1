using BenchmarkDotNet.Running;
using InfantMHWeek.Benchmarks;
using InfantMHWeek.Benchmarks.Finding;

// Measurements, not tests: nothing here decides whether a change is good. The README beside this file says how to run each.
return args switch
{
    ["steady", var address, var perSecond, var seconds] => await SteadyLoad.Run(address, perSecond, seconds),
    ["finder", var store, var events] => await FinderSpeed.Run(store, events),
    ["finder", var store, var events, var dates] => await FinderSpeed.Run(store, events, dates),
    ["event-pages", var address] => await EventPages.Run(address),
    ["service-finder", var store, var services] => await ServiceFinderSpeed.Run(store, services),
    ["service-pages", var address] => await ServiceFinderSpeed.Pages(address),
    ["generate", var folder, var pages] => GeneratedContent.Write(folder, pages),
    ["visible", var address, var folder, var times] => await VisibleAfterSave.Run(address, folder, times),
    ["publish", var address, var invitation, var file, var times] => await PublishSpeed.Run(address, invitation, file, times),
    ["courses-kills", var times] => await CourseKills.Run(times),
    ["courses-kills", var times, var site] => await CourseKills.Run(times, site),
    ["flood", var site, var perSecond, var seconds] => await Flood.Run(site, perSecond, seconds),
    ["slow-clients", var address] => await SlowClients.Run(address),
    ["instances-rush", var site, var store, var instances, var rounds] => await Instances.Rush(site, store, instances, rounds),
    ["instances-kills", var site, var store, var proxy, var seconds] => await Instances.Kills(site, store, proxy, seconds),
    ["rolling-upgrade", var older, var newer, var store, var proxy, var seconds] => await RollingUpgrade.Run(
        older,
        newer,
        store,
        proxy,
        seconds
    ),
    ["postgres-outages", var site, var store, var control, var times] => await PostgresOutages.Run(site, store, control, times),
    ["job-kills", var site, var times] => await JobKills.Run(site, times),
    ["backup-beside-posts", var site, var megabytes, .. var settings] => await BackupTrials.BesidePostsAsync(site, megabytes, settings),
    ["backup-kills", var site, var times] => await BackupTrials.KillAsync(site, times),
    ["mail-throughput", var mails] => await MailThroughput.Run(mails),
    ["mail-throughput", var mails, var store] => await MailThroughput.Run(mails, store),
    ["kills", var times] => await Kills.Run(times),
    ["save-for-ever", var folder, var from] => await Kills.SaveForEver(folder, from),
    _ => BenchmarkSwitcher.FromAssembly(typeof(PageBenchmarks).Assembly).Run(args).Any() ? 0 : 1,
};
