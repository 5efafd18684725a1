namespace InfantMHWeek.Platform.Hosting;

/// <summary>
/// The methods of an address that is only read. Each such address is mapped by a call of its own, with the handler in it: only then does
/// the build write what reads its parameters (<c>EnableRequestDelegateGenerator</c>), where a start would compile it.
/// </summary>
static class ReadMethods
{
    public static readonly string[] All = [HttpMethods.Get, HttpMethods.Head];
}
