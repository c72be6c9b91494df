using GameDay.Web.ExerciseFiles;

namespace GameDay.Web.Features.Exercises.Form;

/// <summary>What is wrong, found by the path of the field that shows it.</summary>
public sealed class FormProblems(IReadOnlyList<FileProblem> problems)
{
    public static readonly FormProblems None = new([]);

    public IReadOnlyList<FileProblem> All => problems;

    public bool Any => problems.Count > 0;

    public string? At(string path) => problems.FirstOrDefault(p => p.Key == path) is { } problem ? Words(problem) : null;

    public static string Words(FileProblem problem) =>
        $"{Sentence(problem.What)}{(problem.DidYouMean is { } near ? $" Did you mean '{near}'?" : "")}{(problem.Allowed is { } allowed ? $" Allowed: {allowed}." : "")}";

    private static string Sentence(string what) => what == "'' is not allowed" ? "Fill this in." : $"{char.ToUpperInvariant(what[0])}{what[1..]}.";
}
