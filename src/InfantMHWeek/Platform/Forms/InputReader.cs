using System.Globalization;
using InfantMHWeek.Platform.Text;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace InfantMHWeek.Platform.Forms;

/// <summary>Reads what was typed, kindly: spaces around it are dropped, and what cannot be used is said in words at its field.</summary>
static class InputReader
{
    static readonly Dictionary<string, string> Misspelt = new(StringComparer.OrdinalIgnoreCase)
    {
        ["gmial.com"] = "gmail.com",
        ["gmai.com"] = "gmail.com",
        ["gmail.co"] = "gmail.com",
        ["gmail.con"] = "gmail.com",
        ["gnail.com"] = "gmail.com",
        ["gmail.co.uk"] = "gmail.com",
        ["hotmial.com"] = "hotmail.com",
        ["hotmal.com"] = "hotmail.com",
        ["hotmail.con"] = "hotmail.com",
        ["outlok.com"] = "outlook.com",
        ["outlook.con"] = "outlook.com",
        ["yaho.com"] = "yahoo.com",
        ["yahoo.con"] = "yahoo.com",
        ["yahoo.co.u"] = "yahoo.co.uk",
        ["icloud.con"] = "icloud.com",
        ["nhs.co.uk"] = "nhs.net",
    };

    /// <param name="missing">What to say if it is empty; null where it may be.</param>
    public static string? Line(this ModelStateDictionary errors, string key, string? typed, int most, string? missing)
    {
        var text = string.Concat((typed ?? "").Where(c => !char.IsControl(c))).Trim();
        if (text.Length == 0 && missing is not null)
            errors.AddModelError(key, missing);
        if (text.Length > most)
            errors.AddModelError(
                key,
                string.Create(CultureInfo.InvariantCulture, $"Use {most} characters or fewer. This has {text.Length}.")
            );
        return text.Length == 0 ? null : text;
    }

    public static string? Lines(this ModelStateDictionary errors, string key, string? typed, int most, string? missing = null)
    {
        var text = (typed ?? "").ReplaceLineEndings("\n").Trim();
        if (text.Length == 0 && missing is not null)
            errors.AddModelError(key, missing);
        if (text.Length > most)
            errors.AddModelError(
                key,
                string.Create(CultureInfo.InvariantCulture, $"Use {most:N0} characters or fewer. This has {text.Length:N0}.")
            );
        return text.Length == 0 ? null : text;
    }

    /// <param name="seen">The address that the page has already asked about; typed again, it is taken as it is.</param>
    public static EmailAddress? Address(this ModelStateDictionary errors, string key, string? typed, string? seen = null)
    {
        if (!EmailAddress.TryParse(typed, null, out var address))
        {
            errors.AddModelError(
                key,
                string.IsNullOrWhiteSpace(typed)
                    ? "Enter an email address."
                    : "Enter an email address in the usual form, such as name@example.org."
            );
            return null;
        }
        var at = address.Text.LastIndexOf('@');
        if (address.Text != seen && Misspelt.TryGetValue(address.Text[(at + 1)..], out var meant))
            errors.AddModelError(key, $"Did you mean {address.Text[..at]}@{meant}? Change it, or send it again if it is right.");
        return address;
    }

    public static int Number(this ModelStateDictionary errors, string key, string? typed, int least, int most)
    {
        if (
            int.TryParse(typed?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least
            && number <= most
        )
            return number;
        errors.AddModelError(key, string.Create(CultureInfo.InvariantCulture, $"Enter a number from {least} to {most}."));
        return least;
    }

    public static (TimeOnly Starts, TimeOnly Ends) Times(
        this ModelStateDictionary errors,
        string startsKey,
        string? starts,
        string endsKey,
        string? ends
    )
    {
        if (!TimeInput.TryRead(starts, out var from))
            errors.AddModelError(startsKey, "Enter a time, such as 10.00 or 6.30pm.");
        if (!TimeInput.TryRead(ends, out var to))
            errors.AddModelError(endsKey, "Enter a time, such as 12.00 or 8pm.");
        else if (to <= from)
            errors.AddModelError(endsKey, "The end must be after the start.");
        return (from, to);
    }

    /// <summary>A box that people never see was filled in.</summary>
    public static void Trap(this ModelStateDictionary errors, string? trap)
    {
        if (!string.IsNullOrEmpty(trap))
            errors.AddModelError(
                "",
                "It looks as if a computer program filled this in. If you are a person, please leave the box “Leave this empty” empty."
            );
    }
}
