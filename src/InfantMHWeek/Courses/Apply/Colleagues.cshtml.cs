using InfantMHWeek.Courses.Applications;
using InfantMHWeek.Platform.Forms;
using InfantMHWeek.Platform.Store;
using InfantMHWeek.Platform.Text;
using Microsoft.AspNetCore.Mvc;

namespace InfantMHWeek.Courses.Apply;

[FormPage(byToken: true)]
sealed class ColleaguesModel(SiteDb db) : DraftPage(db)
{
    public const int Most = 3;

    [BindProperty]
    public IList<ColleagueInput> People { get; set; } = [];

    public sealed class ColleagueInput
    {
        public string? Name { get; set; }
        public string? Email { get; set; }
    }

    public void OnGet() => Fill([.. Answers.Colleagues.Select(c => new ColleagueInput { Name = c.Name, Email = c.Email })]);

    public async Task<IActionResult> OnPostAsync()
    {
        Fill([.. People.Take(Most)]);
        var named = new List<Colleague>();
        foreach (var (number, person) in People.Index())
        {
            if (string.IsNullOrWhiteSpace(person.Name) && string.IsNullOrWhiteSpace(person.Email))
                continue;
            var name = ModelState.Line(
                $"People[{number}].Name",
                person.Name,
                Application.NameMaxLength,
                "Enter your colleague’s name, or leave both boxes empty."
            );
            var email = ModelState.Address($"People[{number}].Email", person.Email);
            if (email is not null && (IsOwn(email) || named.Any(n => EmailAddress.Parse(n.Email, null) == email)))
                ModelState.AddModelError($"People[{number}].Email", "Each person needs their own email address.");
            if (name is not null && email is not null)
                named.Add(new(name, email.Text));
        }
        return ModelState.IsValid
            ? await KeepAsync(answers => answers with { Colleagues = named, ColleaguesSeen = true }, "needs")
            : Page();
    }

    bool IsOwn(EmailAddress email) => EmailAddress.TryParse(Answers.Email, null, out var own) && own == email;

    void Fill(List<ColleagueInput> people)
    {
        while (people.Count < Most)
            people.Add(new());
        People = people;
    }
}
