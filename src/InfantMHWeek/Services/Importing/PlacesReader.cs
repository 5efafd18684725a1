using System.Text.Json;
using InfantMHWeek.Platform.Places;

namespace InfantMHWeek.Services.Importing;

/// <summary>Where a service of a feed is, and for which areas.</summary>
static class PlacesReader
{
    static readonly string[] Kinds = ["physical", "postal", "virtual"];

    public static ServiceDetails Read(JsonElement record, JsonFields fields, ServiceDetails details)
    {
        var (places, stepFree) = (new List<ServicePlace>(), false);
        foreach (var (at, path) in fields.Many(record, "", "service_at_locations"))
        {
            if (!at.TryGetProperty("location", out var location) || location.ValueKind != JsonValueKind.Object)
            {
                fields.Refuse(path + "location", "It is missing.");
                continue;
            }
            var inside = path + "location.";
            switch (fields.OneOf(location, inside, "location_type", Kinds, needed: true))
            {
                case "physical":
                    places.Add(LocationReader.Read(location, inside, fields));
                    stepFree |= LocationReader.IsStepFree(location, inside, fields);
                    break;
                case "virtual":
                    details = details with { Ways = details.Ways | Ways.Online };
                    break;
            }
        }
        if (places.Count > ServiceDetails.MostPlaces)
            fields.Refuse("service_at_locations", $"It has {places.Count} places; at most {ServiceDetails.MostPlaces} fit.");
        return details with
        {
            Places = places,
            Ways = places.Count > 0 ? details.Ways | Ways.AtAPlace : details.Ways,
            Yes = stepFree ? details.Yes | ServiceFacts.StepFree : details.Yes,
        };
    }

    public static ServiceDetails ReadAreas(JsonElement record, JsonFields fields, ServiceDetails details)
    {
        var (regions, districts, nationwide) = (new List<Region>(), new List<string>(), false);
        foreach (var (area, path) in fields.Many(record, "", "service_areas"))
        {
            var name = fields.Line(area, path, "name", ServiceDetails.MaxLine);
            if (AreaNames.IsNationwide(name))
                nationwide = true;
            else if (AreaNames.Regions(name) is { Count: > 0 } known)
                regions.AddRange(known.Except(regions).ToList());
            else if (AreaNames.District(name) is { } code)
                districts.Add(code);
            else if (name.Length > 0)
                fields.Tell(path + "name", $"We do not know the area {RecordFields.Shown(name)}; it is left out.");
        }
        if (districts.Count > ServiceDetails.MostDistricts)
            fields.Refuse("service_areas", $"It has {districts.Count} postcode districts; at most {ServiceDetails.MostDistricts} fit.");
        return details with { Nationwide = nationwide, Areas = nationwide ? [] : regions, Districts = nationwide ? [] : districts };
    }
}
