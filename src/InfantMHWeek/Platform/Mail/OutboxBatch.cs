namespace InfantMHWeek.Platform.Mail;

/// <summary>What the sender asks of the store in one write.</summary>
/// <param name="Finished">Mails of which it is known what became of them.</param>
/// <param name="InHand">Those that are still in hand or under way. They are not leased again, even when their lease has run out.</param>
/// <param name="Renew">Whether the leases of those in hand are to be renewed.</param>
/// <param name="Most">So many further ones are wanted.</param>
/// <param name="Before">Only those of a lane before this one.</param>
/// <param name="SlowReaders">Only urgent mail is wanted for these.</param>
/// <param name="SlowDomains">And for these.</param>
/// <param name="HoldChanged">Whether <paramref name="Hold"/> is to be shown to the staff, or no longer.</param>
sealed record OutboxBatch(
    IReadOnlyList<DeliveryReport> Finished,
    IReadOnlyList<Guid> InHand,
    bool Renew,
    int Most,
    MailLane? Before,
    IReadOnlyList<string> SlowReaders,
    IReadOnlyList<string> SlowDomains,
    bool HoldChanged,
    SendingHoldStatus? Hold
);

/// <summary>What the store answers.</summary>
/// <param name="Mails">Those leased, those first that should leave first.</param>
/// <param name="Lost">Of those in hand: another process has them now, or they are done.</param>
sealed record LeaseResult(IReadOnlyList<OutgoingMail> Mails, IReadOnlyList<Guid> Lost)
{
    public static readonly LeaseResult Nothing = new([], []);
}
