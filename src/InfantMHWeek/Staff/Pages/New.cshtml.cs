using InfantMHWeek.Campaign.Content;
using InfantMHWeek.Campaign.Library;
using InfantMHWeek.Editing.Drafts;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Forms.TagHelpers;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace InfantMHWeek.Staff.Pages;

/// <summary>A new page begins as a draft with what its folder asks for.</summary>
[FormPage]
sealed class NewModel(PageDrafts drafts, PageLibrary library) : PageModel
{
    [BindProperty]
    public string? Folder { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Heading { get; set; }

    public IReadOnlyList<Choice> Folders =>
        [
            .. library
                .Contents.Files.Keys.Where(f => f.Contains('/', StringComparison.Ordinal))
                .Select(f => f[..f.LastIndexOf('/')])
                .Concat(["themes", "research", "courses"])
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(f => new Choice(f, f))
                .Prepend(new("", "None: a single page")),
        ];

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var file = (string.IsNullOrEmpty(Folder) ? "" : Folder + "/") + (Name ?? "").Trim() + ".md";
        if (!ContentWriter.IsName(file))
            ModelState.AddModelError(nameof(Name), "Use small letters a to z, digits and single hyphens, such as our-partners.");
        else if (library.Contents.Files.ContainsKey(file))
            ModelState.AddModelError(nameof(Name), "There is a page of this name already.");
        if (string.IsNullOrWhiteSpace(Heading))
            ModelState.AddModelError(nameof(Heading), "Give the page a title.");
        if (!ModelState.IsValid)
            return Page();
        var kind = PageSchema.KindOf(file);
        var facts = PageSchema
            .For(kind)
            .Where(f => f.Required)
            .Select(f => f.Name is "title" or "subject" ? YamlLine.Of(f.Name, Heading!.Trim()) : f.Name + ":");
        var text = $"---\n{string.Join('\n', facts)}\n---\n\n{Beginning(kind)}";
        if (await drafts.KeepAsync(new(file, null, text), new(User.StaffId(), User.StaffName()), cancel) is null)
        {
            ModelState.AddModelError("", "The draft could not be saved just now. Please try again.");
            return Page();
        }
        return Redirect("/staff/pages/edit?file=" + Uri.EscapeDataString(file));
    }

    static string Beginning(PageKind kind) =>
        kind switch
        {
            PageKind.Theme => "## The theme\n\n\n\n## Where this comes from\n\n\n",
            PageKind.Research => "## What was found\n\n\n\n## Where this comes from\n\n\n",
            PageKind.Course => "## What you will learn\n\n\n\n## Who it is for\n\n\n",
            PageKind.Email => "Hello {name}\n\n",
            _ => "",
        };
}
