using System.Text;
using GameDay.Domain.Plugins;
using GameDay.Web.ExerciseFiles.Shapes;
using GameDay.Web.ExerciseFiles.Yaml;

namespace GameDay.Web.ExerciseFiles;

/// <summary>Reads exercise files. Wrong ones are refused with everything that is wrong at once: line, column, key and what is allowed.</summary>
public static class ExerciseFileReader
{
    private const int MostProblems = 100;

    /// <param name="kinds">The registered fault kinds; their settings are checked.</param>
    public static ExerciseFileResult Read(string text, IReadOnlyList<FaultKind> kinds)
    {
        var problems = new List<FileProblem>();
        if (YamlLoader.Load(text, problems) is { } top)
        {
            new ShapeCheck(problems).Check(top, ExerciseShape.Of(kinds));
            new CrossCheck(problems, kinds).Check(top);
            if (problems.Count == 0) return new(PlanBuilder.Build(top), []);
        }
        return new(null, InOrder(problems));
    }

    /// <summary>Reads a file of the disk; one that is missing, unreadable or far too big is a problem like any other.</summary>
    public static async Task<ExerciseFileResult> ReadFileAsync(string path, IReadOnlyList<FaultKind> kinds, CancellationToken ct)
    {
        try
        {
            if (Directory.Exists(path)) return Refused("it is a folder", "the path of an exercise file");
            if (!File.Exists(path)) return Refused("there is no such file", "the path of an exercise file, e.g. runbooks/exercises/chaos-monkey-cart.yaml");
            await using var file = File.OpenRead(path);
            return await ReadAsync(file, kinds, ct);
        }
        catch (DecoderFallbackException)
        {
            return Refused("it is not text in UTF-8", "a text file in UTF-8");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refused($"it cannot be read: {Shown.Short(e.Message)}", "a file this user may read");
        }
    }

    /// <summary>Reads at most as much as a file may have, however long the stream is.</summary>
    /// <exception cref="DecoderFallbackException">Not UTF-8.</exception>
    private static async Task<ExerciseFileResult> ReadAsync(Stream stream, IReadOnlyList<FaultKind> kinds, CancellationToken ct)
    {
        var buffer = new byte[YamlLoader.LongestText + 1];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        if (length == buffer.Length) return Refused("the file is too long", $"at most {YamlLoader.LongestText / 1024} kB");
        var text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(buffer, 0, length);
        return Read(text.TrimStart('\uFEFF'), kinds);
    }

    private static ExerciseFileResult Refused(string what, string allowed) => new(null, [new(1, 1, "", what, allowed)]);

    private static List<FileProblem> InOrder(List<FileProblem> problems)
    {
        var ordered = problems.OrderBy(p => p.Line).ThenBy(p => p.Column).ToList();
        if (ordered.Count <= MostProblems) return ordered;
        return [.. ordered.Take(MostProblems), new(ordered[MostProblems].Line, 1, "", $"{ordered.Count - MostProblems} more problems follow; these first", null)];
    }
}
