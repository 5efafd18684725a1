using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Store;

namespace InfantMHWeek.Platform.Jobs;

/// <summary>What went wrong with a job, as staff are told.</summary>
static class JobProblem
{
    public static string InWords(Exception problem) =>
        problem switch
        {
            JobException or SettingsException => problem.Message,
            _ when StoreTrouble.IsForeign(problem) => "The database was changed by another version of the site.",
            _ when StoreTrouble.Is(problem) => "The database could not be reached, or did not take it.",
            OperationCanceledException => "It was broken off, because the database could not be told that it is still under way.",
            IOException or UnauthorizedAccessException => "A file or folder could not be read or written: " + problem.Message,
            _ => $"Something unexpected happened ({problem.GetType().Name}). The log says more.",
        };
}
