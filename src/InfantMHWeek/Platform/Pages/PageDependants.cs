namespace InfantMHWeek.Platform.Pages;

/// <summary>Registered by a feature that keeps things which lean on a page of the content folder; asked before the page goes.</summary>
/// <param name="Title">What the things are, as a heading for staff.</param>
/// <param name="FindAsync">Those that lean on the page at a path, each with the address where staff look after it.</param>
sealed record PageDependants(string Title, Func<IServiceProvider, string, CancellationToken, Task<IReadOnlyList<PageLink>>> FindAsync);
