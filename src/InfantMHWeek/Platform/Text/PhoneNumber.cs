namespace InfantMHWeek.Platform.Text;

/// <summary>A telephone number as somebody wrote it down.</summary>
static class PhoneNumber
{
    /// <summary>
    /// The link that dials it: its digits, with a plus in front where there is one. What follows in words (“ext 12”, “option 2”) is not
    /// dialled, nor the nought in brackets after a country's code.
    /// </summary>
    public static string Link(string number)
    {
        var words = number.AsSpan().IndexOfAnyInRange('A', 'z');
        var dialled = words > 0 && number.AsSpan(0, words).ContainsAnyInRange('0', '9') ? number[..words] : number;
        var plus = dialled.TrimStart(' ', '(').StartsWith('+');
        if (plus)
            dialled = dialled.Replace("(0)", "", StringComparison.Ordinal);
        return (plus ? "tel:+" : "tel:") + string.Concat(dialled.Where(char.IsAsciiDigit));
    }
}
