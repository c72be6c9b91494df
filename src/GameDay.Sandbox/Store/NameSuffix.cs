using System.Security.Cryptography;

namespace GameDay.Sandbox.Store;

/// <summary>The five characters Kubernetes appends to a generateName; no vowels, so that no words appear.</summary>
public static class NameSuffix
{
    private const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";

    public static string Next() => RandomNumberGenerator.GetString(Alphabet, 5);
}
