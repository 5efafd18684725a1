namespace InfantMHWeek.Platform.Hosting;

/// <summary>The methods of an address that is only read.</summary>
static class ReadMethods
{
    public static readonly string[] All = [HttpMethods.Get, HttpMethods.Head];
}
