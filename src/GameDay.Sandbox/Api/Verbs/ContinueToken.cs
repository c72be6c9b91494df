using System.Globalization;
using System.Text;
using GameDay.Sandbox.Store;

namespace GameDay.Sandbox.Api.Verbs;

/// <summary>Where the next page starts, and the version the first page was read at (a watch from there misses nothing).</summary>
internal readonly record struct ContinueToken(long Version, string Key)
{
    public static ContinueToken? Parse(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var length)
            || Encoding.UTF8.GetString(bytes, 0, length).Split(' ', 2) is not [var version, var key]
            || !long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            throw ApiException.BadRequest("continue key is not valid");
        }

        return new ContinueToken(number, key);
    }

    public override string ToString() => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Version} {Key}"));
}
