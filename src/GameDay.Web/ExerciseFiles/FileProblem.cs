namespace GameDay.Web.ExerciseFiles;

/// <summary>One thing wrong in an exercise file, so that it can be found and put right without a manual.</summary>
/// <param name="Line">1-based.</param>
/// <param name="Column">1-based.</param>
/// <param name="Key">Where: <c>experiments[0].fault.kind</c>; empty for the file as a whole.</param>
/// <param name="What">What is wrong, the offending text quoted.</param>
/// <param name="Allowed">What would be right; null when <paramref name="What"/> says it.</param>
/// <param name="DidYouMean">The allowed word that is nearest, when one is near.</param>
public sealed record FileProblem(int Line, int Column, string Key, string What, string? Allowed = null, string? DidYouMean = null)
{
    /// <summary>One line, e.g. <c>12:5 experiments[0].faultt: unknown key. Did you mean 'fault'? Allowed: fault, targets.</c></summary>
    public override string ToString() =>
        $"{Line}:{Column} {(Key.Length > 0 ? $"{Key}: " : "")}{What}.{(DidYouMean is null ? "" : $" Did you mean '{DidYouMean}'?")}{(Allowed is null ? "" : $" Allowed: {Allowed}.")}";

    /// <summary>With the file's name in front, as editors and terminals link it.</summary>
    public string In(string file) => $"{file}:{this}";
}
