using System.Text.Json;
using InfantMHWeek.Courses.Cohorts;
using InfantMHWeek.Platform.Accounts;
using InfantMHWeek.Platform.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace InfantMHWeek.Courses.Applications;

/// <summary>
/// An application that is being written. The address of each of its pages holds its token, so answers survive an error,
/// Back, a reload and another device, with no cookie. Once sent, the answers are blanked and it can never be sent again.
/// </summary>
sealed class ApplicationDraft : IHasTokenHash
{
    public const int AnswersMaxLength = 16_000;

    public required Guid Id { get; init; }
    public required string Hash { get; init; }
    public required Guid CohortId { get; init; }

    /// <summary>What the applicant is told, whatever becomes of it.</summary>
    public required string Reference { get; init; }

    /// <summary>Came by the link of the mail that gives a head start.</summary>
    public required bool Early { get; init; }
    public string Answers { get; private set; } = "{}";
    public required DateTime StartedAt { get; init; }
    public required DateTime TouchedAt { get; set; }
    public DateTime? SentAt { get; private set; }
    public int LinksMailed { get; set; }

    public ApplicationAnswers Read() => JsonSerializer.Deserialize<ApplicationAnswers>(Answers)!;

    /// <summary>Whose it is, as addresses are compared; empty until an address stands in it.</summary>
    public string AddressKey => EmailAddress.TryParse(Read().Email, null, out var email) ? email.Key : "";

    public void Write(ApplicationAnswers answers, DateTime now) => (Answers, TouchedAt) = (JsonSerializer.Serialize(answers), now);

    public void Send(DateTime now) => (SentAt, Answers) = (now, "{}");

    public sealed class Mapping : IEntityTypeConfiguration<ApplicationDraft>
    {
        public void Configure(EntityTypeBuilder<ApplicationDraft> builder)
        {
            builder.ToTable("ApplicationDrafts");
            builder.HasTokenHash();
            builder.Property(d => d.Reference).HasMaxLength(Application.ReferenceLength);
            builder.Property(d => d.Answers).HasMaxLength(AnswersMaxLength);
            builder.HasOne<Cohort>().WithMany().HasForeignKey(d => d.CohortId);
            builder.HasIndex(d => d.TouchedAt);
        }
    }
}

/// <summary>What has been answered so far; null where nothing has.</summary>
sealed record ApplicationAnswers
{
    public string? Kind { get; init; }
    public IReadOnlyList<string> WorksWith { get; init; } = [];
    public string? Nation { get; init; }
    public string? Name { get; init; }
    public string? Email { get; init; }
    public string? Role { get; init; }
    public string? Organisation { get; init; }
    public string? CharityNumber { get; init; }
    public IReadOnlyList<Colleague> Colleagues { get; init; } = [];
    public bool ColleaguesSeen { get; init; }
    public string? AccessNeeds { get; init; }
    public bool AccessNeedsSeen { get; init; }
    public bool Agreed { get; init; }
}

sealed record Colleague(string Name, string Email);
