using Microsoft.AspNetCore.Http.Features;

namespace InfantMHWeek.Platform.Hosting;

/// <summary>What a sender, and not the site, did wrong: a body that breaks off, a form in no known shape.</summary>
static class UnreadableRequest
{
    /// <returns>The status to answer with; null when the fault is ours.</returns>
    public static int? StatusOf(Exception problem) =>
        problem switch
        {
            BadHttpRequestException bad => bad.StatusCode,
            // Letters in an encoding that is unknown, or refused for its holes, as utf-7 is.
            NotSupportedException or ArgumentException when IsFromForm(problem) => StatusCodes.Status415UnsupportedMediaType,
            // Too many fields, too long ones, parts without an end.
            InvalidDataException or FormatException when IsFromForm(problem) => StatusCodes.Status400BadRequest,
            IOException when IsFromForm(problem) && problem.Source == "Microsoft.AspNetCore.WebUtilities" =>
                StatusCodes.Status400BadRequest,
            _ => null,
        };

    /// <summary>Whether it came out of the framework's reading of a form; the same types elsewhere are ours.</summary>
    static bool IsFromForm(Exception problem) =>
        problem.StackTrace?.Contains(typeof(FormFeature).FullName!, StringComparison.Ordinal) is true;
}
