using Xunit;

namespace GameDay.IntegrationTests.Sandbox;

/// <summary>Programs of others that may be on this machine.</summary>
internal static class Tools
{
    /// <summary>Runs it to its end; skips the test where it is not installed.</summary>
    public static Task<Finished> RunAsync(string program, IEnumerable<string> arguments)
    {
        Need(program);
        return Finished.RunAsync(program, arguments);
    }

    public static void Need(string program) =>
        Assert.SkipUnless((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(place => File.Exists(Path.Combine(place, program))), $"there is no {program} on this machine");
}
