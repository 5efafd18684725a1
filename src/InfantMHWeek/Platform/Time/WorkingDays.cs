namespace InfantMHWeek.Platform.Time;

static class WorkingDays
{
    /// <summary>So many working days on, at the same time of day. Bank holidays are not known here.</summary>
    public static DateTime After(DateTime moment, int days)
    {
        for (var left = days; left > 0; )
        {
            moment = moment.AddDays(1);
            if (moment.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
                left--;
        }
        return moment;
    }
}
