using System.Globalization;
using InfantMHWeek.Events;
using InfantMHWeek.Events.Feeds;
using InfantMHWeek.Events.Partners;
using InfantMHWeek.Platform.Configuration;
using InfantMHWeek.Platform.Feeds;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Moderation;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using InfantMHWeek.Platform.Time;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace InfantMHWeek.Staff.Events.Feeds;

/// <summary>Names a partner's calendar, or changes what was said of it.</summary>
[FormPage]
sealed class EditModel(SiteDb db, FeedDesk desk, FeedWall wall, SiteAddress site) : ImportForm
{
    /// <summary>Which; null for a new one. It is never taken from the form.</summary>
    [BindProperty(SupportsGet = true), FromQuery(Name = "id")]
    public Guid? Id { get; set; }

    [BindProperty]
    public int Revision { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Website { get; set; }

    [BindProperty]
    public string? Address { get; set; }

    [BindProperty]
    public string? Trust { get; set; }

    [TempData]
    public string? StatusMessage { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (Id is null)
        {
            (Trust, Also) = ("no", ["whole"]);
            return Page();
        }
        if (await db.Set<PartnerFeed>().SingleOrDefaultAsync(f => f.Id == Id, cancel) is not { } feed)
            return NotFound();
        Fill(feed);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (ReadWords() is not { } words)
            return Page();
        return Id is { } id ? await ChangeAsync(id, words, cancel) : await AddAsync(words, cancel);
    }

    async Task<IActionResult> AddAsync(FeedWords words, CancellationToken cancel)
    {
        var there = await desk.AddAsync(words, User, cancel);
        if (there is not null && there != words.Name)
            return There(there);
        StatusMessage = there is null ? $"{words.Name}: it is read within the hour." : $"{words.Name}: it is in the list already.";
        return Redirect("/staff/events/feeds");
    }

    async Task<IActionResult> ChangeAsync(Guid id, FeedWords words, CancellationToken cancel)
    {
        var (answer, there) = await desk.ChangeAsync(id, Revision, words, User, cancel);
        if (answer is null)
            return NotFound();
        if (there is not null)
            return There(there);
        if (answer == Decision.Done)
        {
            StatusMessage = $"{words.Name}: the change is kept.";
            return Redirect("/staff/events/feeds");
        }
        ModelState.AddModelError(
            "",
            "A colleague changed it after you opened it. Nothing was kept: look at what is there now in another window. "
                + "Sent again, this replaces it."
        );
        Revision = await db.Set<PartnerFeed>().Where(f => f.Id == id).Select(f => f.Revision).SingleAsync(cancel);
        return Page();
    }

    PageResult There(string name)
    {
        ModelState.AddModelError(nameof(Address), $"This calendar is in the list already, as {name}.");
        return Page();
    }

    FeedWords? ReadWords()
    {
        var name = UserText.Clean(
            ModelState.Line(nameof(Name), Name, PartnerFeed.MaxName, "Enter the name of the partner, as readers should see it.")
        );
        var website = ModelState.Line(nameof(Website), Website, UserText.MaxLink, missing: null) ?? "";
        if (website.Length > 0 && !UserText.TryLink(website, out website))
            ModelState.AddModelError(nameof(Website), "Enter an address on the web, like https://example.org.");
        var (address, wrong) = FeedAddress.Read(Address, wall, site);
        if (wrong is not null)
            ModelState.AddModelError(nameof(Address), wrong);
        var (order, answers) = (ReadOrder(), ReadAnswers());
        if (Trust is not ("yes" or "no"))
            ModelState.AddModelError(nameof(Trust), "Choose what becomes of what is new or changed.");
        if (!ModelState.IsValid || order is null)
            return null;
        var terms = new FeedTerms(
            order.Organiser.Length > 0 ? order.Organiser : name,
            order.Audience,
            order.Booking,
            order.Whole,
            answers.Starts,
            answers.Ends,
            answers.Minutes
        );
        return new(name, website, address, order.Contact, order.ContactName, terms, Trust == "yes");
    }

    void Fill(PartnerFeed feed)
    {
        var terms = feed.Terms;
        (Revision, Name, Website, Address) = (feed.Revision, feed.Name, feed.Website, feed.Address);
        (Email, ContactName, Organisation) = (feed.Contact.Text, feed.ContactName, terms.Organiser);
        (Trust, Also) = (feed.Trusted ? "yes" : "no", terms.Whole ? ["whole"] : []);
        For = [.. EventLabels.Audiences.Where(a => terms.Audience.HasFlag(a.Value)).Select(a => a.Slug)];
        Book = terms.Booking switch
        {
            Booking.Needed => "yes",
            Booking.NotNeeded => "no",
            _ => "",
        };
        (DayStarts, DayEnds) = (terms.DayStarts?.Clock(), terms.DayEnds?.Clock());
        Minutes = terms.Minutes?.ToString(CultureInfo.InvariantCulture);
    }
}
