namespace InfantMHWeek.Courses.Cohorts;

/// <summary>What staff decide about a cohort.</summary>
sealed record CohortRules(
    string Name,
    int Places,
    int? PerOrganisation,
    bool DecideFirst,
    int OfferHours,
    int HeadStartHours,
    int MissedAllowed,
    DateTime? OpensAt,
    DateTime? ClosesAt
);
