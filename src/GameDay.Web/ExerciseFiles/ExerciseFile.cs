using GameDay.Domain.Exercises;

namespace GameDay.Web.ExerciseFiles;

/// <summary>What an exercise file says.</summary>
public sealed record ExerciseFile(ExercisePlan Plan);

/// <summary>The file, or everything that is wrong with it in the order of its lines; never both.</summary>
public sealed record ExerciseFileResult(ExerciseFile? File, IReadOnlyList<FileProblem> Problems)
{
    public bool IsGood => File is not null;
}
