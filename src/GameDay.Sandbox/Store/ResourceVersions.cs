using System.Globalization;

namespace GameDay.Sandbox.Store;

/// <summary>Resource versions as clients write them: empty and 0 mean "any".</summary>
internal static class ResourceVersions
{
    public static long? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text) || text == "0")
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : throw ApiException.BadRequest($"resourceVersion: Invalid value: \"{text}\": strconv.ParseUint: parsing \"{text}\": invalid syntax");
    }
}
