namespace GameDay.Sandbox.Store;

/// <summary>How to delete: at once or gracefully, and only if the object still is the one that was meant.</summary>
/// <param name="GraceSeconds">Null takes the object's own default; 0 removes at once.</param>
/// <param name="Uid">Answered by 409 when the object has another uid.</param>
/// <param name="ResourceVersion">Answered by 409 when the object has changed since.</param>
public sealed record DeleteOptions(int? GraceSeconds = null, string? Uid = null, string? ResourceVersion = null, bool DryRun = false)
{
    public static DeleteOptions Now { get; } = new(GraceSeconds: 0);
}
