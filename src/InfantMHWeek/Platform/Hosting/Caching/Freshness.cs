namespace InfantMHWeek.Platform.Hosting.Caching;

/// <summary>Says of something that a kept response tells whether it is still so.</summary>
/// <param name="IsSure">Asked on the way of every reader, so it costs nothing: known a moment ago, and nothing was written since.</param>
/// <param name="LookAsync">Looks again. False also where that cannot be known at the moment.</param>
sealed record Freshness(Func<bool> IsSure, Func<CancellationToken, Task<bool>> LookAsync);
