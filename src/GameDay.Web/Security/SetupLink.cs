using System.Security.Cryptography;
using System.Text;

namespace GameDay.Web.Security;

/// <summary>The one-time link that makes the first administrator. Lives in this process only; used once or replaced at the next start.</summary>
public sealed class SetupLink
{
    private byte[]? _key;

    public string Open()
    {
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        _key = Encoding.UTF8.GetBytes(key);
        return key;
    }

    public bool Fits(string? key) => _key is { } open && key is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(key), open);

    /// <returns>True for exactly one caller.</returns>
    public bool Use(string? key) => Fits(key) && Interlocked.Exchange(ref _key, null) is not null;
}
