namespace InfantMHWeek.Courses.Applications;

/// <summary>What became of a wish about an application or a place.</summary>
enum RegistrationResult
{
    Done,

    /// <summary>It was so before; nothing has been done again.</summary>
    Already,

    /// <summary>Staff decide first.</summary>
    Waits,
    Unknown,
    Closed,
    TooLate,
    NotPossible,

    /// <summary>The person has a place, and whoever asks for this must say that they mean it all the same.</summary>
    HasPlace,
}
