using GameDay.Domain;

namespace GameDay.Web.CommandLine;

/// <summary>Reads an exercise file from disk; what it says is judged by the reader of exercise files.</summary>
public static class ExerciseText
{
    private const long LargestFile = 1_000_000;

    public static async Task<string> ReadAsync(string path, CancellationToken ct)
    {
        var file = new FileInfo(path);
        if (!file.Exists) throw new RuleBroken("NoSuchFile", $"There is no file {path}. The shipped exercises are in runbooks/exercises/.");
        if (file.Length > LargestFile) throw new RuleBroken("FileTooLarge", $"{path} has {file.Length:N0} bytes; an exercise file holds at most {LargestFile:N0}.");
        return await File.ReadAllTextAsync(file.FullName, ct);
    }
}
