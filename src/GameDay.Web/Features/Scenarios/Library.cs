using GameDay.Domain.Exercises;
using GameDay.Domain.Plugins;
using GameDay.Web.ExerciseFiles;
using GameDay.Web.Hosting;

namespace GameDay.Web.Features.Scenarios;

/// <summary>The exercise files that ship in runbooks/exercises; a team adds its own beside them.</summary>
public sealed class Library(WebOptions options, IReadOnlyList<FaultKind> kinds)
{
    private string Folder => Path.Combine(options.RunbooksDirectory, "exercises");

    /// <param name="Plan">Null when the file is wrong; then <paramref name="Problems"/> says how.</param>
    public sealed record Scenario(string Name, ExercisePlan? Plan, IReadOnlyList<FileProblem> Problems);

    public async Task<IReadOnlyList<Scenario>> AllAsync(CancellationToken ct)
    {
        var found = new List<Scenario>();
        if (!Directory.Exists(Folder)) return found;
        foreach (var path in Directory.EnumerateFiles(Folder, "*.yaml").Order(StringComparer.Ordinal)) found.Add(await ReadAsync(path, ct));
        return found;
    }

    /// <summary>By file name; only names that are listed are read, so no other file can be reached.</summary>
    public async Task<Scenario?> FindAsync(string name, CancellationToken ct)
    {
        var path = Directory.Exists(Folder) ? Directory.EnumerateFiles(Folder, "*.yaml").FirstOrDefault(p => Path.GetFileNameWithoutExtension(p) == name) : null;
        return path is null ? null : await ReadAsync(path, ct);
    }

    private async Task<Scenario> ReadAsync(string path, CancellationToken ct)
    {
        var read = await ExerciseFileReader.ReadFileAsync(path, kinds, ct);
        return new(Path.GetFileNameWithoutExtension(path), read.File?.Plan, read.Problems);
    }
}
