using GameDay.Domain.Exercises;

namespace GameDay.Web.ExerciseFiles;

/// <summary>What an exercise file says.</summary>
/// <param name="Automatic">The exercise starts by itself at <c>startsAt</c>; otherwise somebody presses Start.</param>
public sealed record ExerciseFile(ExercisePlan Plan, bool Automatic = false);

/// <summary>The file, or everything that is wrong with it in the order of its lines; never both.</summary>
public sealed record ExerciseFileResult(ExerciseFile? File, IReadOnlyList<FileProblem> Problems)
{
    public bool IsGood => File is not null;
}
