using System.Security.Cryptography;
using System.Text;

namespace GameDay.Web.CommandLine.Up;

/// <summary>A short stable name for a path.</summary>
public static class Fingerprint
{
    public static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..10];
}
