using System.Text.Json;

namespace InfantMHWeek.Services.Importing;

/// <summary>What a service of a feed costs.</summary>
static class CostReader
{
    const int MostFees = ServiceDetails.MaxNote + 40;

    public static ServiceDetails Read(JsonElement record, JsonFields fields, ServiceDetails details)
    {
        var (fees, cost, note) = (fields.Text(record, "", "fees", MostFees), ServiceCost.NotSaid, "");
        foreach (var (option, path) in fields.Many(record, "", "cost_options"))
        {
            var (name, about) = (
                fields.Line(option, path, "option", ServiceDetails.MaxLine),
                fields.Text(option, path, "amount_description", ServiceDetails.MaxNote)
            );
            var amount = fields.Number(option, path, "amount", 0, 100_000, "no amount of money");
            fields.Day(path + "valid_from", fields.Raw(option, path, "valid_from"));
            fields.Day(path + "valid_to", fields.Raw(option, path, "valid_to"));
            if (cost == ServiceCost.NotSaid)
                (cost, note) = (CostOf(name, amount), about);
        }
        if (cost == ServiceCost.NotSaid)
            (cost, note) = (CostOf(fees, amount: null), CostOf(fees, amount: null) == ServiceCost.NotSaid ? fees : "");
        return details with { Cost = cost, CostNote = fields.Text("fees", note, ServiceDetails.MaxNote) };
    }

    static ServiceCost CostOf(string name, double? amount) =>
        ServiceLabels.Costs.FirstOrDefault(c => c.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { Slug: not null } known
            ? known.Value
        : amount > 0 ? ServiceCost.Paid
        : amount == 0 || name.Trim().TrimEnd('.').Equals("free", StringComparison.OrdinalIgnoreCase) ? ServiceCost.Free
        : ServiceCost.NotSaid;
}
