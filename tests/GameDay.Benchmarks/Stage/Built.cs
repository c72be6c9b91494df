using GameDay.Web.CommandLine.Up;

namespace GameDay.Benchmarks.Stage;

/// <summary>The product's programs as <c>./gameday</c> built them.</summary>
internal static class Built
{
    private const string Configuration =
#if DEBUG
        "Debug";
#else
        "Release";
#endif

    public static string BuiltApp(this Layout layout) => layout.Program("GameDay.Web");

    /// <summary>This very program, which hosts the app where its clock or a service is to be wrong.</summary>
    public static string Host => typeof(Built).Assembly.Location;

    private static string Program(this Layout layout, string project) => Path.Combine(layout.Root, "src", project, "bin", Configuration, "net10.0", $"{project}.dll");
}
