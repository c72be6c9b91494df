using System.Security.Cryptography;
using System.Text;
using GameDay.Web.Hosting;

namespace GameDay.Web.Security;

/// <summary>The command line's key to the API: a file that only this user can read. Kept across restarts.</summary>
public sealed class ApiToken
{
    private readonly byte[] _token;

    public ApiToken(WebOptions options)
    {
        if (!File.Exists(options.TokenFile)) Write(options);
        _token = Encoding.UTF8.GetBytes(File.ReadAllText(options.TokenFile).Trim());
    }

    public bool Matches(string given) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), _token);

    private static void Write(WebOptions options)
    {
        Directory.CreateDirectory(options.DataDirectory);
        // Opened with its final mode, so that there is no moment at which others can read it.
        var mode = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite };
        using var writer = new StreamWriter(options.TokenFile, mode);
        writer.Write(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
    }
}
