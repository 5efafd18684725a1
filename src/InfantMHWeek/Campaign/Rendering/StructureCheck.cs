using InfantMHWeek.Campaign.Diagnostics;

namespace InfantMHWeek.Campaign.Rendering;

/// <summary>Asks whether a text can be shown as it was meant: it can be parsed, and its containers are whole.</summary>
static class StructureCheck
{
    public static void Run(string markdown, int firstLine, DiagnosticList faults)
    {
        if (!ParseLimits.Allow(markdown, firstLine, faults))
            return;
        try
        {
            var document = Dialect.ParseWithoutIds(markdown);
            if (RenderLimits.Allow(document, firstLine, faults))
                ContainerCheck.Run(document, markdown, firstLine, faults);
        }
        catch (ArgumentException)
        {
            NestingFault.Add(faults, firstLine);
        }
    }
}
