using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace GameDay.UnitTests.Manifests;

/// <summary>No image is built here; what can be read of the Dockerfiles is checked.</summary>
public sealed partial class DockerfileTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(ManifestTests.FindChart(), "../.."));

    [Theory]
    [InlineData("app")]
    [InlineData("reaper")]
    [InlineData("agent")]
    public void Each_is_built_in_stages_for_the_wanted_architecture_from_files_that_are_there(string image)
    {
        var lines = File.ReadAllLines(Path.Combine(Root, "docker", $"{image}.Dockerfile"));

        lines.Count(line => line.StartsWith("FROM ", StringComparison.Ordinal)).ShouldBe(2);
        lines.ShouldContain("ARG TARGETARCH");
        lines.ShouldContain(line => line.Contains("-a $TARGETARCH", StringComparison.Ordinal));
        var published = lines.SelectMany(line => Published().Matches(line)).Select(match => match.Groups["path"].Value).ToList();
        published.ShouldNotBeEmpty();
        published.ShouldAllBe(path => Path.Exists(Path.Combine(Root, path)));
        lines.Where(line => line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from", StringComparison.Ordinal)).SelectMany(line => line.Split(' ')[1..^1]).ShouldAllBe(path => Path.Exists(Path.Combine(Root, path)));
    }

    [Theory]
    [InlineData("app", true)]
    [InlineData("reaper", true)]
    [InlineData("agent", false)] // the pod's security context says as whom it runs
    public void App_and_reaper_never_run_as_root(string image, bool named) =>
        File.ReadAllLines(Path.Combine(Root, "docker", $"{image}.Dockerfile")).Contains("USER 65532:65532").ShouldBe(named);

    [GeneratedRegex(@"dotnet publish (?<path>\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Published();
}
